namespace Lastro.Server.Tests.Orders;

public sealed class CancelOrdersTests
{
    [Fact]
    public async Task All_open_orders_of_an_account_or_of_one_pair_end()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        for (var index = 0; index < 5; index++) (await trader.Buy("0.01", "50000")).Ok();

        (await trader.Send(HttpMethod.Delete, $"/api/v1/orders?accountId={trader.Account}&symbol=ETHUSDT")).Items.ShouldBeEmpty();
        var ended = await trader.Send(HttpMethod.Delete, $"/api/v1/orders?accountId={trader.Account}&symbol=BTCUSDT");
        ended.Items.Length.ShouldBe(5);
        ended.Items.ShouldAllBe(order => order.GetProperty("status").GetString() == "canceled");
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        var missing = await trader.Send(HttpMethod.Delete, "/api/v1/orders");
        ((int)missing.Status, missing["field"]).ShouldBe((422, "accountId"));
        await market.ShouldBeSound();
    }
}
