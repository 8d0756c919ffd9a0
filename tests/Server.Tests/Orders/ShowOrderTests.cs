namespace Lastro.Server.Tests.Orders;

public sealed class ShowOrderTests
{
    [Fact]
    public async Task An_order_is_shown_with_market_time_and_its_key()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var placed = (await trader.Buy("0.1", "59000", "my-key")).Ok();

        var shown = (await trader.Show(placed["id"]!)).Ok();
        shown.Body.ToString().ShouldBe(placed.Body.ToString());
        shown["clientOrderId"].ShouldBe("my-key");
        DateTimeOffset.Parse(shown["createdAt"]!).ToUnixTimeMilliseconds().ShouldBe(market.NowMs);
        foreach (var wrong in new[] { "0", "999999", "x", "-1", "99999999999999999999" })
            ((int)(await trader.Show(wrong)).Status).ShouldBe(404, wrong);
    }
}
