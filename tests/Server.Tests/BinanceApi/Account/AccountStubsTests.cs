using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.BinanceApi.Account;

public sealed class AccountStubsTests
{
    [Fact]
    public async Task Commission_has_the_documented_fields()
    {
        // The example of rest-api.md, "Query Commission Rates".
        const string documented = """
            {"symbol":"BTCUSDT","standardCommission":{"maker":"0.00000010","taker":"0.00000020","buyer":"0.00000030","seller":"0.00000040"},
             "specialCommission":{"maker":"0.01000000","taker":"0.02000000","buyer":"0.03000000","seller":"0.04000000"},
             "taxCommission":{"maker":"0.00000112","taker":"0.00000114","buyer":"0.00000118","seller":"0.00000116"},
             "discount":{"enabledForAccount":true,"enabledForSymbol":true,"discountAsset":"BNB","discount":"0.75000000"}}
            """;
        await using var market = await Around60000("--Orders:MakerFee", "0.0005");
        var key = WireAsk.KeyOf(await Trader.New(market.Host));
        var rates = await market.Host.Ask("GET /api/v3/account/commission", key, ("symbol", "BTCUSDT"));
        rates.Shape().ShouldBe(JsonSerializer.Deserialize<JsonElement>(documented).Shape());
        (rates.GetProperty("standardCommission").Amount("maker"), rates.GetProperty("standardCommission").Amount("taker")).ShouldBe((0.0005m, 0.001m));
        (await market.Host.Try("GET /api/v3/account/commission", key)).Error!.Code.ShouldBe(-1102);

        var fees = await market.Host.Ask("GET /sapi/v1/asset/tradeFee", key);
        fees.EnumerateArray().Select(fee => fee.ToString()).ShouldBe([
            """{"symbol":"BTCUSDT","makerCommission":"0.00050000","takerCommission":"0.00100000"}""",
            """{"symbol":"ETHUSDT","makerCommission":"0.00050000","takerCommission":"0.00100000"}"""], ignoreOrder: true);
        (await market.Host.Ask("GET /sapi/v1/asset/tradeFee", key, ("symbol", "ETHUSDT"))).GetArrayLength().ShouldBe(1);
        (await market.Host.Try("GET /sapi/v1/asset/tradeFee", key, ("symbol", "XY"))).Error!.Code.ShouldBe(-1121);
    }

    [Fact]
    public async Task Order_counts_are_those_that_the_gate_has_counted()
    {
        await using var market = await Around60000("--BinanceApi:Orders10s", "50");
        var key = WireAsk.KeyOf(await Trader.New(market.Host));
        market.Host.Services.GetRequiredService<WireLimits>().Place(key.Account, 3).ShouldBeNull();
        (await market.Host.Ask("GET /api/v3/rateLimit/order", key)).ToString().ShouldBe(
            """[{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":50,"count":3},{"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000,"count":3}]""");
    }

    [Fact]
    public async Task Coins_are_those_of_all_pairs_with_what_the_account_has()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var key = WireAsk.KeyOf(trader);
        (await trader.Buy("0.1", "50000")).Ok();
        var coins = (await market.Host.Ask("GET /sapi/v1/capital/config/getall", key)).EnumerateArray().ToDictionary(coin => coin.GetProperty("coin").GetString()!);
        coins.Keys.ShouldBe(["BTC", "ETH", "USDT"]);
        (coins["USDT"].Amount("free"), coins["USDT"].Amount("locked")).ShouldBe((45_000m, 5_000m));
        coins["BTC"].GetProperty("networkList")[0].GetProperty("withdrawEnable").GetBoolean().ShouldBeFalse();
        (await market.Host.Ask("POST /sapi/v3/asset/getUserAsset", key)).EnumerateArray().Select(coin => coin.GetProperty("asset").GetString()).ShouldBe(["USDT"]);
        (await market.Host.Ask("POST /sapi/v3/asset/getUserAsset", key, ("asset", "BTC"))).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Restrictions_are_the_keys_scopes()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        foreach (var (scopes, trades) in new[] { (KeyScopes.Read, false), (KeyScopes.Read | KeyScopes.Trade, true) })
        {
            var answer = await market.Host.Ask("GET /sapi/v1/account/apiRestrictions", WireAsk.KeyOf(trader, scopes));
            (answer.GetProperty("enableReading").GetBoolean(), answer.GetProperty("enableSpotAndMarginTrading").GetBoolean()).ShouldBe((true, trades));
            (answer.GetProperty("enableWithdrawals").GetBoolean(), answer.GetProperty("createTime").GetInt64()).ShouldBe((false, 1_767_323_045_000));
        }
    }

    [Theory]
    [InlineData("GET /sapi/v1/margin/allPairs")]
    [InlineData("GET /sapi/v1/margin/isolated/allPairs")]
    [InlineData("GET /api/v3/myPreventedMatches")]
    [InlineData("GET /api/v3/myAllocations")]
    public async Task What_does_not_happen_here_is_an_empty_list(string path)
    {
        await using var market = await Around60000();
        var key = WireAsk.KeyOf(await Trader.New(market.Host));
        (await market.Host.Ask(path, key, ("symbol", "BTCUSDT"))).ToString().ShouldBe("[]");
        if (path.Contains("/api/v3/", StringComparison.Ordinal)) (await market.Host.Try(path, key)).Error!.Code.ShouldBe(-1102);
    }

    [Theory]
    [InlineData("GET /fapi/v1/exchangeInfo")]
    [InlineData("GET /dapi/v1/exchangeInfo")]
    public async Task There_are_no_contracts(string path)
    {
        await using var market = await Around60000();
        var info = await market.Host.Ask(path, null);
        (info.GetProperty("symbols").GetArrayLength(), info.GetProperty("timezone").GetString()).ShouldBe((0, "UTC"));
        (await market.Host.Ask("GET /sapi/v1/system/status", null)).ToString().ShouldBe("""{"status":0,"msg":"normal"}""");
    }
}
