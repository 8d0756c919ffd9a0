namespace Lastro.Server.Tests.Markets;

public sealed class GetTradesTests
{
    [Fact]
    public async Task The_newest_trade_comes_first_with_the_takers_side()
    {
        await using var scene = await Scene.Set();
        for (var id = 1; id <= 60; id++) await scene.Trade(id, 100m + (id / 100m), id * 10);

        var (_, body) = await scene.Rig.Get("/markets/BTCUSDT/trades?limit=2");
        body.GetProperty("items").GetRawText().ShouldBe(
            """[{"id":"60","price":"100.6","quantity":"2","time":"2024-08-08T23:55:00.600Z","side":"sell"},{"id":"59","price":"100.59","quantity":"2","time":"2024-08-08T23:55:00.590Z","side":"buy"}]""");
        (await scene.Rig.Get("/markets/BTCUSDT/trades")).Body.GetProperty("items").GetArrayLength().ShouldBe(50);
        (await scene.Rig.Get("/markets/ETHUSDT/trades")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
