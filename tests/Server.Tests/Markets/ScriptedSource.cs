using System.Collections.Concurrent;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Tests.Lanes;

namespace Lastro.Server.Tests.Markets;

/// <summary>A source whose events the test writes by hand.</summary>
internal sealed class ScriptedSource(bool replay, params string[] pairs) : IPriceSource
{
    private readonly TaskCompletionSource<IMarketSink> _sink = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PriceSourceInfo Info { get; } = new(replay ? "replay" : "binance", Simulated: false, HasDepth: true, ReplayClock: replay);

    /// <summary>Where events go, once the server listens.</summary>
    public Task<IMarketSink> Sink => _sink.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public ConcurrentDictionary<(Symbol, Timeframe), IReadOnlyList<Candle>> History { get; } = new();

    public ConcurrentQueue<(Symbol Symbol, Timeframe Timeframe, long FromMs, long ToMs)> Asked { get; } = new();

    public ConcurrentDictionary<Symbol, bool> Followed { get; } = new();

    public OpenMarket Open() => new()
    {
        Source = this,
        ArchiveName = Info.Name,
        Description = "by hand",
        Sanity = SanityLimits.Replay,
        Replay = replay ? new ReplayControls(() => new ReplayStatus(null, null, null, "1", Paused, false), () => Paused = false, () => Paused = true) : null,
    };

    public bool Paused { get; private set; }

    public Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Instrument>>([.. pairs.Select(LaneRig.Pair)]);

    /// <summary>Where it was asked to go on.</summary>
    public ResumePoint? Left { get; private set; }

    public ResumeRule Resume(ResumePoint left)
    {
        Left = left;
        return ResumeRule.MissedTrades;
    }

    public async Task Run(IMarketSink sink, CancellationToken cancellation)
    {
        sink.State(PriceSourceState.Live, null);
        _sink.TrySetResult(sink);
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    public void Follow(Symbol symbol) => Followed[symbol] = true;

    public void Unfollow(Symbol symbol) => Followed[symbol] = false;

    public Task<IReadOnlyList<Candle>> FetchCandles(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation)
    {
        Asked.Enqueue((symbol, timeframe, fromMs, toMs));
        IReadOnlyList<Candle> all = History.GetValueOrDefault((symbol, timeframe), []);
        return Task.FromResult<IReadOnlyList<Candle>>([.. all.Where(c => c.OpenTimeMs >= fromMs && c.OpenTimeMs < toMs).TakeLast(limit)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static Candle Flat(long openMs, decimal price) => new()
    {
        OpenTimeMs = openMs,
        Open = new Price(price),
        High = new Price(price),
        Low = new Price(price),
        Close = new Price(price),
        Volume = new Quantity(1m),
        QuoteVolume = price,
        Trades = 1,
    };
}
