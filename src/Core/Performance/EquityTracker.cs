using System.Runtime.InteropServices;
using Lastro.Core.Markets;

namespace Lastro.Core.Performance;

/// <summary>What an <see cref="EquityTracker"/> keeps beside what every report needs.</summary>
public sealed record EquityTrackerOptions
{
    /// <summary>About how many points of the curve to keep for a chart; 0 keeps none.</summary>
    public int CurvePoints { get; init; }

    /// <summary>Whether to keep what <see cref="Conventions"/> needs; a sweep does without.</summary>
    public bool Conventions { get; init; }
}

/// <summary>
/// The equity of a run, candle by candle or by whole blocks with the same bits: daily closes and drawdown in one pass.
/// Memory grows by 8 bytes a day of the run, not with its candles. Equity is worth in quote units at the close of a candle.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// A day is that of a candle's <em>open</em> time in UTC. Days without candles carry the close before. The drawdown starts at
/// the start value; its time runs from the close of the last candle at the peak (the start counts at the first open) to the
/// close of the first one at or above it, or to the last close.
/// </remarks>
public sealed class EquityTracker
{
    private const long DayMs = 86_400_000;

    /// <summary>Year 10000, where the calendar ends.</summary>
    private const long LastMs = 253_402_300_800_000;

    private readonly Timeframe _timeframe;
    private readonly List<double> _daily;
    private readonly List<double>? _grid;
    private DrawdownWalk _walk;
    private LevelSums _levels;
    private long _nextDayMs = long.MinValue;
    private long _nextGridMs = long.MinValue;

    /// <summary>Begins a run.</summary>
    /// <param name="start">Worth before the first candle, quote units, above 0.</param>
    /// <param name="timeframe">Of the candles; says when they close.</param>
    /// <param name="options">What else to keep; nothing when null.</param>
    public EquityTracker(double start, Timeframe timeframe, EquityTrackerOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(start);
        (Start, Final, _timeframe, _daily) = (start, start, timeframe, [start]);
        _walk = new DrawdownWalk(start, timeframe);
        if (options is { CurvePoints: > 0 })
            Curve = new EquityCurve(options.CurvePoints);
        if (options is { Conventions: true })
            _grid = [];
    }

    /// <summary>Worth before the first candle.</summary>
    public double Start { get; }

    /// <summary>Worth at the last close; <see cref="Start"/> before there is one.</summary>
    public double Final { get; private set; }

    /// <summary>Candles taken.</summary>
    public long Candles => _walk.Rows;

    /// <summary>Open time of the first candle, Unix milliseconds.</summary>
    public long FirstOpenMs => _walk.FirstTimeMs;

    /// <summary>Open time of the last candle, Unix milliseconds.</summary>
    public long LastOpenMs => _walk.LastTimeMs;

    /// <summary>When the last candle ends, Unix milliseconds.</summary>
    public long LastCloseMs => _walk.EndOf(_walk.LastTimeMs);

    /// <summary>Length of the candles, Unix milliseconds; 0 for months.</summary>
    public long CandleMs => _timeframe.LengthMs;

    /// <summary>Number of the UTC day of <c>Daily[1]</c>, days since 1970-01-01.</summary>
    public long FirstDay { get; private set; }

    /// <summary>The start, then the last equity of each UTC day.</summary>
    public IReadOnlyList<double> Daily
    {
        get
        {
            CloseDay();
            return _daily;
        }
    }

    /// <summary>Deepest fall from a peak as a share of it, 0 or above.</summary>
    public double MaxDrawdown => _walk.Sum().Deepest;

    /// <summary>Longest time from a peak to its recovery or the end, milliseconds.</summary>
    public long MaxDrawdownMs => _walk.Sum().LongestMs;

    /// <summary>Where the deepest fall lies; null without a fall.</summary>
    public DrawdownSpan? DeepestDrawdown => _walk.Sum().At;

    /// <summary>The curve for a chart, when asked for.</summary>
    public EquityCurve? Curve { get; }

    internal bool ForConventions => _grid is not null;

    internal DrawdownWalk.Totals Drawdowns => _walk.Sum();

    internal LevelSums Levels => _levels;

    /// <summary>The equity at the first candle and every 24 hours after it, the last known where there is none.</summary>
    internal IReadOnlyList<double> Grid => _grid ?? throw new InvalidOperationException("The tracker was not made for conventions.");

    /// <summary>The equity at the close of the next candle.</summary>
    /// <param name="openTimeMs">Its open time, Unix milliseconds, ascending.</param>
    /// <param name="equity">Worth in quote units.</param>
    public void Add(long openTimeMs, double equity)
    {
        if (_grid is not null || Curve is not null)
        {
            Add([openTimeMs], 0, 1, [equity]);
            return;
        }

        if (openTimeMs >= _nextDayMs)
        {
            CloseDay();
            OpenDay(openTimeMs);
        }

        _walk.Take(openTimeMs, equity);
        Final = equity;
    }

    /// <summary>The equity of the next candles.</summary>
    /// <param name="openTimesMs">Their open times, Unix milliseconds, ascending.</param>
    /// <param name="equity">As many values, quote units.</param>
    public void Add(ReadOnlySpan<long> openTimesMs, ReadOnlySpan<double> equity) => Add(openTimesMs, 0, 1, equity);

    /// <summary>The equity of the next candles, cash + quantity * close in this order, over which neither cash nor quantity changed.</summary>
    /// <param name="openTimesMs">Their open times, Unix milliseconds, ascending.</param>
    /// <param name="cash">Quote units.</param>
    /// <param name="quantity">Base units held.</param>
    /// <param name="closes">As many closes.</param>
    public void Add(ReadOnlySpan<long> openTimesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        if (openTimesMs.Length != closes.Length)
            throw new ArgumentException("Each candle needs a time and a close.", nameof(closes));
        if (openTimesMs.IsEmpty)
            return;
        TakeDays(openTimesMs, cash, quantity, closes);
        if (_grid is not null)
        {
            TakeGrid(_grid, openTimesMs, cash, quantity, closes);
            _levels.Take(Start, cash, quantity, closes);
        }

        _walk.Take(openTimesMs, cash, quantity, closes);
        Curve?.Take(openTimesMs, cash, quantity, closes);
        Final = cash + (quantity * closes[^1]);
    }

    // The day that runs is written when it is over or asked for.
    private void CloseDay() => _daily[^1] = Final;

    private void TakeDays(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        CloseDay();
        for (var row = 0; row < timesMs.Length;)
        {
            if (timesMs[row] >= _nextDayMs) OpenDay(timesMs[row]);
            row = FirstAtOrAfter(timesMs, row, _nextDayMs);
            if (row < timesMs.Length) _daily[^1] = cash + (quantity * closes[row - 1]);
        }
    }

    private void OpenDay(long timeMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(timeMs, LastMs);
        var today = timeMs / DayMs;
        if (_daily.Count == 1) FirstDay = today;
        while (FirstDay + _daily.Count - 1 <= today)
            _daily.Add(_daily[^1]);
        _nextDayMs = (today + 1) * DayMs;
    }

    // Rows without holes stand where their length says; else they are searched for.
    private int FirstAtOrAfter(ReadOnlySpan<long> timesMs, int from, long limitMs)
    {
        if (timesMs[^1] < limitMs)
            return timesMs.Length;
        var stepMs = Math.Max(1, _timeframe.LengthMs);
        var guess = from + ((limitMs - timesMs[from] + stepMs - 1) / stepMs);
        if (guess > from && guess < timesMs.Length && timesMs[(int)guess] >= limitMs && timesMs[(int)guess - 1] < limitMs)
            return (int)guess;
        var (low, high) = (from, timesMs.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (timesMs[middle] >= limitMs) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private void TakeGrid(List<double> grid, ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        if (_nextGridMs == long.MinValue) _nextGridMs = timesMs[0];
        for (var row = 0; _nextGridMs <= timesMs[^1]; _nextGridMs += DayMs)
        {
            row = FirstAtOrAfter(timesMs, row, _nextGridMs);
            var here = timesMs[row] == _nextGridMs;
            grid.Add(here || row > 0 ? cash + (quantity * closes[here ? row : row - 1]) : Final);
        }
    }
}

/// <summary>First two moments of the profit so far, over all candles, counted from the start value.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct LevelSums
{
    public double Sum;
    public double Squares;

    public void Take(double start, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        var (sum, squares) = (Sum, Squares);
        foreach (var close in closes)
        {
            var level = cash + (quantity * close) - start;
            sum += level;
            squares += level * level;
        }

        (Sum, Squares) = (sum, squares);
    }
}
