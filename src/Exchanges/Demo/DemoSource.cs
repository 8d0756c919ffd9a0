using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Demo;

/// <summary>
/// An invented market of about twenty pairs, marked as simulated. Prices are a pure function of the seed and the wall clock:
/// history reaches back as far as asked, joins the live price, and is the same after a restart.
/// </summary>
public sealed class DemoSource : IPriceSource
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>After a longer standstill (a laptop asleep) it goes on from now instead of delivering all that was missed.</summary>
    private const long MaxCatchUpMs = 300_000;

    private readonly TimeProvider _time;
    private long? _leftMs;
    private readonly Dictionary<Symbol, DemoPath> _paths;

    /// <summary>A market of its own for each seed.</summary>
    public DemoSource(long seed, TimeProvider time)
    {
        _time = time;
        var days = new DemoDays(DemoPairs.All, seed);
        _paths = DemoPairs.All.Select((pair, index) => new DemoPath(pair, index, days)).ToDictionary(path => new Symbol(path.Pair.Name));
    }

    /// <inheritdoc/>
    public PriceSourceInfo Info { get; } = new("demo", Simulated: true, HasDepth: true, ReplayClock: false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Instrument>>([.. DemoPairs.All.Select(pair => pair.ToInstrument())]);

    /// <inheritdoc/>
    public async Task Run(IMarketSink sink, CancellationToken cancellation)
    {
        sink.State(PriceSourceState.Connecting, null);
        var last = _leftMs ?? NowMs();
        var tapes = Tapes(sink, last);
        sink.State(PriceSourceState.Live, "invented prices");
        using var timer = new PeriodicTimer(Beat, _time);
        do
        {
            var now = NowMs();
            if (now - last > MaxCatchUpMs)
                tapes = Tapes(sink, now);
            last = Math.Max(last, now);
            sink.Heard();
            foreach (var tape in tapes)
                await tape.Advance(last);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Gives what was missed, up to <see cref="MaxCatchUpMs"/>; after longer it goes on from now.</summary>
    public ResumeRule Resume(ResumePoint left)
    {
        if (left.TimeMs < NowMs() - MaxCatchUpMs) return ResumeRule.FreshPrice;
        _leftMs = left.TimeMs;
        return ResumeRule.MissedTrades;
    }

    /// <inheritdoc/>
    public void Follow(Symbol symbol)
    {
        // Everything is always sent.
    }

    /// <inheritdoc/>
    public void Unfollow(Symbol symbol)
    {
        // Everything is always sent.
    }

    /// <summary>Computed on demand, at most 20,000 at once.</summary>
    public Task<IReadOnlyList<Candle>> FetchCandles(
        Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<Candle>>(
            () => _paths.TryGetValue(symbol, out var path) ? DemoHistory.Candles(path, timeframe, fromMs, Math.Min(toMs, NowMs()), limit) : [],
            cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DemoTape[] Tapes(IMarketSink sink, long startMs) =>
        [.. _paths.Select(pair => new DemoTape(pair.Value, sink.Open(pair.Key), startMs))];

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
