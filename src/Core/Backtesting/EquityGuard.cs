using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>
/// The protections of a document that look at the equity of a run, close by close. They forbid entries and never end a position:
/// after maxDrawdown for ever, after dailyLoss until the next UTC day. The day starts with the last close of the one before, or with the start.
/// </summary>
internal sealed class EquityGuard(Protections guards, double start)
{
    private const long DayMs = 86_400_000;

    private double _peak = start;
    private double _dayStart = start;
    private double _last = start;
    private long _day = long.MinValue;
    private bool _isDrawnDown;
    private bool _isDayLost;

    /// <summary>A guard where the protections look at the equity; else null.</summary>
    public static EquityGuard? Of(Protections? guards, double start) =>
        guards is { MaxDrawdown: not null } or { DailyLoss: not null } ? new EquityGuard(guards, start) : null;

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
