namespace Lastro.Core.Backtesting;

/// <summary>What forbids entries for a while, or for ever. It never ends a position.</summary>
public sealed record EntryGuards
{
    /// <summary>No entry any more once the equity at a close lies this far below its highest close (or the start); a fraction.</summary>
    public double? MaxDrawdown { get; init; }

    /// <summary>No entry until the next UTC day once the equity at a close lies this far below the last close of the day before; a fraction.</summary>
    public double? DailyLoss { get; init; }

    /// <summary>A pause after several stops; null without one.</summary>
    public StopGuard? StopGuard { get; init; }

    /// <summary>True when every close's equity has to be looked at.</summary>
    internal bool WatchEquity => MaxDrawdown is not null || DailyLoss is not null;
}

/// <summary>After <see cref="Stops"/> exits by stop or trail within <see cref="Bars"/> candles no entry is decided for <see cref="Pause"/> closes, that of the last exit's candle first.</summary>
/// <param name="Stops">How many exits, from 1. Those of one symbol count together.</param>
/// <param name="Bars">Within how many candles, that of the last exit included.</param>
/// <param name="Pause">Closes without entries.</param>
public sealed record StopGuard(int Stops, int Bars, int Pause);

/// <summary>Follows the equity of a run, close by close.</summary>
internal sealed class EquityGuard(EntryGuards guards, double start)
{
    private const long DayMs = 86_400_000;

    private double _peak = start;
    private double _dayStart = start;
    private double _last = start;
    private long _day = long.MinValue;
    private bool _isDrawnDown;
    private bool _isDayLost;

    /// <summary>True while entries may be decided.</summary>
    public bool Allows => !_isDrawnDown && !_isDayLost;

    /// <summary>Takes the equity at the close of the candle that opened at <paramref name="openTimeMs"/>.</summary>
    public void OnClose(long openTimeMs, double equity)
    {
        var day = openTimeMs / DayMs;
        if (day != _day)
            (_day, _dayStart, _isDayLost) = (day, _last, false);
        _last = equity;
        _peak = Math.Max(_peak, equity);
        _isDrawnDown |= guards.MaxDrawdown is { } most && 1 - (equity / _peak) >= most;
        _isDayLost |= guards.DailyLoss is { } loss && 1 - (equity / _dayStart) >= loss;
    }
}
