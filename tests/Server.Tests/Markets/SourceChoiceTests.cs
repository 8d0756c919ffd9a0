using System.Diagnostics;
using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Server.Tests.Markets;

public sealed class SourceChoiceTests
{
    [Fact]
    public async Task Auto_takes_the_demo_market_where_binance_does_not_answer_and_says_so()
    {
        var begun = Stopwatch.GetTimestamp();
        await using var rig = await MarketRig.Start(new RigOptions
        {
            Settings = new() { ["Market"] = "auto", ["Exchanges:Binance:RestUrl"] = "http://127.0.0.1:1", ["Exchanges:Binance:WebSocketUrl"] = "ws://127.0.0.1:1" },
        });
        var body = await Live(rig);
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (body.GetProperty("source").GetString(), body.GetProperty("simulated").GetBoolean()).ShouldBe(("demo", true));
    }

    [Fact]
    public async Task The_demo_market_answers_everything_with_a_thousand_candles_of_each_interval()
    {
        await using var rig = await MarketRig.Start(new RigOptions { Settings = new() { ["Market"] = "demo" } });
        await Live(rig);
        var (_, markets) = await rig.Get("/markets");
        markets.GetProperty("items").GetArrayLength().ShouldBeInRange(15, 30);
        foreach (var interval in Timeframe.All)
        {
            var (status, body) = await rig.Get($"/markets/BTCUSDT/candles?interval={interval}&limit=1000");
            status.ShouldBe(200);
            // A thousand months would begin before 1970.
            body.GetProperty("items").GetArrayLength().ShouldBeInRange(interval.Code == "1M" ? 600 : 1_000, 1_000, interval.Code);
            Gapless(interval, body.GetProperty("items"));
        }

        using var client = await rig.Connect();
        await client.Subscribe("depth:BTCUSDT", "trades:BTCUSDT", "ticker:BTCUSDT", "candles:BTCUSDT:1m", "tickers");
        var seen = new HashSet<string>();
        while (seen.Count < 5)
        {
            var update = await client.UntilType("update");
            seen.Add(update.GetProperty("channel").GetString()!);
        }

        for (var wait = 0; wait < 400; wait++)
        {
            var (_, tickers) = await rig.Get("/markets/tickers");
            if (tickers.GetProperty("items").EnumerateArray().All(Whole)) return;
            await Task.Delay(50);
        }

        throw new InvalidOperationException("Not every ticker came to have a day and a spark.");
    }

    private static bool Whole(JsonElement item) =>
        item.GetProperty("spark").GetArrayLength() == 24 && item.GetProperty("last").ValueKind == JsonValueKind.String
        && item.GetProperty("bid").ValueKind == JsonValueKind.String && !item.GetProperty("stale").GetBoolean();

    private static void Gapless(Timeframe interval, JsonElement items)
    {
        var opens = items.EnumerateArray().Select(i => i.GetProperty("openTime").GetDateTimeOffset().ToUnixTimeMilliseconds()).ToList();
        opens.Skip(1).ShouldBe(opens.SkipLast(1).Select(interval.NextOpen));
        items.EnumerateArray().SkipLast(2).ShouldAllBe(i => i.GetProperty("closed").GetBoolean());
    }

    private static async Task<JsonElement> Live(MarketRig rig)
    {
        for (var wait = 0; wait < 200; wait++)
        {
            var (_, body) = await rig.Get("/markets/source");
            if (body.GetProperty("state").GetString() == "live") return body;
            await Task.Delay(50);
        }

        throw new InvalidOperationException("The source never became live.");
    }
}
