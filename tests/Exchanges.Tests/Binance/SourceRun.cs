using System.Diagnostics;
using System.Globalization;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Tests.Binance.Loopback;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>One run of the source against the loopback server, from the first to the last recorded trade.</summary>
internal sealed class SourceRun : IAsyncDisposable
{
    public const long FirstTrade = 3735683259;
    public const long LastTrade = 3735693015;
    public static readonly Symbol Pair = new("BTCUSDT");

    private readonly CancellationTokenSource _life = new();
    private Task _running = Task.CompletedTask;

    private SourceRun(LoopbackBinance server, BinancePriceSource source) => (Server, Source) = (server, source);

    public LoopbackBinance Server { get; }

    public BinancePriceSource Source { get; }

    public RecordingSink Sink { get; } = new();

    public RecordingSymbolSink Seen => Sink.Pairs.GetValueOrDefault(Pair) ?? new RecordingSymbolSink();

    /// <summary>Patience shrunk to fit the compressed time; limits as documented.</summary>
    public static BinanceOptions Quick(LoopbackBinance server) => new()
    {
        RestUrl = server.Address,
        WebSocketUrl = server.WebSocketAddress,
        Timeout = TimeSpan.FromSeconds(1),
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(200),
        SilentConnection = TimeSpan.FromMilliseconds(400),
        SilentTrades = TimeSpan.FromMilliseconds(500),
        SilentBook = TimeSpan.FromMilliseconds(500),
        SilentKlines = TimeSpan.FromSeconds(1),
        SnapshotSpacing = TimeSpan.FromMilliseconds(50),
        // One request at a time, so that the server may take every request after a refusal for a breach.
        ParallelRequests = 1,
    };

    /// <summary>The real patience with silence, for runs that must not reconnect on a machine that is slow to deliver.</summary>
    public static BinanceOptions Patient(BinanceOptions options)
    {
        var real = new BinanceOptions();
        return options with
        {
            Timeout = real.Timeout,
            SilentConnection = real.SilentConnection,
            SilentTrades = real.SilentTrades,
            SilentBook = real.SilentBook,
            SilentKlines = real.SilentKlines,
        };
    }

    public static async Task<SourceRun> Start(double speed = 160, int seed = 1, Func<BinanceOptions, BinanceOptions>? change = null, Action<Faults>? before = null)
    {
        var server = await LoopbackBinance.Start(speed);
        before?.Invoke(server.Faults);
        var run = new SourceRun(server, new BinancePriceSource((change ?? (same => same))(Quick(server)), TimeProvider.System, seed));
        run.Source.Follow(Pair);
        run._running = run.Source.Run(run.Sink, run._life.Token);
        return run;
    }

    public async Task Until(Func<bool> happened)
    {
        var start = Stopwatch.GetTimestamp();
        while (!happened())
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(30), Story());
            await Task.Delay(10);
        }
    }

    /// <summary>Waits for the last recorded trade and a book in step with the last change.</summary>
    public async Task Finish()
    {
        await Server.Until(1);
        var start = Stopwatch.GetTimestamp();
        while (Seen.LastTradeId != LastTrade || !Seen.BookReady || Seen.LastUpdateId != Server.Best.UpdateId)
        {
            _running.IsFaulted.ShouldBeFalse(_running.Exception?.ToString());
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(30), Story());
            await Task.Delay(10);
        }
    }

    /// <summary>What every run must show, whatever went wrong on the way.</summary>
    public void ShouldBeWhole(int leastTops = 20)
    {
        var trades = Seen.Trades;
        trades.Select(trade => trade.Id).ShouldBe(Enumerable.Range(0, (int)(LastTrade - FirstTrade + 1)).Select(i => FirstTrade + i), Story());
        foreach (var (open, fields) in RestSamples.Minutes.Where(row => row.Open is >= 1723161300000 and < 1723161600000))
            Minute(trades, open).ShouldBe(fields.Skip(1).Select(field => decimal.Parse(field, CultureInfo.InvariantCulture)), $"minute {open}");
        Seen.Best.ShouldBe(Server.Best);
        Seen.TopsWrong.ShouldBe(0);
        Seen.TopsCompared.ShouldBeGreaterThanOrEqualTo(leastTops);
        Seen.DepthGaps.ShouldBe(0);
        Seen.Overlaps.ShouldBe(0);
        Server.Limits.Breaches.ShouldBeEmpty();
    }

    public string Story() =>
        $"played {Server.Played:P0}, last trade {Seen.LastTradeId}, book {Seen.BookReady}, connects {Server.Limits.Connects}, requests {Server.Limits.Requests}: "
        + string.Join(" | ", Sink.States.Select(state => $"{state.State} {state.Detail}"));

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await Task.WhenAny([_running, Task.Delay(TimeSpan.FromSeconds(5))]);
        await Source.DisposeAsync();
        await Server.DisposeAsync();
        _life.Dispose();
        _running.IsFaulted.ShouldBeFalse(_running.Exception?.ToString());
    }

    private static decimal[] Minute(List<MarketTrade> trades, long open)
    {
        var inside = trades.Where(trade => trade.TimeMs >= open && trade.TimeMs < open + 60_000).ToList();
        return [inside[0].Price.Value, inside.Max(t => t.Price.Value), inside.Min(t => t.Price.Value), inside[^1].Price.Value, inside.Sum(t => t.Quantity.Value)];
    }
}
