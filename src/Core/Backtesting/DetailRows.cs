using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Backtesting;

/// <summary>The finer candles inside the candles of a run, found in one pass beside it.</summary>
internal sealed class DetailRows(ICandleReader reader, Timeframe coarse) : IDisposable
{
    private const int BlockRows = 4096;

    private readonly List<PriceSpan<double>> _rows = [];
    private int _at;
    private int _read;
    private long _candle = long.MinValue;
    private bool _covers;

    /// <summary>How many lie in the candle asked for last.</summary>
    public int Count => _rows.Count;

    /// <summary>The finer candle at an index.</summary>
    public PriceSpan<double> this[int at] => _rows[at];

    /// <summary>
    /// Looks up the candle, which must not lie before one asked for earlier; false when its finer candles are missing or do not show
    /// its high and low: then the candle itself has to decide.
    /// </summary>
    public bool Covers(in Bar bar)
    {
        if (bar.OpenTimeMs == _candle)
            return _covers;
        _candle = bar.OpenTimeMs;
        _rows.Clear();
        var (high, low) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var end = coarse.NextOpen(coarse.OpenOf(bar.OpenTimeMs)); More(); _at++)
        {
            var finer = reader.Columns[reader.Offset + _at];
            if (finer.OpenTimeMs >= end) break;
            if (finer.OpenTimeMs < bar.OpenTimeMs) continue;
            _rows.Add(new PriceSpan<double>(finer.Open, finer.High, finer.Low));
            high = Math.Max(high, finer.High);
            low = Math.Min(low, finer.Low);
        }

        return _covers = high >= bar.High && low <= bar.Low;
    }

    public void Dispose() => reader.Dispose();

    private bool More()
    {
        if (_at < _read)
            return true;
        (_at, _read) = (0, reader.Read(BlockRows));
        return _read > 0;
    }
}
