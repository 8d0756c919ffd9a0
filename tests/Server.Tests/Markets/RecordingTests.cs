using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Markets;

/// <summary>The recorded BTCUSDT stream of 2024-08-08 through the whole room, against Binance's own klines and bookTickers.</summary>
public sealed class RecordingTests
{
    private const string Recording = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private const string Klines = "data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz";

    /// <summary>2024-08-08 23:55 UTC.</summary>
    private const long FirstFullMinute = 1_723_161_300_000;

    [SharedFact(Recording)]
    public async Task Candles_equal_binances_to_the_last_digit_and_the_cut_minute_is_not_closed()
    {
        await using var rig = await Replayed();
        var (status, body) = await rig.Get("/markets/BTCUSDT/candles?interval=1m&limit=10");

        status.ShouldBe(200);
        body.GetProperty("source").GetString().ShouldBe("replay");
        body.GetProperty("state").GetString().ShouldBe("ended");
        var items = body.GetProperty("items").EnumerateArray().ToDictionary(Open);
        var expected = SharedData.Lines(Klines).Skip(1).Select(line => line.Split(','))
            .Where(row => long.Parse(row[0], CultureInfo.InvariantCulture) is >= FirstFullMinute and < FirstFullMinute + 300_000).ToList();
        expected.Count.ShouldBe(5);
        foreach (var row in expected)
        {
            var item = items[long.Parse(row[0], CultureInfo.InvariantCulture)];
            new[] { "open", "high", "low", "close", "volume" }.Select(name => decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture))
                .ShouldBe(row[1..].Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture)));
            item.GetProperty("closed").GetBoolean().ShouldBeTrue();
        }

        items[FirstFullMinute - 60_000].GetProperty("closed").GetBoolean().ShouldBeFalse("the recording begins within this minute");
        items.Values.Count(item => item.GetProperty("closed").GetBoolean()).ShouldBe(5);
    }

    [SharedFact(Recording)]
    public async Task The_books_best_quotes_equal_every_recorded_bookTicker_of_the_same_update()
    {
        var spy = new BookSpy();
        await using var rig = await Replayed(spy);

        var tops = Tops().GroupBy(top => top.Update).ToDictionary(same => same.Key, same => same.First());
        var compared = 0;
        foreach (var (update, bid, ask) in spy.Seen)
        {
            if (!tops.TryGetValue(update, out var top)) continue;
            (bid, ask).ShouldBe((top.Bid, top.Ask), $"update {update}");
            compared++;
        }

        compared.ShouldBe(564);
        var (_, depth) = await rig.Get("/markets/BTCUSDT/depth?limit=5");
        depth.GetProperty("updateId").GetInt64().ShouldBe(spy.Seen[^1].Update);
        decimal.Parse(depth.GetProperty("bids")[0][0].GetString()!, CultureInfo.InvariantCulture).ShouldBe(spy.Seen[^1].Bid);
        depth.GetProperty("asks").GetArrayLength().ShouldBe(5);
    }

    private static long Open(JsonElement item) => item.GetProperty("openTime").GetDateTimeOffset().ToUnixTimeMilliseconds();

    private static async Task<MarketRig> Replayed(BookSpy? spy = null)
    {
        var rig = await MarketRig.Start(new RigOptions
        {
            Settings = new() { ["Market"] = $"replay:{SharedData.Path(Recording)}", ["Replay:Speed"] = "max", ["Replay:Symbol"] = "BTCUSDT" },
            Services = services =>
            {
                if (spy is not null) services.AddSingleton<ILaneStage>(spy);
            },
        });
        for (var wait = 0; wait < 300; wait++)
        {
            var (_, source) = await rig.Get("/markets/source");
            if (source.GetProperty("state").GetString() == "ended") break;
            await Task.Delay(100);
        }

        // The last events may still lie in the lane; a question stands behind them.
        await rig.Services.GetRequiredService<MarketLanes>().Find(new Symbol("BTCUSDT"))!.Ask(lane => lane.NowMs);
        return rig;
    }

    private static IEnumerable<(long Update, decimal Bid, decimal Ask)> Tops()
    {
        foreach (var line in SharedData.Lines(Recording))
        {
            if (!line.Contains("@bookTicker", StringComparison.Ordinal)) continue;
            using var message = JsonDocument.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            var data = message.RootElement.GetProperty("data");
            yield return (data.GetProperty("u").GetInt64(), Number(data, "b"), Number(data, "a"));
        }
    }

    private static decimal Number(JsonElement data, string name) => decimal.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private sealed class BookSpy : ILaneStage
    {
        public List<(long Update, decimal Bid, decimal Ask)> Seen { get; } = [];

        public StagePosition Position => StagePosition.Orders;

        public ISymbolStage Open(SymbolLane lane) => new Pair(this, lane);

        private sealed class Pair(BookSpy spy, SymbolLane lane) : ISymbolStage
        {
            public void OnTrade(in MarketTrade trade)
            {
            }

            public void OnTop(in BookTop top)
            {
            }

            public void OnDepth(Depth depth) => spy.Seen.Add((lane.Book.UpdateId, lane.Book.Bid(0).Price.Value, lane.Book.Ask(0).Price.Value));

            public void OnBookLost()
            {
            }

            public void OnPulse(long nowMs)
            {
            }
        }
    }
}
