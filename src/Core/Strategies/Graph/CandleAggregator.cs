using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>
/// Candles of a coarser timeframe from a file's rows, as they come: a candle covers [k*T, (k+1)*T) from the epoch (weeks from
/// Monday, months by the UTC calendar), is made of the rows present, and is dropped when it began before the first row. One
/// unknown volume makes the candle's volume unknown. A candle is given when it has ended: a row at or after its end came, or
/// it is said that the time has passed. Not thread-safe; allocates nothing after it was made.
/// </summary>
public sealed class CandleAggregator
{
    private readonly int _mostRows;
    private readonly long[] _ends;
    private bool _started;
    private bool _open;
    private long _firstMs;
    private long _openMs;
    private long _endMs = long.MinValue;
    private double _first;
    private double _high;
    private double _low;
    private double _last;
    private double _volume;

    /// <summary>An aggregator that has seen nothing.</summary>
    /// <param name="timeframe">What is made.</param>
    /// <param name="mostRows">The most rows a call of <see cref="Add(CandleColumns, int, int, long?)"/> may give.</param>
    public CandleAggregator(Timeframe timeframe, int mostRows = GraphRun.BlockRows)
        : this(timeframe, mostRows, mostRows + 1)
    {
    }

    internal CandleAggregator(Timeframe timeframe, int mostRows, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostRows);
        (Timeframe, _mostRows, _ends) = (timeframe, mostRows, new long[capacity]);
        Candles = Blocks.Columns(capacity);
    }

    /// <summary>The timeframe made.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>What the last call has ended: rows 0 to <see cref="Rows"/> - 1. Open times are those of the grid.</summary>
    public CandleColumns Candles { get; }

    /// <summary>How many candles the last call has ended.</summary>
    public int Rows { get; private set; }

    internal long[] EndMs => _ends;

    /// <summary>All candles of rows that are in memory, the last one too, though the rows may end before it does.</summary>
    /// <param name="timeframe">What is made.</param>
    /// <param name="candles">The file's rows, ascending.</param>
    /// <param name="rows">How many there are.</param>
    /// <returns>Columns that are exactly as long as there are candles.</returns>
    public static CandleColumns All(Timeframe timeframe, CandleColumns candles, int rows)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var aggregator = new CandleAggregator(timeframe, Math.Max(rows, 1));
        aggregator.Clear();
        aggregator.Take(candles, 0, rows, default);
        aggregator.End(long.MaxValue);
        var (made, count) = (aggregator.Candles, aggregator.Rows);
        return new CandleColumns
        {
            OpenTimeMs = made.OpenTimeMs[..count],
            Open = made.Open[..count],
            High = made.High[..count],
            Low = made.Low[..count],
            Close = made.Close[..count],
            Volume = made.Volume[..count],
        };
    }

    /// <summary>Takes the next rows.</summary>
    /// <param name="candles">The file's rows, ascending.</param>
    /// <param name="offset">The first one to take.</param>
    /// <param name="rows">How many to take.</param>
    /// <param name="untilMs">When given, it is known that no later row opens before this time: candles that end by then have ended.</param>
    /// <returns><see cref="Rows"/>.</returns>
    public int Add(CandleColumns candles, int offset, int rows, long? untilMs = null)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _mostRows);
        Clear();
        Take(candles, offset, rows, default);
        if (untilMs is { } until)
            End(until);
        return Rows;
    }

    /// <summary>The rows have ended: gives the candle that was still open.</summary>
    /// <returns><see cref="Rows"/>: 1 or 0.</returns>
    public int Finish()
    {
        Clear();
        End(long.MaxValue);
        return Rows;
    }

    internal void Clear() => Rows = 0;

    /// <summary>
    /// Takes rows; <paramref name="ends"/>, when given, are the times up to which each row is complete, and a candle that ends
    /// by then has ended with the row. What might still come for it (a second row in the same span of the file) is left out:
    /// the rules have seen the candle.
    /// </summary>
    internal void Take(CandleColumns candles, int offset, int rows, ReadOnlySpan<long> ends)
    {
        var times = candles.OpenTimeMs.AsSpan(offset, rows);
        var opens = candles.Open.AsSpan(offset, rows);
        var highs = candles.High.AsSpan(offset, rows);
        var lows = candles.Low.AsSpan(offset, rows);
        var closes = candles.Close.AsSpan(offset, rows);
        var volumes = candles.Volume.AsSpan(offset, rows);
        for (var row = 0; row < times.Length;)
        {
            if (times[row] >= _endMs)
            {
                Emit();
                Begin(times[row], opens[row]);
            }

            // All rows of the candle at hand, in locals.
            var (end, high, low, volume, isEnded) = (_endMs, _high, _low, _volume, false);
            for (; row < times.Length && times[row] < end && !isEnded; row++)
            {
                high = Math.Max(high, highs[row]);
                low = Math.Min(low, lows[row]);
                volume += volumes[row];
                isEnded = !ends.IsEmpty && ends[row] >= end;
            }

            (_high, _low, _last, _volume) = (high, low, closes[row - 1], volume);
            if (isEnded)
                Emit();
        }
    }

    /// <summary>Gives the open candle if it ends by <paramref name="timeMs"/>.</summary>
    internal void End(long timeMs)
    {
        if (_endMs <= timeMs)
            Emit();
    }

    private void Begin(long timeMs, double open)
    {
        if (!_started)
            (_started, _firstMs) = (true, timeMs);
        // Most often the next candle follows on the last.
        _openMs = _endMs > 0 && timeMs - _endMs < Timeframe.LengthMs ? _endMs : Timeframe.OpenOf(timeMs);
        _endMs = Timeframe.NextOpen(_openMs);
        _open = _openMs >= _firstMs;
        (_first, _high, _low, _volume) = (open, double.NegativeInfinity, double.PositiveInfinity, 0);
    }

    private void Emit()
    {
        if (!_open)
            return;
        _open = false;
        var (row, to) = (Rows++, Candles);
        to.OpenTimeMs[row] = _openMs;
        to.Open[row] = Scalars.Known(_first);
        to.High[row] = Scalars.Known(_high);
        to.Low[row] = Scalars.Known(_low);
        to.Close[row] = Scalars.Known(_last);
        to.Volume[row] = Scalars.Known(_volume);
        _ends[row] = _endMs;
    }
}
