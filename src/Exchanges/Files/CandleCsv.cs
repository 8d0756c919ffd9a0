using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Files;

/// <summary>
/// Reads our candle CSV, plain or gzipped, to the last digit: header <c>open_time_ms,open,high,low,close,volume</c>, rows in rising
/// order, volume may be empty, gaps allowed. The first bad row throws <see cref="InvalidDataException"/> naming file, line, column
/// and what is wrong. Streams: memory does not grow with the file.
/// </summary>
public sealed class CandleCsv : IDisposable
{
    /// <summary>The first line of every candle file.</summary>
    public const string Header = "open_time_ms,open,high,low,close,volume";

    private readonly CandleRows<decimal, ExactDigits> _rows;

    /// <summary>Opens the file and checks its header.</summary>
    public CandleCsv(string path)
    {
        var reader = new LineReader(path);
        try
        {
            _rows = new(new OurRows(reader));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The candle read last.</summary>
    public Candle Current { get; private set; }

    /// <summary>False when the row read last left its volume empty (0 in <see cref="Current"/>).</summary>
    public bool VolumeKnown => _rows.VolumeKnown;

    /// <summary>Number of the line read last, counted from 1.</summary>
    public long Line => _rows.Line;

    /// <summary>Reads the next row into <see cref="Current"/>; false at the end.</summary>
    public bool Read()
    {
        if (!_rows.Read())
            return false;
        Current = new Candle
        {
            OpenTimeMs = _rows.OpenTimeMs,
            Open = new Price(_rows.Open),
            High = new Price(_rows.High),
            Low = new Price(_rows.Low),
            Close = new Price(_rows.Close),
            Volume = new Quantity(_rows.Volume),
        };
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
