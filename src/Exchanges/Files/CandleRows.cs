using System.Numerics;

namespace Lastro.Exchanges.Files;

/// <summary>
/// A candle file's rows as numbers, each checked: rising times, finite prices above zero, high and low around the body. The first
/// bad row throws <see cref="InvalidDataException"/> naming file, line, column and what is wrong. One source for money and statistics.
/// </summary>
internal sealed class CandleRows<T, TDigits>(CandleText text) : IDisposable
    where T : struct, INumber<T>
    where TDigits : struct, IDigits<T>
{
    private static readonly string[] _columns = ["open_time_ms", "open", "high", "low", "close", "volume"];

    private long _previous = -1;

    public long OpenTimeMs { get; private set; }

    public T Open { get; private set; }

    public T High { get; private set; }

    public T Low { get; private set; }

    public T Close { get; private set; }

    /// <summary>0 where it is not known.</summary>
    public T Volume { get; private set; }

    /// <summary>False when the row left its volume empty.</summary>
    public bool VolumeKnown { get; private set; }

    public long Line => text.Line;

    public CandleText Text => text;

    /// <summary>Reads the next row; false at the end.</summary>
    public bool Read() => Read(out _);

    /// <summary>Reads the next row and gives its text as well; false at the end.</summary>
    public bool Read(out CandleCells cells)
    {
        if (!text.TryRead(out cells))
            return false;
        OpenTimeMs = Time(cells);
        Open = Price(cells, 1);
        High = Price(cells, 2);
        Low = Price(cells, 3);
        Close = Price(cells, 4);
        Volume = Quantity(cells);
        if (High < Open || High < Close || High < Low)
            throw text.Error(cells.Start(2), $"high {Show(cells[2])} lies inside the body (open {Show(cells[1])}, close {Show(cells[4])}, low {Show(cells[3])}).");
        if (Low > Open || Low > Close)
            throw text.Error(cells.Start(3), $"low {Show(cells[3])} lies inside the body (open {Show(cells[1])}, close {Show(cells[4])}).");
        return true;
    }

    public void Dispose() => text.Dispose();

    private long Time(in CandleCells cells)
    {
        if (!CsvNumber.TryLong(cells[0], out var time) || time < 0)
            throw NoTime(cells);

        // Only a time in microseconds is that large; it must be a whole millisecond.
        if (time > CandleText.MaxTimeMs)
        {
            var (whole, rest) = Math.DivRem(time, 1000);
            if (rest != 0 || whole > CandleText.MaxTimeMs || text is not BinanceRows)
                throw NoTime(cells);
            time = whole;
        }

        if (time <= _previous)
            throw text.Error(0, time == _previous ? $"open time {time} appears twice." : $"open time {time} lies before {_previous}, the one above it.");
        _previous = time;
        return time;
    }

    private T Price(in CandleCells cells, int column)
    {
        if (!TDigits.TryRead(cells[column], out var value))
            throw text.Error(cells.Start(column), $"{_columns[column]} '{Show(cells[column])}' is no finite number.");
        return value > T.Zero ? value : throw text.Error(cells.Start(column), $"{_columns[column]} {Show(cells[column])} is not above zero.");
    }

    private T Quantity(in CandleCells cells)
    {
        const int column = 5;
        var cell = cells[column];
        VolumeKnown = !cell.IsEmpty;
        if (cell.IsEmpty)
            return T.Zero;
        if (!TDigits.TryRead(cell, out var value))
            throw text.Error(cells.Start(column), $"volume '{Show(cell)}' is no finite number.");
        return value >= T.Zero ? value : throw text.Error(cells.Start(column), $"volume {Show(cell)} is negative.");
    }

    private InvalidDataException NoTime(in CandleCells cells) =>
        text.Error(0, $"open_time_ms '{Show(cells[0])}' is no time in Unix milliseconds.");

    private static string Show(ReadOnlySpan<byte> cell) => CandleText.Show(cell);
}
