using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>The rows a scope has in the block at hand, with the end of each.</summary>
internal abstract class ScopeRows
{
    public abstract int Rows { get; }

    /// <summary>Rows 0 to <see cref="Rows"/> - 1; only the columns somebody reads are filled.</summary>
    public abstract CandleColumns Candles { get; }

    /// <summary>Exclusive end of each row, Unix milliseconds.</summary>
    public abstract long[] EndMs { get; }
}

/// <summary>The candles of a scope that are made of the file's rows.</summary>
internal sealed class MadeRows(CandleAggregator aggregator) : ScopeRows
{
    public CandleAggregator Aggregator => aggregator;

    public override int Rows => aggregator.Rows;

    public override CandleColumns Candles => aggregator.Candles;

    public override long[] EndMs => aggregator.EndMs;
}

/// <summary>
/// The file's rows as they are: they have the scope's timeframe already, also those off its grid, whose end is that of the
/// grid's candle.
/// </summary>
internal sealed class FileRows(Timeframe timeframe, int capacity, ColumnUse use, bool needsEnds) : ScopeRows
{
    private readonly long[] _ends = needsEnds ? new long[capacity] : [];
    private int _rows;
    private long _spanMs = long.MaxValue;
    private long _spanEndMs = long.MinValue;

    public override int Rows => _rows;

    public override CandleColumns Candles { get; } = Blocks.Columns(capacity);

    public override long[] EndMs => _ends;

    public void Take(CandleColumns from, int offset, int rows)
    {
        _rows = rows;
        if (needsEnds || (use & ColumnUse.Time) != ColumnUse.None)
            from.OpenTimeMs.AsSpan(offset, rows).CopyTo(Candles.OpenTimeMs);
        Copy(ColumnUse.Open, from.Open, Candles.Open, offset);
        Copy(ColumnUse.High, from.High, Candles.High, offset);
        Copy(ColumnUse.Low, from.Low, Candles.Low, offset);
        Copy(ColumnUse.Close, from.Close, Candles.Close, offset);
        Copy(ColumnUse.Volume, from.Volume, Candles.Volume, offset);
        if (needsEnds)
            SetEnds();
    }

    private void Copy(ColumnUse column, double[] from, double[] to, int offset)
    {
        if ((use & column) != ColumnUse.None)
            Blocks.CopyKnown(from.AsSpan(offset, _rows), to);
    }

    private void SetEnds()
    {
        var times = Candles.OpenTimeMs.AsSpan(0, _rows);
        var (ends, span, end) = (_ends, _spanMs, _spanEndMs);
        for (var row = 0; row < times.Length && row < ends.Length; row++)
        {
            var time = times[row];
            if (time < span || time >= end)
            {
                // Most often the next row begins where the last one ended.
                span = time == end ? time : timeframe.OpenOf(time);
                end = timeframe.NextOpen(span);
            }

            ends[row] = end;
        }

        (_spanMs, _spanEndMs) = (span, end);
    }
}

/// <summary>Columns of the candles that somebody reads.</summary>
[Flags]
internal enum ColumnUse
{
    None = 0,
    Open = 1 << PriceColumn.Open,
    High = 1 << PriceColumn.High,
    Low = 1 << PriceColumn.Low,
    Close = 1 << PriceColumn.Close,
    Volume = 1 << PriceColumn.Volume,
    Time = 1 << 5,
    All = Open | High | Low | Close | Volume | Time,
}
