using Lastro.Core.Indicators;

namespace Lastro.Core.Backtesting;

/// <summary>Candles of one symbol, oldest first, to be read as often as wanted and always the same.</summary>
public interface ICandleSource
{
    /// <summary>The symbol, as the report names it.</summary>
    string Symbol { get; }

    /// <summary>The most frequent step of the rows, milliseconds; null for a single row, which has the timeframe of whoever reads it.</summary>
    long? StepMs { get; }

    /// <summary>Starts at the first row.</summary>
    ICandleReader Open();
}

/// <summary>One pass over the candles. Prices are positive and finite, high and low enclose the body, times rise. Not thread-safe.</summary>
public interface ICandleReader : IDisposable
{
    /// <summary>Where the rows read last are; may be the same columns each time.</summary>
    CandleColumns Columns { get; }

    /// <summary>The first of them.</summary>
    int Offset { get; }

    /// <summary>Reads the next rows, at most so many; gives how many there are, 0 only at the end.</summary>
    int Read(int most);
}

/// <summary>Candles in memory.</summary>
/// <param name="symbol">The symbol.</param>
/// <param name="stepMs">Their most frequent step; null for a single row.</param>
/// <param name="columns">The candles.</param>
/// <param name="rows">How many rows of the columns are in use.</param>
public sealed class ColumnSource(string symbol, long? stepMs, CandleColumns columns, int rows) : ICandleSource
{
    /// <inheritdoc/>
    public string Symbol => symbol;

    /// <inheritdoc/>
    public long? StepMs => stepMs;

    /// <summary>The candles.</summary>
    public CandleColumns Columns => columns;

    /// <summary>How many rows of the columns are in use.</summary>
    public int Rows => rows;

    /// <inheritdoc/>
    public ICandleReader Open() => new Reader(columns, rows);

    /// <summary>The first rows alone, over the same columns.</summary>
    public ColumnSource First(int count) => new(symbol, stepMs, columns, Math.Min(count, rows));

    // The rows are shown where they are.
    private sealed class Reader(CandleColumns columns, int rows) : ICandleReader
    {
        private int _next;

        public CandleColumns Columns => columns;

        public int Offset { get; private set; }

        public int Read(int most)
        {
            Offset = _next;
            _next = Math.Min(rows, Offset + most);
            return _next - Offset;
        }

        public void Dispose() => _next = rows;
    }
}

/// <summary>Columns made, copied and cut.</summary>
public static class Candles
{
    /// <summary>Empty columns of a length.</summary>
    public static CandleColumns Make(int rows) => new()
    {
        OpenTimeMs = new long[rows],
        Open = new double[rows],
        High = new double[rows],
        Low = new double[rows],
        Close = new double[rows],
        Volume = new double[rows],
    };

    /// <summary>Copies rows from one to the other.</summary>
    public static void Copy(CandleColumns from, int fromRow, CandleColumns to, int toRow, int rows)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        Array.Copy(from.OpenTimeMs, fromRow, to.OpenTimeMs, toRow, rows);
        Array.Copy(from.Open, fromRow, to.Open, toRow, rows);
        Array.Copy(from.High, fromRow, to.High, toRow, rows);
        Array.Copy(from.Low, fromRow, to.Low, toRow, rows);
        Array.Copy(from.Close, fromRow, to.Close, toRow, rows);
        Array.Copy(from.Volume, fromRow, to.Volume, toRow, rows);
    }

    /// <summary>All rows of a source in memory.</summary>
    public static ColumnSource Load(ICandleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source is ColumnSource loaded)
            return loaded;
        using var reader = source.Open();
        var (all, rows) = (Make(BlockRows), 0);
        while (reader.Read(BlockRows) is var count and > 0)
        {
            if (rows + count > all.Capacity)
            {
                var wider = Make(Math.Max(all.Capacity * 2, rows + count));
                Copy(all, 0, wider, 0, rows);
                all = wider;
            }

            Copy(reader.Columns, reader.Offset, all, rows, count);
            rows += count;
        }

        return new ColumnSource(source.Symbol, source.StepMs, all, rows);
    }

    private const int BlockRows = 4096;
}
