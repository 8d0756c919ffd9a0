using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Server.Tests.Markets;

public sealed class GetCandlesTests
{
    [Fact]
    public async Task A_minute_is_closed_when_the_next_one_begins_and_lies_in_the_archive_then()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        await scene.Trade(2, 120m, 30_000);
        await scene.Trade(3, 110m, 60_000);

        var body = await scene.Eventually("/markets/BTCUSDT/candles", b => b.GetProperty("items").GetArrayLength() == 2);
        var items = body.GetProperty("items");
        Show(items[0]).ShouldBe("2024-08-08T23:55:00.000Z 100 120 100 120 4 440 2 True");
        Show(items[1]).ShouldBe("2024-08-08T23:56:00.000Z 110 110 110 110 2 220 1 False");
        (body.GetProperty("symbol").GetString(), body.GetProperty("interval").GetString(), body.GetProperty("source").GetString())
            .ShouldBe(("BTCUSDT", "1m", "replay"));
        body.GetProperty("asOf").GetString().ShouldBe("2024-08-08T23:56:00.000Z");

        var five = await scene.Eventually("/markets/BTCUSDT/candles?interval=5m", b => b.GetProperty("items").GetArrayLength() == 1);
        Show(five.GetProperty("items")[0]).ShouldBe("2024-08-08T23:55:00.000Z 100 120 100 110 6 660 3 False");
    }

    [Fact]
    public async Task A_minute_with_a_missing_trade_is_open_until_the_source_gives_it_whole()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        await scene.Trade(3, 100m, 30_000);
        await scene.Trade(4, 100m, 60_000);
        var torn = await scene.Eventually("/markets/BTCUSDT/candles", b => b.GetProperty("items").GetArrayLength() == 2);
        torn.GetProperty("items")[0].GetProperty("closed").GetBoolean().ShouldBeFalse();

        scene.Source.History[(new Symbol("BTCUSDT"), Timeframe.Minute)] = [ScriptedSource.Flat(Scene.StartMs, 101m)];
        var whole = await scene.Eventually("/markets/BTCUSDT/candles", b => b.GetProperty("items")[0].GetProperty("closed").GetBoolean());
        Show(whole.GetProperty("items")[0]).ShouldBe("2024-08-08T23:55:00.000Z 101 101 101 101 1 101 1 True");
    }

    [Fact]
    public async Task History_comes_from_the_source_once_and_then_from_the_archive()
    {
        await using var scene = await Scene.Set();
        var hour = Timeframe.All.Single(t => t.Code == "1h");
        scene.Source.History[(new Symbol("ETHUSDT"), hour)] =
            [.. Enumerable.Range(1, 50).Where(n => n != 7).Select(n => ScriptedSource.Flat(hour.OpenOf(Scene.StartMs) - (n * 3_600_000L), n)).Reverse()];
        await scene.Trade(1, 100m, 0, "ETHUSDT");
        await scene.Eventually("/markets/ETHUSDT/trades", b => b.GetProperty("items").GetArrayLength() == 1);

        var body = await scene.Eventually("/markets/ETHUSDT/candles?interval=1h&limit=40", b => b.GetProperty("items").GetArrayLength() == 40);
        body.GetProperty("items")[39].GetProperty("closed").GetBoolean().ShouldBeFalse();
        Asked(scene, hour).ShouldBeGreaterThan(0);
        var before = Asked(scene, hour);
        var older = (await scene.Rig.Get($"/markets/ETHUSDT/candles?interval=1h&limit=3&before={hour.OpenOf(Scene.StartMs) - 3_600_000}")).Body.GetProperty("items");
        older.EnumerateArray().Select(i => i.GetProperty("close").GetString()).ShouldBe(["4", "3", "2"]);
        Asked(scene, hour).ShouldBe(before, "the hole of hour 7 is the source's own and is not asked for again");
    }

    [Theory]
    [InlineData("/markets/NOPEUSDT/candles", 404, "not_found", "symbol")]
    [InlineData("/markets/BTC-USDT/candles", 404, "not_found", "symbol")]
    [InlineData("/markets/BTCUSDT/candles?interval=7m", 422, "invalid_field", "interval")]
    [InlineData("/markets/BTCUSDT/candles?interval=1M&limit=0", 422, "invalid_field", "limit")]
    [InlineData("/markets/BTCUSDT/candles?limit=1001", 422, "invalid_field", "limit")]
    [InlineData("/markets/BTCUSDT/candles?limit=many", 422, "invalid_field", "limit")]
    [InlineData("/markets/BTCUSDT/candles?limit=-1", 422, "invalid_field", "limit")]
    [InlineData("/markets/BTCUSDT/candles?before=yesterday", 422, "invalid_field", "before")]
    [InlineData("/markets/BTCUSDT/candles?before=99999999999999999", 422, "invalid_field", "before")]
    [InlineData("/markets/NOPEUSDT/depth", 404, "not_found", "symbol")]
    [InlineData("/markets/BTCUSDT/depth?limit=5001", 422, "invalid_field", "limit")]
    [InlineData("/markets/NOPEUSDT/trades", 404, "not_found", "symbol")]
    [InlineData("/markets/BTCUSDT/trades?limit=0x10", 422, "invalid_field", "limit")]
    [InlineData("/markets/tickers?symbols=BTCUSDT,NOPEUSDT", 422, "unknown_symbol", "symbols")]
    public async Task Bad_requests_are_refused_by_field(string path, int status, string code, string field)
    {
        await using var scene = await Scene.Set();
        var (seen, body) = await scene.Rig.Get(path);
        (seen, body.GetProperty("code").GetString(), body.GetProperty("field").GetString()).ShouldBe((status, code, field));
    }

    [Fact]
    public async Task Every_interval_of_the_contract_answers()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        foreach (var interval in "1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M".Split(' '))
            await scene.Eventually($"/markets/BTCUSDT/candles?interval={interval}", b => b.GetProperty("items").GetArrayLength() == 1);
    }

    private static int Asked(Scene scene, Timeframe timeframe) =>
        scene.Source.Asked.Count(a => a.Symbol == new Symbol("ETHUSDT") && a.Timeframe == timeframe);

    private static string Show(JsonElement item) => string.Join(' ', item.EnumerateObject().Select(p => p.Value.ToString()));
}
