using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Files;

/// <summary>
/// A candle file of any form we read, as columns of doubles for the strategy lab: our CSV, Binance Vision's 12 columns in
/// milliseconds or microseconds, freqtrade's JSON; plain, .gz or .zip. Streams in blocks: memory does not grow with the file.
/// </summary>
public sealed class CandleFile : IDisposable
{
    private readonly CandleRows<double, NearestDigits> _rows;

    private CandleFile(CandleText text) => _rows = new(text);

    /// <summary>The file.</summary>
    public string Path => _rows.Text.Path;

    /// <summary>The form it has, in words.</summary>
    public string Form => _rows.Text.Form;

    /// <summary>The pair its name speaks of; null when that is none.</summary>
    public Symbol? Symbol => Core.Markets.Symbol.TryParse(_rows.Text.SymbolName, out var symbol) ? symbol : null;

    /// <summary>Opens a file; its form is told by its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ahead">Whether a packed file is unpacked by a thread of its own: for one file, not for hundreds at once.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or its first line is of no form we know; naming file and line.</exception>
    public static CandleFile Open(string path, bool ahead = true) => new(OpenText(path, ahead));

    /// <summary>About how many bytes of text a file unpacks to: enough to choose between memory and streaming.</summary>
    public static long UnpackedLength(string path) => FileBytes.UnpackedLength(path);

    /// <summary>Reads a whole file into columns.</summary>
    /// <exception cref="InvalidDataException">The first bad row, naming file, line and column.</exception>
    public static CandleTable ReadAll(string path)
    {
        using var file = Open(path);
        var estimate = Math.Max(1024, FileBytes.UnpackedLength(path) / 48);
        var columns = Columns((int)Math.Min(estimate, 64_000_000));
        var rows = 0;
        while (true)
        {
            rows += file.Read(columns, rows, columns.Close.Length - rows);
            if (rows < columns.Close.Length)
                return new CandleTable { Path = path, Symbol = file.Symbol, Form = file.Form, Columns = columns, Rows = rows };
            columns = Longer(columns, checked(rows * 2));
        }
    }

    /// <summary>Reads up to <paramref name="rows"/> rows into the columns from <paramref name="at"/> on; fewer only at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The first bad row, naming file, line and column.</exception>
    public int Read(CandleColumns into, int at, int rows)
    {
        ArgumentNullException.ThrowIfNull(into);
        var read = 0;
        while (read < rows && _rows.Read())
        {
            var row = at + read++;
            into.OpenTimeMs[row] = _rows.OpenTimeMs;
            into.Open[row] = _rows.Open;
            into.High[row] = _rows.High;
            into.Low[row] = _rows.Low;
            into.Close[row] = _rows.Close;
            into.Volume[row] = _rows.VolumeKnown ? _rows.Volume : double.NaN;
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>Columns for so many rows, not cleared.</summary>
    public static CandleColumns Columns(int rows) => new()
    {
        OpenTimeMs = GC.AllocateUninitializedArray<long>(rows),
        Open = GC.AllocateUninitializedArray<double>(rows),
        High = GC.AllocateUninitializedArray<double>(rows),
        Low = GC.AllocateUninitializedArray<double>(rows),
        Close = GC.AllocateUninitializedArray<double>(rows),
        Volume = GC.AllocateUninitializedArray<double>(rows),
    };

    internal static CandleText OpenText(string path, bool ahead = true)
    {
        var reader = new LineReader(path, ahead);
        try
        {
            return reader.First() switch
            {
                (byte)'[' => new FreqtradeRows(reader),
                >= (byte)'0' and <= (byte)'9' => new BinanceRows(reader),
                _ => reader.Begins("open_time,"u8) ? new BinanceRows(reader) : new OurRows(reader),
            };
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static CandleColumns Longer(CandleColumns columns, int rows)
    {
        var longer = Columns(rows);
        columns.OpenTimeMs.CopyTo(longer.OpenTimeMs, 0);
        columns.Open.CopyTo(longer.Open, 0);
        columns.High.CopyTo(longer.High, 0);
        columns.Low.CopyTo(longer.Low, 0);
        columns.Close.CopyTo(longer.Close, 0);
        columns.Volume.CopyTo(longer.Volume, 0);
        return longer;
    }
}

/// <summary>A candle file read whole.</summary>
public sealed record CandleTable
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The pair its name speaks of; null when that is none.</summary>
    public required Symbol? Symbol { get; init; }

    /// <summary>The form it has, in words.</summary>
    public required string Form { get; init; }

    /// <summary>The candles; longer than the rows in use.</summary>
    public required CandleColumns Columns { get; init; }

    /// <summary>Rows in use.</summary>
    public required int Rows { get; init; }
}
