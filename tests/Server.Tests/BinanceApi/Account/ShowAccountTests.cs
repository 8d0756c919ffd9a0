using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.BinanceApi.Account;

public sealed class ShowAccountTests
{
    private const string Path = "GET /api/v3/account";

    [Fact]
    public async Task It_has_the_documented_fields_in_their_order_and_kinds()
    {
        // The example of rest-api.md, "Account information".
        const string documented = """
            {"makerCommission":15,"takerCommission":15,"buyerCommission":0,"sellerCommission":0,
             "commissionRates":{"maker":"0.00150000","taker":"0.00150000","buyer":"0.00000000","seller":"0.00000000"},
             "canTrade":true,"canWithdraw":true,"canDeposit":true,"brokered":false,"requireSelfTradePrevention":false,"preventSor":false,
             "updateTime":123456789,"accountType":"SPOT","balances":[{"asset":"BTC","free":"4723846.89208129","locked":"0.00000000"}],
             "permissions":["SPOT"],"uid":354937868}
            """;
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var account = await market.Host.Ask(Path, WireAsk.KeyOf(trader));
        account.Shape().ShouldBe(JsonSerializer.Deserialize<JsonElement>(documented).Shape());
        (account.GetProperty("makerCommission").GetInt32(), account.GetProperty("commissionRates").GetProperty("taker").GetString()).ShouldBe((10, "0.00100000"));
        account.GetProperty("balances").ToString().ShouldBe("""[{"asset":"USDT","free":"50000.00000000","locked":"0.00000000"}]""");
        account.GetProperty("uid").GetInt64().ShouldBe((await market.Host.Ask(Path, WireAsk.KeyOf(trader))).GetProperty("uid").GetInt64());
        account.GetProperty("uid").GetInt64().ShouldNotBe((await market.Host.Ask(Path, WireAsk.KeyOf(await Trader.New(market.Host)))).GetProperty("uid").GetInt64());
    }

    [Fact]
    public async Task What_orders_hold_is_locked_and_what_is_sold_out_can_be_left_out()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var key = WireAsk.KeyOf(trader);
        (await trader.MarketBuy("0.5")).Ok();
        (await trader.Buy("0.1", "50000")).Ok();
        var balances = await Balances(market.Host, key);
        (balances["BTC"], balances["USDT"].Locked).ShouldBe(((0.4995m, 0m), 5_000m));
        balances["USDT"].Free.ShouldBe(50_000m - 30_005m - 5_000m);

        (await trader.MarketSell("0.4995")).Ok();
        (await Balances(market.Host, key)).Keys.ShouldBe(["BTC", "USDT"]);
        (await Balances(market.Host, key, ("omitZeroBalances", "true"))).Keys.ShouldBe(["USDT"]);
        (await Balances(market.Host, key, ("omitZeroBalances", "false"))).Keys.ShouldBe(["BTC", "USDT"]);
        (await market.Host.Try(Path, key, ("omitZeroBalances", "perhaps"))).Error!.Code.ShouldBe(-1100);
    }

    [Fact]
    public async Task A_key_that_may_only_read_cannot_trade()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await market.Host.Ask(Path, WireAsk.KeyOf(trader, KeyScopes.Read))).GetProperty("canTrade").GetBoolean().ShouldBeFalse();
        (await market.Host.Ask(Path, WireAsk.KeyOf(trader))).GetProperty("canTrade").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_reset_shows_at_once()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var key = WireAsk.KeyOf(trader);
        for (var season = 1; season <= 20; season++)
        {
            (await trader.MarketBuy("0.01")).Ok();
            (await Balances(market.Host, key))["BTC"].Free.ShouldBeGreaterThan(0m);
            (await trader.Send(HttpMethod.Post, $"/api/v1/accounts/{trader.Account}/reset", new { confirm = "RESET", amount = $"{1_000 + season}" })).Ok();
            var after = await Balances(market.Host, key);
            (after["BTC"].Free, after["USDT"]).ShouldBe((0m, (1_000m + season, 0m)));
        }
    }

    internal static async Task<Dictionary<string, (decimal Free, decimal Locked)>> Balances(TestHost host, KnownKey key, params (string, string)[] parameters) =>
        (await host.Ask(Path, key, parameters)).GetProperty("balances").EnumerateArray()
            .ToDictionary(line => line.GetProperty("asset").GetString()!, line => (line.Amount("free"), line.Amount("locked")));
}
