using System.Collections.Concurrent;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Server.Tests.Lanes;

/// <summary>Lanes without a host, and the events to feed them.</summary>
internal sealed class LaneRig : IAsyncDisposable
{
    public LaneRig(LaneOptions options, TimeProvider time, params ILaneStage[] stages)
    {
        Feed = new FeedState(time) { Sanity = SanityLimits.Replay };
        Lanes = new MarketLanes(() => stages, options, Feed, NullLogger<MarketLanes>.Instance);
    }

    public FeedState Feed { get; }

    public MarketLanes Lanes { get; }

    public static Instrument Pair(string symbol = "BTCUSDT") => new()
    {
        Symbol = new Symbol(symbol),
        Base = new Asset(symbol[..^4]),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinQuantity = 0.00001m,
        MinNotional = 5m,
    };

    public static MarketTrade Trade(long id, decimal price = 100m, long timeMs = 1_000) =>
        new(id, new Price(price), new Quantity(1m), timeMs, BuyerIsMaker: false);

    public ValueTask DisposeAsync() => Lanes.DisposeAsync();
}

/// <summary>A clock moved by hand.</summary>
internal sealed class HandClock(long startMs = 1_000_000) : TimeProvider
{
    private long _nowMs = startMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _nowMs));

    public void Pass(long milliseconds) => Interlocked.Add(ref _nowMs, milliseconds);
}

/// <summary>A stage that calls back, and notes what it saw.</summary>
internal sealed class SpyStage(StagePosition position, ConcurrentQueue<string> seen, Action<SymbolLane, string>? onEvent = null) : ILaneStage
{
    public StagePosition Position => position;

    public ISymbolStage Open(SymbolLane lane) => new Spy(this, lane);

    private void See(SymbolLane lane, string what)
    {
        onEvent?.Invoke(lane, what);
        seen.Enqueue($"{position}:{lane.Symbol}:{what}");
    }

    private sealed class Spy(SpyStage stage, SymbolLane lane) : ISymbolStage
    {
        public void OnTrade(in MarketTrade trade) => stage.See(lane, $"trade {trade.Id} after {lane.LastTrade?.Id}");

        public void OnTop(in BookTop top) => stage.See(lane, $"top {top.UpdateId}");

        public void OnDepth(Depth depth) => stage.See(lane, $"depth {lane.Book.UpdateId}");

        public void OnBookLost() => stage.See(lane, $"lost {lane.Book.Ready}");

        public void OnPulse(long nowMs)
        {
            if (stage.Position == StagePosition.Contracts) stage.See(lane, $"pulse {nowMs}");
        }
    }
}
