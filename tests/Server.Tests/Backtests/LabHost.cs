using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Markets;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Server.Tests.Backtests;

/// <summary>The real server over a source whose past the test has written. The wall clock is its market's.</summary>
internal sealed class LabHost : IAsyncDisposable
{
    /// <summary>2024-01-01, a Monday.</summary>
    public const long StartMs = 1_704_067_200_000;

    public const long HourMs = 3_600_000;

    private LabHost(TestHost host, ScriptedSource source, string archive) => (Host, Source, Archive) = (host, source, archive);

    public TestHost Host { get; }

    public ScriptedSource Source { get; }

    public string Archive { get; }

    /// <param name="settings">Flags.</param>
    public static Task<LabHost> Start(params string[] settings) => Over(_ => { }, settings);

    /// <param name="past">Writes what the source has from its first day on: what it was asked for before, it is not asked again.</param>
    /// <param name="settings">Flags.</param>
    public static async Task<LabHost> Over(Action<ScriptedSource> past, params string[] settings)
    {
        var source = new ScriptedSource(replay: false, "BTCUSDT", "ETHUSDT");
        past(source);
        var folder = Directory.CreateTempSubdirectory("lastro-archive-").FullName;
        var host = await TestHost.Start(
            services => services.AddSingleton(new MarketSources(_ => Task.FromResult(source.Open()), folder, NullLoggerFactory.Instance)), null, ["--Lab:DownloadPauseMs", "0", .. settings]);
        await source.Sink;
        return new LabHost(host, source, folder);
    }

    public Task<Trader> NewUser() => Trader.New(Host);

    /// <summary>Gives the source hours from <see cref="StartMs"/> on, all but those left out.</summary>
    public IReadOnlyList<Candle> Hours(int count, string symbol = "BTCUSDT", params int[] without)
    {
        var candles = Walk(count, HourMs, symbol[0] + count).Where((_, at) => !without.Contains(at)).ToList();
        Source.History[(new Symbol(symbol), Timeframe.Parse("1h"))] = candles;
        return candles;
    }

    /// <summary>A random walk, the same for the same seed.</summary>
    public static IReadOnlyList<Candle> Walk(int count, long stepMs, int seed)
    {
        var chance = new Random(seed);
        var (price, candles) = (40_000m, new List<Candle>(count));
        for (var at = 0; at < count; at++)
        {
            var open = price;
            price = Math.Max(1_000m, Math.Round(price * (1m + ((decimal)chance.NextDouble() - 0.5m) * 0.04m), 2));
            var (low, high) = (Math.Min(open, price), Math.Max(open, price));
            candles.Add(new Candle
            {
                OpenTimeMs = StartMs + (at * stepMs),
                Open = new Price(open),
                High = new Price(Math.Round(high * (1m + ((decimal)chance.NextDouble() * 0.01m)), 2)),
                Low = new Price(Math.Round(low * (1m - ((decimal)chance.NextDouble() * 0.01m)), 2)),
                Close = new Price(price),
                Volume = new Quantity(Math.Round((decimal)chance.NextDouble() * 100m, 5)),
            });
        }

        return candles;
    }

    /// <summary>Downloads hours into the archive and waits for it.</summary>
    public async Task Download(Trader user, int hours, string symbol = "BTCUSDT")
    {
        var made = (await user.Send(HttpMethod.Post, "/api/v1/data/downloads", new { symbol, interval = "1h", from = At(0), to = At(hours) })).Ok();
        var ended = await Until(user, $"/api/v1/data/downloads/{made["id"]}", "done", "failed");
        ended["status"].ShouldBe("done", ended.Body.ToString());
    }

    /// <summary>The start of the n-th hour.</summary>
    public static DateTimeOffset At(int hour) => DateTimeOffset.FromUnixTimeMilliseconds(StartMs + (hour * HourMs));

    /// <summary>Asks until a job has one of the states, at most 60 s.</summary>
    public static async Task<Answer> Until(Trader user, string path, params string[] states)
    {
        for (var wait = 0; ; wait++)
        {
            var answer = await Trader.Insist(() => user.Get(path));
            if (states.Contains(answer["status"])) return answer;
            if (wait == 1_200) throw new TimeoutException($"{path} never became {string.Join(" or ", states)}: {answer.Body}");
            await Task.Delay(50);
        }
    }

    /// <summary>Rules that trade often.</summary>
    public static object Rsi(string name = "RSI reversal", int length = 14, int low = 30, string size = "100%") => new
    {
        name,
        timeframe = "1h",
        inputs = new { length, low, high = 70 },
        define = new { r = "rsi(close, length)" },
        enter = "r < low",
        exit = "r > high",
        size,
        takeProfit = "15%",
        stopLoss = "3%",
    };

    /// <summary>Hours of <see cref="Heavy"/>.</summary>
    public const int HeavyHours = 20_000;

    /// <summary>A sweep that takes a quiet machine ten seconds and more: six indicators anew for each of nearly 5,000 combinations.</summary>
    public static Dictionary<string, object?> Heavy() => StartSweepTests.Body(
        HeavyHours, new { length = new { from = 2, to = 1_500, step = 1 }, low = new { from = 20, to = 30, step = 5 } }, new
        {
            document = new
            {
                name = "Heavy",
                timeframe = "1h",
                inputs = new { length = 14, low = 30 },
                enter = "rsi(close, length) < low and cci(length) < 0 and williams(length) < -50 and adx(length).adx > 0 and stddev(close, length) > 0 and linreg(close, length) > 0",
                exit = "rsi(close, length) > 70",
            },
        });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (Directory.Exists(Archive)) Directory.Delete(Archive, recursive: true);
    }
}
