using System.Text.Json;
using Lastro.Server.Tests.Orders;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.BinanceApi.Account;

public sealed class ListTradesTests
{
    private const string Path = "GET /api/v3/myTrades";

    [Fact]
    public async Task It_has_the_documented_fields_in_their_order_and_kinds()
    {
        // The example of rest-api.md, "Account trade list".
        const string documented = """
            [{"symbol":"BNBBTC","id":28457,"orderId":100234,"orderListId":-1,"price":"4.00000100","qty":"12.00000000","quoteQty":"48.000012",
              "commission":"10.10000000","commissionAsset":"BNB","time":1499865549590,"isBuyer":true,"isMaker":false,"isBestMatch":true}]
            """;
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var order = (await trader.MarketBuy("0.5")).Ok();
        var trades = await market.Host.Ask(Path, WireAsk.KeyOf(trader), ("symbol", "BTCUSDT"));
        trades.Shape().ShouldBe(JsonSerializer.Deserialize<JsonElement>(documented).Shape());
        var trade = trades[0];
        (trade.GetProperty("orderId").GetRawText(), trade.GetProperty("price").GetString(), trade.GetProperty("qty").GetString()).ShouldBe((order["id"]!, "60010.00000000", "0.50000000"));
        (trade.GetProperty("quoteQty").GetString(), trade.GetProperty("commission").GetString(), trade.GetProperty("commissionAsset").GetString()).ShouldBe(("30005.00000000", "0.00050000", "BTC"));
        (await market.Host.Ask(Path, WireAsk.KeyOf(trader), ("symbol", "ETHUSDT"))).GetArrayLength().ShouldBe(0);
        (await market.Host.Ask(Path, WireAsk.KeyOf(await Trader.New(market.Host)), ("symbol", "BTCUSDT"))).GetArrayLength().ShouldBe(0, "another's");
    }

    [Fact]
    public async Task The_newest_come_unless_a_beginning_is_named_and_always_oldest_first()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var orders = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            orders.Add((await trader.MarketBuy("0.01")).Ok()["id"]!);
            await market.Pass(1_000, 60_000m);
        }

        var all = (await Trades()).ToList();
        all.Select(Order).ShouldBe(orders);
        (await Trades(("limit", "2"))).Select(Order).ShouldBe(orders[2..]);
        (await Trades(("limit", "2"), ("fromId", Id(all[1])))).Select(Order).ShouldBe(orders[1..3]);
        (await Trades(("orderId", orders[1]))).Select(Order).ShouldBe(orders[1..2]);
        (await Trades(("orderId", orders[1]), ("fromId", Id(all[2])))).ShouldBeEmpty();
        (await Trades(("startTime", Time(all[1])), ("limit", "2"))).Select(Order).ShouldBe(orders[1..3], "from a time on the oldest come first");
        (await Trades(("endTime", Time(all[2])), ("limit", "2"))).Select(Order).ShouldBe(orders[1..3]);
        (await Trades(("startTime", Time(all[1])), ("endTime", Time(all[2])))).Select(Order).ShouldBe(orders[1..3]);

        async Task<JsonElement[]> Trades(params (string, string)[] more) =>
            [.. (await market.Host.Ask(Path, WireAsk.KeyOf(trader), [("symbol", "BTCUSDT"), .. more])).EnumerateArray()];
        static string Order(JsonElement trade) => trade.GetProperty("orderId").GetRawText();
        static string Id(JsonElement trade) => trade.GetProperty("id").GetRawText();
        static string Time(JsonElement trade) => trade.GetProperty("time").GetRawText();
    }

    [Theory]
    [InlineData(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData(-1121, "Invalid symbol.", "symbol", "NOSUCH")]
    [InlineData(-1100, "Illegal characters found in parameter 'orderId'.", "symbol", "BTCUSDT", "orderId", "x")]
    [InlineData(-1127, "More than 24 hours between startTime and endTime.", "symbol", "BTCUSDT", "startTime", "0", "endTime", "86400001")]
    [InlineData(-1128, "Combination of optional parameters invalid.", "symbol", "BTCUSDT", "fromId", "1", "startTime", "0")]
    [InlineData(-1128, "Combination of optional parameters invalid.", "symbol", "BTCUSDT", "startTime", "5", "endTime", "4")]
    [InlineData(-1128, "Combination of optional parameters invalid.", "symbol", "BTCUSDT", "startTime", "9223372036854775807")]
    [InlineData(-1130, "Data sent for parameter 'limit' is not valid.", "symbol", "BTCUSDT", "limit", "0")]
    public async Task What_cannot_be_asked_is_refused(int code, string message, params string[] sent)
    {
        await using var market = await Around60000();
        var parameters = sent.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
        var (_, error) = await market.Host.Try(Path, WireAsk.KeyOf(await Trader.New(market.Host)), parameters);
        (error!.Code, error.Message).ShouldBe((code, message));
    }

    [Fact]
    public async Task A_day_is_allowed_and_a_limit_above_a_thousand_is_a_thousand()
    {
        await using var market = await Around60000();
        var key = WireAsk.KeyOf(await Trader.New(market.Host));
        (await market.Host.Ask(Path, key, ("symbol", "BTCUSDT"), ("startTime", "0"), ("endTime", "86400000"), ("limit", "5000"))).GetArrayLength().ShouldBe(0);
    }
}
