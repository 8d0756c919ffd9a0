using System.Runtime.CompilerServices;

namespace Lastro.Exchanges.Files;

/// <summary>The rows of a candle file as they are written, whichever form it has.</summary>
internal abstract class CandleText(LineReader reader) : IDisposable
{
    /// <summary>Year 10000 in Unix milliseconds: a larger number is no time in milliseconds.</summary>
    public const long MaxTimeMs = 253_402_300_800_000;

    /// <summary>The file as messages name it.</summary>
    public string Path => Reader.Path;

    /// <summary>The form's name in messages and answers.</summary>
    public abstract string Form { get; }

    /// <summary>The pair the file's name speaks of in this form's habit; null when it speaks of none.</summary>
    public abstract string? SymbolName { get; }

    /// <summary>Number of the line the last row stands in, counted from 1.</summary>
    public abstract long Line { get; }

    /// <summary>False when a cell's place in its line is not kept.</summary>
    protected virtual bool KeepsColumns => true;

    protected LineReader Reader { get; } = reader;

    /// <summary>The next row; false at the end. Valid until the next call.</summary>
    public abstract bool TryRead(out CandleCells cells);

    /// <summary>An error that names file and line and, for byte <paramref name="start"/> of the row, the column.</summary>
    public InvalidDataException Error(int? start, string what) =>
        new(start is { } at && KeepsColumns ? $"{Path}, line {Line}, column {at + 1}: {what}" : $"{Path}, line {Line}: {what}");

    public void Dispose() => Reader.Dispose();

    /// <summary>Text of the file for a message, at most 60 bytes of it.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        const int longest = 60;
        return System.Text.Encoding.UTF8.GetString(text.Length > longest ? text[..longest] : text);
    }
}

/// <summary>A row's first six cells, as text: open time, open, high, low, close, volume.</summary>
internal ref struct CandleCells
{
    public const int Count = 6;

    private CellEnds _ends;

    /// <summary>The row.</summary>
    public ReadOnlySpan<byte> Row { get; private set; }

    /// <summary>Cell <paramref name="index"/>, from 0.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => Row[Start(index)..(_ends[index] - 1)];

    /// <summary>The byte of the row cell <paramref name="index"/> begins with, counted from 0.</summary>
    public readonly int Start(int index) => index == 0 ? 0 : _ends[index - 1];

    /// <summary>Cuts a row at its commas; returns how many cells it has, counted up to <paramref name="most"/> + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cut(ReadOnlySpan<byte> row, int most)
    {
        Row = row;
        var (count, start) = (0, 0);
        while (count <= most)
        {
            var length = row[start..].IndexOf((byte)',');
            start = length < 0 ? row.Length + 1 : start + length + 1;
            if (count < Count)
                _ends[count] = start;
            count++;
            if (length < 0)
                break;
        }

        return count;
    }

    /// <summary>Where the next cell begins.</summary>
    [InlineArray(Count)]
    private struct CellEnds
    {
        private int _first;
    }
}
