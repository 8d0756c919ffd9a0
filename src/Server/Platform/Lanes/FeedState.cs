using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Platform.Lanes;

/// <summary>The source's clock and pulse, shared by every lane. Written by the room that runs the source, read from any thread.</summary>
internal sealed class FeedState(TimeProvider time)
{
    /// <summary>Silence after which nothing of the source is tradable (messages and pongs count as sound).</summary>
    public const long SilenceMs = 5_000;

    /// <summary>Age after which the book of a live source is not tradable.</summary>
    public const long BookAgeMs = 60_000;

    private long _heardMs;
    private long _eventMs;
    private int _state = (int)PriceSourceState.Connecting;
    private volatile bool _replayClock;

    /// <summary>True when the time of events, not the wall clock, governs trading. Set before the first event.</summary>
    public bool ReplayClock
    {
        get => _replayClock;
        set => _replayClock = value;
    }

    /// <summary>What passes the sanity gate; for pairs opened from now on.</summary>
    public SanityLimits Sanity { get; set; } = SanityLimits.Live;

    public PriceSourceState State
    {
        get => (PriceSourceState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    /// <summary>Wall clock of the last sign of life, Unix milliseconds; 0 before the first.</summary>
    public long HeardMs => Volatile.Read(ref _heardMs);

    public long WallMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Market time: the latest event's in a replay (0 before the first), else the wall clock.</summary>
    public long NowMs => ReplayClock ? Volatile.Read(ref _eventMs) : WallMs;

    /// <summary>True when the source is not live enough to trade on. A replay that waits or runs is never silent.</summary>
    public bool Silent => !ReplayClock && (HeardMs == 0 || WallMs - HeardMs > SilenceMs);

    public void Heard() => Volatile.Write(ref _heardMs, WallMs);

    /// <summary>Moves a replay's clock forward; never back.</summary>
    public void Advance(long eventMs)
    {
        var seen = Volatile.Read(ref _eventMs);
        while (eventMs > seen)
        {
            var before = Interlocked.CompareExchange(ref _eventMs, eventMs, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
