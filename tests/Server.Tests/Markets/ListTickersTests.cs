using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Tests.Markets;

public sealed class ListTickersTests
{
    [Fact]
    public async Task A_traded_pair_tells_its_day_and_an_untouched_one_that_nothing_is_known()
    {
        await using var scene = await Scene.Set();
        var hour = Timeframe.All.Single(t => t.Code == "1h");
        scene.Source.History[(new Symbol("BTCUSDT"), hour)] = [ScriptedSource.Flat(hour.OpenOf(Scene.StartMs) - 3_600_000, 90m)];
        await scene.Trade(1, 100m, 0);
        await scene.Trade(2, 110m, 1_000);
        await scene.Trade(3, 105m, 2_000);

        var body = await scene.Eventually("/markets/tickers", b => b.GetProperty("items")[0].GetProperty("spark").GetArrayLength() == 1 && b.GetProperty("items")[0].GetProperty("last").GetString() == "105");
        var (btc, eth) = (body.GetProperty("items")[0], body.GetProperty("items")[1]);
        string.Join(' ', new[] { "symbol", "last", "open", "high", "low", "volume", "quoteVolume", "change", "changePercent", "stale" }.Select(n => btc.GetProperty(n).ToString()))
            .ShouldBe("BTCUSDT 105 100 110 100 6 630 5 5 False");
        btc.GetProperty("spark").GetRawText().ShouldBe("""["90"]""");
        eth.GetProperty("last").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        eth.GetProperty("stale").GetBoolean().ShouldBeTrue();

        (await scene.Rig.Get("/markets/tickers?symbols=ETHUSDT")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_pair_nobody_follows_shows_the_sources_own_day()
    {
        await using var scene = await Scene.Set(replay: false);
        scene.Sink.Ticker(new TickerUpdate(new Symbol("ETHUSDT"), 3_300m, 3_000m, 3_400m, 2_900m, 10m, 32_000m, Scene.StartMs));

        var item = (await scene.Rig.Get("/markets/tickers?symbols=ETHUSDT")).Body.GetProperty("items")[0];
        (item.GetProperty("last").GetString(), item.GetProperty("changePercent").GetString(), item.GetProperty("bid").ValueKind)
            .ShouldBe(("3300", "10", System.Text.Json.JsonValueKind.Null));
        item.GetProperty("asOf").GetString().ShouldBe("2024-08-08T23:55:00.000Z");
    }
}
