namespace Lastro.Exchanges.Binance;

/// <summary>
/// Tells when a stream has been silent for too long. A pair may just be quiet, so silence alone only leads to subscribing
/// again, after the longer of three limits and twice the longest pause heard before. When other news of the pair proves
/// that it should have spoken, one limit is enough; the second time the connection is given up, later ones at doubling distance.
/// </summary>
internal sealed class StreamWatch(TimeSpan limit)
{
    private const int MaxDoublings = 6;
    private const long LongestPauseMs = 600_000;
    private readonly long _limitMs = (long)limit.TotalMilliseconds;
    private long _sinceMs;
    private long _longestPauseMs;
    private int _strikes;

    /// <summary>When it last spoke; 0 before the first time.</summary>
    public long LastMs { get; private set; }

    /// <summary>True when it has said nothing for a limit.</summary>
    public bool Silent(long nowMs) => _sinceMs != 0 && nowMs - _sinceMs >= _limitMs;

    /// <summary>The stream spoke.</summary>
    public void Heard(long nowMs)
    {
        if (_sinceMs != 0)
            _longestPauseMs = Math.Min(LongestPauseMs, Math.Max(_longestPauseMs, nowMs - _sinceMs));
        (_sinceMs, LastMs, _strikes) = (nowMs, nowMs, 0);
    }

    /// <summary>It was subscribed: silence counts from now.</summary>
    public void Restart(long nowMs) => _sinceMs = nowMs;

    /// <summary>It is not subscribed: silence does not count.</summary>
    public void Stop() => _sinceMs = 0;

    /// <summary>What to do. <paramref name="proven"/> is true when it should have spoken.</summary>
    public Silence Check(long nowMs, bool proven)
    {
        var allowed = proven
            ? _limitMs << Math.Clamp(_strikes - 1, 0, MaxDoublings)
            : Math.Max(3 * _limitMs, 2 * _longestPauseMs);
        if (_sinceMs == 0 || nowMs - _sinceMs < allowed)
            return Silence.None;
        _sinceMs = nowMs;
        if (!proven)
            return Silence.Resubscribe;
        return ++_strikes == 1 ? Silence.Resubscribe : Silence.Reconnect;
    }
}

/// <summary>What to do about a silent stream.</summary>
internal enum Silence
{
    /// <summary>It is not silent, or not for long.</summary>
    None,

    /// <summary>Subscribe it again.</summary>
    Resubscribe,

    /// <summary>That did not help: open a new connection.</summary>
    Reconnect,
}
