namespace Lastro.Server.Tests.Markets;

public sealed class ListMarketsTests
{
    [Fact]
    public async Task Every_pair_is_listed_with_its_grid()
    {
        await using var scene = await Scene.Set();
        var (status, body) = await scene.Rig.Get("/markets");

        status.ShouldBe(200);
        body.GetProperty("items")[0].GetRawText().ShouldBe(
            """{"symbol":"BTCUSDT","base":"BTC","quote":"USDT","tickSize":"0.01","stepSize":"0.00001","minQuantity":"0.00001","maxQuantity":"9000000000","minNotional":"5","trading":true}""");
        body.GetProperty("items")[1].GetProperty("symbol").GetString().ShouldBe("ETHUSDT");
        body.GetProperty("simulated").GetBoolean().ShouldBeFalse();
    }
}
