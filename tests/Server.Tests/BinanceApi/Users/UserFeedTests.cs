using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Account;
using Lastro.Server.Tests.Orders;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.BinanceApi.Users;

public sealed class UserFeedTests
{
    /// <summary>Fields that Binance has added to reports since the recording was made: the working time, and self-trade prevention.</summary>
    private static readonly string[] _addedSince = ["W", "V"];

    [SharedFact("data/payloads/binance_user_stream_market_buy_2021.jsonl")]
    public async Task A_market_buy_is_told_as_the_exchange_told_one()
    {
        var recorded = SharedData.Lines("data/payloads/binance_user_stream_market_buy_2021.jsonl").Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.GetProperty("stream").GetString() == "LISTENKEY").Select(line => line.GetProperty("data")).ToList();
        recorded.Count.ShouldBe(3);
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.BuyFor("10")).Ok();
        var heard = await hearing.Next(recorded.Count);
        for (var number = 0; number < heard.Length; number++)
        {
            Hearing.Word(heard[number]).ShouldBe(Hearing.Word(recorded[number]));
            Kinds(heard[number]).ShouldBe(Kinds(recorded[number]));
            foreach (var name in new[] { "S", "o", "f", "x", "X", "r", "w", "m", "M", "g", "C", "F", "p", "P", "Q" })
            {
                if (recorded[number].TryGetProperty(name, out var value)) heard[number].GetProperty(name).ToString().ShouldBe(value.ToString(), name);
            }
        }

        // A buyer pays in what he gets here; there the coin that fees were paid in came first.
        heard[1].GetProperty("N").GetString().ShouldBe("BTC");
        heard[2].GetProperty("B").EnumerateArray().Select(line => line.GetProperty("a").GetString()).ShouldBe(["BTC", "USDT"]);
        recorded[2].GetProperty("B").EnumerateArray().Select(line => line.GetProperty("a").GetString()).ShouldBe(["BNB", "EOS", "USDT"]);

        static string Kinds(JsonElement text) =>
            string.Join(",", text.EnumerateObject().Where(property => !_addedSince.Contains(property.Name)).Select(property => $"{property.Name}:{property.Value.Shape()}"));
    }

    [Fact]
    public async Task Every_fill_has_its_report_and_the_balances_come_once_after_the_last()
    {
        await using var market = await Around60000();
        await market.Book([Level(59_990m, 2m)], [Level(60_010m, 0.2m), Level(60_020m, 5m)]);
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        var order = (await trader.MarketBuy("0.5", "mine")).Ok();
        var heard = await hearing.Next(4);
        heard.Select(Hearing.Word).ShouldBe(["MARKET NEW NEW", "MARKET TRADE PARTIALLY_FILLED", "MARKET TRADE FILLED", "outboundAccountPosition"]);
        foreach (var report in heard[..3])
            (report.GetProperty("i").GetRawText(), report.GetProperty("c").GetString(), report.GetProperty("s").GetString(), report.Amount("q")).ShouldBe((order["id"]!, "mine", "BTCUSDT", 0.5m));
        (heard[1].Amount("l"), heard[1].Amount("L"), heard[1].Amount("z"), heard[1].Amount("Y"), heard[1].Amount("n")).ShouldBe((0.2m, 60_010m, 0.2m, 12_002m, 0.0002m));
        (heard[2].Amount("l"), heard[2].Amount("L"), heard[2].Amount("z"), heard[2].Amount("Z")).ShouldBe((0.3m, 60_020m, 0.5m, 30_008m));
        heard[..3].Select(report => report.GetProperty("I").GetInt64()).ShouldBeInOrder(SortDirection.Ascending);
        heard[1].GetProperty("t").GetInt64().ShouldBeLessThan(heard[2].GetProperty("t").GetInt64());

        var trades = (await market.Host.Ask("GET /api/v3/myTrades", WireAsk.KeyOf(trader), ("symbol", "BTCUSDT"))).EnumerateArray().ToList();
        trades.Select(trade => (trade.GetProperty("id").GetInt64(), trade.GetProperty("time").GetInt64()))
            .ShouldBe(heard[1..3].Select(report => (report.GetProperty("t").GetInt64(), report.GetProperty("T").GetInt64())));
        Position(heard[3]).ShouldBe([("BTC", 0.4995m, 0m), ("USDT", 50_000m - 30_008m, 0m)]);
    }

    [Fact]
    public async Task An_order_that_rests_locks_its_money_and_a_cancel_names_itself_and_the_order()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        var order = (await trader.Buy("0.1", "50000", "resting")).Ok();
        var placed = await hearing.Next(2);
        placed.Select(Hearing.Word).ShouldBe(["LIMIT NEW NEW", "outboundAccountPosition"]);
        (placed[0].GetProperty("w").GetBoolean(), placed[0].GetProperty("W").GetInt64()).ShouldBe((true, placed[0].GetProperty("O").GetInt64()));
        Position(placed[1]).ShouldBe([("BTC", 0m, 0m), ("USDT", 45_000m, 5_000m)]);

        (await trader.Cancel(order["id"]!)).Ok();
        var ended = await hearing.Next(2);
        ended.Select(Hearing.Word).ShouldBe(["LIMIT CANCELED CANCELED", "outboundAccountPosition"]);
        ended[0].GetProperty("C").GetString().ShouldBe("resting");
        ended[0].GetProperty("c").GetString().ShouldNotBe("resting");
        ended[0].GetProperty("c").GetString()!.ShouldMatch("^[.A-Z:/a-z0-9_-]{1,36}$");
        ended[0].TryGetProperty("eR", out _).ShouldBeFalse();
        Position(ended[1]).ShouldBe([("BTC", 0m, 0m), ("USDT", 50_000m, 0m)]);
    }

    [Fact]
    public async Task What_is_to_be_filled_at_once_expires_with_what_is_left()
    {
        await using var market = await Around60000();
        await market.Book([Level(59_990m, 2m)], [Level(60_010m, 0.2m), Level(60_020m, 5m)]);
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.Place(new { side = "buy", type = "limit", quantity = "0.5", price = "60010", timeInForce = "ioc" })).Ok();
        var ioc = await hearing.Next(4);
        ioc.Select(Hearing.Word).ShouldBe(["LIMIT NEW NEW", "LIMIT TRADE PARTIALLY_FILLED", "LIMIT EXPIRED EXPIRED", "outboundAccountPosition"]);
        (ioc[0].GetProperty("f").GetString(), ioc[2].GetProperty("eR").GetString(), ioc[2].Amount("z"), ioc[2].Amount("l")).ShouldBe(("IOC", "UNFILLED_IOC_QUANTITY_EXPIRED", 0.2m, 0m));

        (await trader.Place(new { side = "buy", type = "limit", quantity = "0.6", price = "60010", timeInForce = "fok" })).Ok();
        var fok = await hearing.Next(3);
        fok.Select(Hearing.Word).ShouldBe(["LIMIT NEW NEW", "LIMIT EXPIRED EXPIRED", "outboundAccountPosition"]);
        fok[1].GetProperty("eR").GetString().ShouldBe("UNFILLED_FOK_ORDER_EXPIRED");
    }

    [Fact]
    public async Task A_stop_is_told_when_it_is_placed_when_it_fires_and_when_it_fills()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.MarketBuy("0.5")).Ok();
        await hearing.Next(3);
        (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.2", triggerPrice = "59000" })).Ok();
        var placed = await hearing.Next(2);
        (Hearing.Word(placed[0]), placed[0].Amount("P"), placed[0].GetProperty("w").GetBoolean(), placed[0].TryGetProperty("W", out _)).ShouldBe(("STOP_LOSS NEW NEW", 59_000m, false, false));

        await market.Trade(59_000m);
        var fired = await hearing.Next(2);
        (Hearing.Word(fired[0]), fired[0].GetProperty("w").GetBoolean(), fired[0].TryGetProperty("W", out _)).ShouldBe(("STOP_LOSS NEW NEW", true, true));
        await market.Trade(59_000m);
        (await hearing.Words(2)).ShouldBe(["STOP_LOSS TRADE FILLED", "outboundAccountPosition"]);

        (await trader.Place(new { side = "sell", type = "trailingStop", quantity = "0.1", trailingDelta = 100 })).Ok();
        var trailing = await hearing.Next(2);
        (trailing[0].GetProperty("d").GetInt32(), trailing[0].GetProperty("D").ValueKind).ShouldBe((100, JsonValueKind.Number));
    }

    [Fact]
    public async Task A_list_begins_with_both_orders_and_is_done_when_one_has_ended_the_other()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.MarketBuy("0.5")).Ok();
        await hearing.Next(3);
        var list = (await trader.Post("/api/v1/orders/oco", new { side = "sell", quantity = "0.2", price = "61000", triggerPrice = "59000", stopLimitPrice = "58900" })).Ok();
        var placed = await hearing.Next(4);
        placed.Select(Hearing.Word).ShouldBe(["LIMIT_MAKER NEW NEW", "STOP_LOSS_LIMIT NEW NEW", "list EXEC_STARTED EXECUTING", "outboundAccountPosition"]);
        var named = placed[2].GetProperty("O").EnumerateArray().Select(order => (order.GetProperty("i").GetRawText(), order.GetProperty("c").GetString())).ToList();
        named.ShouldBe(placed[..2].Select(report => (report.GetProperty("i").GetRawText(), report.GetProperty("c").GetString())));
        placed[..3].Select(text => text.GetProperty("g").GetRawText()).Distinct().ShouldBe([list["id"]!]);
        Position(placed[3]).ShouldContain(("BTC", 0.2995m, 0.2m));

        await market.Trade(61_000.01m, 9m);
        var done = await hearing.Next(4);
        done.Select(Hearing.Word).ShouldBe(["LIMIT_MAKER TRADE FILLED", "STOP_LOSS_LIMIT EXPIRED EXPIRED", "list ALL_DONE ALL_DONE", "outboundAccountPosition"]);
        done[1].GetProperty("eR").GetString().ShouldBe("OCO_TRIGGER");

        var given = (await trader.Post("/api/v1/orders/oco", new { side = "sell", quantity = "0.2", price = "65000", triggerPrice = "50000" })).Ok();
        await hearing.Next(4);
        (await trader.Cancel((await trader.Legs(given))["stop"]["id"]!)).Ok();
        (await hearing.Words(4)).ShouldBe(["LIMIT_MAKER CANCELED CANCELED", "STOP_LOSS CANCELED CANCELED", "list ALL_DONE ALL_DONE", "outboundAccountPosition"], ignoreOrder: true);
    }

    [Fact]
    public async Task Other_terms_are_a_replacement_and_a_reset_moves_money()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        var order = (await trader.Buy("0.1", "50000")).Ok();
        await hearing.Next(2);
        (await trader.Amend(order["id"]!, new { quantity = "0.05" })).Ok();
        var amended = await hearing.Next(2);
        (Hearing.Word(amended[0]), amended[0].Amount("q")).ShouldBe(("LIMIT REPLACED NEW", 0.05m));
        Position(amended[1]).ShouldBe([("BTC", 0m, 0m), ("USDT", 47_500m, 2_500m)]);

        (await trader.Send(HttpMethod.Post, $"/api/v1/accounts/{trader.Account}/reset", new { confirm = "RESET", amount = "1000" })).Ok();
        var reset = await hearing.Next(4);
        reset.Select(Hearing.Word).ShouldBe(["LIMIT CANCELED CANCELED", "balanceUpdate", "balanceUpdate", "outboundAccountPosition"]);
        reset[1..3].Select(moved => (moved.GetProperty("a").GetString(), moved.GetProperty("d").GetString())).ShouldBe([("USDT", "-50000.00000000"), ("USDT", "1000.00000000")]);
        Position(reset[3]).ShouldContain(("USDT", 1_000m, 0m));
    }

    [Fact]
    public async Task Pausing_and_resuming_are_nobodys_news()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.MarketBuy("0.5")).Ok();
        await hearing.Next(3);
        var order = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.2", triggerPrice = "59000" })).Ok();
        await hearing.Next(2);
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{order["id"]}/pause")).Ok();
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{order["id"]}/resume")).Ok();
        (await hearing.Words(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_outbox_tells_twice_is_heard_once()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader);
        (await trader.MarketBuy("0.1")).Ok();
        await hearing.Next(3);
        await using (var again = market.Host.Owner.CreateCommand("UPDATE outbox SET delivered_at = NULL")) (await again.ExecuteNonQueryAsync()).ShouldBeGreaterThanOrEqualTo(2);
        (await trader.Buy("0.1", "50000")).Ok();
        (await hearing.Words(2)).ShouldBe(["LIMIT NEW NEW", "outboundAccountPosition"]);
        await using var left = market.Host.Owner.CreateCommand("SELECT count(*) FROM outbox WHERE delivered_at IS NULL");
        (await left.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task Others_hear_nothing_and_all_who_listen_hear_the_same_bytes()
    {
        await using var market = await Around60000();
        var (trader, stranger) = (await Trader.New(market.Host), await Trader.New(market.Host));
        using var foreign = new Hearing(market.Host, stranger);
        var texts = new List<ReadOnlyMemory<byte>>[] { [], [] };
        var events = (Server.BinanceApi.Users.UserEvents)market.Host.Services.GetService(typeof(Server.BinanceApi.Users.UserEvents))!;
        using var first = events.Listen(Guid.Parse(trader.Account), texts[0].Add);
        using var second = events.Listen(Guid.Parse(trader.Account), texts[1].Add);
        using var own = new Hearing(market.Host, trader);
        (await trader.MarketBuy("0.1")).Ok();
        await own.Next(3);
        (await foreign.Next(0)).ShouldBeEmpty();
        texts[0].Count.ShouldBe(3);
        for (var number = 0; number < 3; number++) texts[0][number].Equals(texts[1][number]).ShouldBeTrue("written once");
    }

    private static (string?, decimal, decimal)[] Position(JsonElement text) =>
        [.. text.GetProperty("B").EnumerateArray().Select(line => (line.GetProperty("a").GetString(), line.Amount("f"), line.Amount("l")))];
}
