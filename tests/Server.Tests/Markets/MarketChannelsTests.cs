using System.Text.Json;

namespace Lastro.Server.Tests.Markets;

public sealed class MarketChannelsTests
{
    [Fact]
    public async Task Trades_arrive_once_each_in_order_behind_the_snapshot()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        await scene.Eventually("/markets/BTCUSDT/trades", b => b.GetProperty("items").GetArrayLength() == 1);
        using var client = await scene.Rig.Connect();
        await client.Subscribe("trades:BTCUSDT");
        Ids(await client.UntilType("snapshot")).ShouldBe([1]);
        for (var id = 2; id <= 500; id++) await scene.Trade(id, 100m, id);

        var (seen, seq) = (new List<long>(), 1L);
        while (seen.Count < 499)
        {
            var update = await client.UntilType("update");
            update.GetProperty("seq").GetInt64().ShouldBe(++seq);
            seen.AddRange(Ids(update).Reverse());
        }

        seen.ShouldBe(Enumerable.Range(2, 499).Select(id => (long)id));
    }

    [Fact]
    public async Task A_candle_channel_tells_the_closed_candle_before_it_moves_on()
    {
        await using var scene = await Scene.Set();
        await scene.Trade(1, 100m, 0);
        await scene.Eventually("/markets/BTCUSDT/candles", b => b.GetProperty("items").GetArrayLength() == 1);
        using var client = await scene.Rig.Connect();
        await client.Subscribe("candles:BTCUSDT:1m", "candles:BTCUSDT:7m", "candles:NOPE:1m");
        (await client.UntilType("snapshot")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await client.UntilOp("error")).GetProperty("code").GetString().ShouldBe("invalid_field");
        (await client.UntilOp("error")).GetProperty("code").GetString().ShouldBe("unknown_symbol");

        await scene.Trade(2, 120m, 59_000);
        await scene.Trade(3, 130m, 60_000);
        var closed = (await client.Until(m => Data(m, "closed") is "True")).GetProperty("data");
        (Text(closed, "openTime"), Text(closed, "close"), Text(closed, "volume")).ShouldBe(("2024-08-08T23:55:00.000Z", "120", "4"));
        var running = (await client.Until(m => Data(m, "closed") is "False")).GetProperty("data");
        (Text(running, "openTime"), Text(running, "close")).ShouldBe(("2024-08-08T23:56:00.000Z", "130"));
    }

    [Fact]
    public async Task Depth_is_the_whole_picture_at_most_ten_times_a_second()
    {
        await using var scene = await Scene.Set();
        using var client = await scene.Rig.Connect();
        await client.Subscribe("depth:BTCUSDT");
        await client.UntilType("snapshot");
        var begun = TimeProvider.System.GetTimestamp();
        for (var update = 1; update <= 100; update++)
        {
            await scene.Book(update, (100m - (update / 100m), 101m));
            await Task.Delay(10);
        }

        var (updates, last) = (0, 0L);
        while (last < 100)
        {
            last = (await client.UntilType("update")).GetProperty("data").GetProperty("updateId").GetInt64();
            updates++;
        }

        updates.ShouldBeLessThanOrEqualTo((int)(TimeProvider.System.GetElapsedTime(begun).TotalSeconds * 10) + 2);
        updates.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Tickers_tell_the_pairs_that_changed_without_their_sparks()
    {
        await using var scene = await Scene.Set();
        using var client = await scene.Rig.Connect();
        await client.Subscribe("tickers", "ticker:ETHUSDT", "tickers:BTCUSDT");
        (await client.UntilType("snapshot")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await client.UntilOp("error")).GetProperty("channel").GetString().ShouldBe("tickers:BTCUSDT");
        await scene.Trade(1, 3_000m, 0, "ETHUSDT");

        var all = await client.Until(m => m.TryGetProperty("type", out var t) && t.GetString() == "update" && Text(m, "channel") == "tickers");
        var item = all.GetProperty("data").EnumerateArray().Single();
        (Text(item, "symbol"), Text(item, "last"), item.TryGetProperty("spark", out _)).ShouldBe(("ETHUSDT", "3000", false));
    }

    private static IEnumerable<long> Ids(JsonElement message) =>
        message.GetProperty("data").EnumerateArray().Select(t => long.Parse(t.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture));

    private static string? Data(JsonElement message, string name) =>
        message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static string Text(JsonElement item, string name) => item.GetProperty(name).ToString();
}
