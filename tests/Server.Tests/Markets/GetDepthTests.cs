namespace Lastro.Server.Tests.Markets;

public sealed class GetDepthTests
{
    [Fact]
    public async Task The_best_levels_come_first_and_a_lost_book_is_empty()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        await scene.Book(77, (99.5m, 100.5m), (99m, 101m), (98m, 102m));
        var (_, body) = await scene.Rig.Get("/markets/btcusdt/depth?limit=2");

        body.GetProperty("updateId").GetInt64().ShouldBe(77);
        body.GetProperty("bids").GetRawText().ShouldBe("""[["99.5","1"],["99","1"]]""");
        body.GetProperty("asks").GetRawText().ShouldBe("""[["100.5","3"],["101","3"]]""");
        body.GetProperty("asOf").GetString().ShouldBe("2024-08-08T23:55:00.077Z");

        await scene.Pair().BookLost();
        (await scene.Rig.Get("/markets/BTCUSDT/depth")).Body.GetProperty("bids").GetArrayLength().ShouldBe(0);
    }
}
