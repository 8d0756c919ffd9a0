namespace Lastro.Server.Tests.Orders;

public sealed class ListFillsTests
{
    [Fact]
    public async Task Fills_are_listed_by_order_and_pair_with_their_cause()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var first = (await trader.MarketBuy("0.1")).Ok();
        (await trader.MarketSell("0.05")).Ok();

        var all = (await trader.Get("/api/v1/fills?symbol=BTCUSDT")).Items;
        all.Select(fill => fill.GetProperty("side").GetString()).ShouldBe(["sell", "buy"]);
        var fill = (await trader.Get($"/api/v1/fills?orderId={first["id"]}")).Items.Single();
        (fill.GetProperty("price").GetString(), fill.GetProperty("quantity").GetString(), fill.GetProperty("quoteQuantity").GetString())
            .ShouldBe(("60010", "0.1", "6001"));
        (fill.GetProperty("fee").GetString(), fill.GetProperty("feeAsset").GetString()).ShouldBe(("0.0001", "BTC"));
        fill.GetProperty("cause").GetProperty("time").GetString().ShouldStartWith("2024-08-09T00:00:00");
        (await trader.Get("/api/v1/fills?symbol=ETHUSDT")).Items.ShouldBeEmpty();
        (await trader.Get("/api/v1/fills?side=sell&base=btc")).Items.Single().GetProperty("side").GetString().ShouldBe("sell");
        var (older, newer) = (all[1], all[0]);
        await market.Trade(60_000m);
        var later = (await trader.MarketBuy("0.01")).Ok();
        var time = (await trader.Get($"/api/v1/fills?orderId={later["id"]}")).Items.Single().GetProperty("time").GetString();
        (await trader.Get($"/api/v1/fills?to={time}")).Items.Select(one => one.GetProperty("id").GetString())
            .ShouldBe([newer.GetProperty("id").GetString(), older.GetProperty("id").GetString()]);
        (await trader.Get($"/api/v1/fills?from={time}")).Items.Single().GetProperty("orderId").GetString().ShouldBe(later["id"]);
        ((int)(await trader.Get("/api/v1/fills?side=x")).Status).ShouldBe(422);
    }
}
