using System.Text;
using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Shared;

/// <summary>
/// Reads our candle CSV, plain or gzipped: header <c>open_time_ms,open,high,low,close,volume</c>, rows in rising order, volume may
/// be empty, gaps allowed. The first bad row throws <see cref="InvalidDataException"/> naming file, line and what is wrong.
/// Streams: memory does not grow with the file.
/// </summary>
public sealed class CandleCsv : IDisposable
{
    /// <summary>The first line of every candle file.</summary>
    public const string Header = "open_time_ms,open,high,low,close,volume";

    private const int Columns = 6;

    /// <summary>Year 10000 in Unix milliseconds: a larger number is no time in milliseconds.</summary>
    private const long MaxTimeMs = 253_402_300_800_000;

    private readonly LineReader _lines;
    private long _previous = -1;

    /// <summary>Opens the file and checks its header.</summary>
    public CandleCsv(string path)
    {
        _lines = new LineReader(path);
        try
        {
            if (!_lines.TryRead(out var header))
                throw new InvalidDataException($"{path} is empty; the first line must be '{Header}'.");
            if (header.StartsWith("\uFEFF"u8))
                header = header[3..];
            if (!header.SequenceEqual("open_time_ms,open,high,low,close,volume"u8))
                throw _lines.Error($"the header must be '{Header}', not '{Show(header)}'.");
        }
        catch
        {
            _lines.Dispose();
            throw;
        }
    }

    /// <summary>The candle read last.</summary>
    public Candle Current { get; private set; }

    /// <summary>False when the row read last left its volume empty (0 in <see cref="Current"/>).</summary>
    public bool VolumeKnown { get; private set; }

    /// <summary>Number of the line read last, counted from 1.</summary>
    public long Line => _lines.Line;

    /// <summary>Reads the next row into <see cref="Current"/>; false at the end.</summary>
    public bool Read()
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!_lines.TryRead(out line))
                return false;
        }
        while (line.IsEmpty);

        Span<Range> cells = stackalloc Range[Columns + 1];
        var count = Split(line, cells);
        if (count != Columns)
            throw _lines.Error($"{Columns} columns are needed, not {(count > Columns ? "more" : count)}.");
        if (!CsvNumber.TryLong(line[cells[0]], out var time) || time is < 0 or > MaxTimeMs)
            throw _lines.Error($"open_time_ms '{Show(line[cells[0]])}' is no time in Unix milliseconds.");
        if (time <= _previous)
            throw _lines.Error(time == _previous ? $"open time {time} appears twice." : $"open time {time} lies before {_previous}, the one above it.");
        var candle = new Candle
        {
            OpenTimeMs = time,
            Open = Price(line[cells[1]], "open"),
            High = Price(line[cells[2]], "high"),
            Low = Price(line[cells[3]], "low"),
            Close = Price(line[cells[4]], "close"),
            Volume = Volume(line[cells[5]]),
        };
        Check(candle);
        _previous = time;
        Current = candle;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Check(in Candle candle)
    {
        if (candle.High < candle.Open || candle.High < candle.Close || candle.High < candle.Low)
            throw _lines.Error($"high {candle.High} lies inside the body (open {candle.Open}, close {candle.Close}, low {candle.Low}).");
        if (candle.Low > candle.Open || candle.Low > candle.Close)
            throw _lines.Error($"low {candle.Low} lies inside the body (open {candle.Open}, close {candle.Close}).");
    }

    private Price Price(ReadOnlySpan<byte> text, string column)
    {
        if (!CsvNumber.TryDecimal(text, out var value))
            throw _lines.Error($"{column} '{Show(text)}' is no finite number.");
        return value > 0m ? new Price(value) : throw _lines.Error($"{column} {Show(text)} is not above zero.");
    }

    private Quantity Volume(ReadOnlySpan<byte> text)
    {
        VolumeKnown = !text.IsEmpty;
        if (text.IsEmpty)
            return Quantity.Zero;
        if (!CsvNumber.TryDecimal(text, out var value))
            throw _lines.Error($"volume '{Show(text)}' is no finite number.");
        return value >= 0m ? new Quantity(value) : throw _lines.Error($"volume {Show(text)} is negative.");
    }

    private static int Split(ReadOnlySpan<byte> line, Span<Range> cells)
    {
        var (count, start) = (0, 0);
        while (count < cells.Length)
        {
            var length = line[start..].IndexOf((byte)',');
            cells[count++] = length < 0 ? start..line.Length : start..(start + length);
            if (length < 0)
                break;
            start += length + 1;
        }

        return count;
    }

    private static string Show(ReadOnlySpan<byte> text)
    {
        const int longest = 60;
        return Encoding.UTF8.GetString(text.Length > longest ? text[..longest] : text);
    }
}
