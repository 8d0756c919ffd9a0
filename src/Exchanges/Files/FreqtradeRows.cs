namespace Lastro.Exchanges.Files;

/// <summary>
/// freqtrade's JSON: an array of arrays <c>[time in ms, open, high, low, close, volume]</c>, usually all in one line. Each inner
/// array is read on its own, so that memory stays flat. A volume of null is empty.
/// </summary>
internal sealed class FreqtradeRows : CandleText
{
    private long _line = 1;
    private long _linesBelow;
    private byte[] _row = new byte[256];
    private bool _began;

    public FreqtradeRows(LineReader reader)
        : base(reader) => reader.End = (byte)']';

    public override string Form => "freqtrade JSON";

    public override string? SymbolName => CandleNames.SymbolBefore(Path, "-.");

    public override long Line => _line;

    protected override bool KeepsColumns => false;

    public override bool TryRead(out CandleCells cells)
    {
        cells = default;
        _line += _linesBelow;
        _linesBelow = 0;
        if (!Reader.TryRead(out var part))
            throw Error(null, "the array is not closed.");
        part = Blanks(part);
        if (!_began)
        {
            Take(ref part, (byte)'[');
            part = Blanks(part);
            if (part.IsEmpty)
                return End();
        }
        else if (part.IsEmpty)
        {
            return End();
        }
        else
        {
            Take(ref part, (byte)',');
            part = Blanks(part);
        }

        _began = true;
        Take(ref part, (byte)'[');
        var count = cells.Cut(Plain(part), CandleCells.Count);
        return count == CandleCells.Count ? true : throw Error(null, $"a candle has {CandleCells.Count} values, not {(count > CandleCells.Count ? "more" : count)}.");
    }

    /// <summary>The outer array is closed; nothing may follow.</summary>
    private bool End()
    {
        _began = true;
        while (Reader.TryRead(out var rest))
        {
            if (!rest.TrimStart(" \t\r\n\0"u8).IsEmpty)
                throw Error(null, "there is more after the array.");
        }

        return false;
    }

    private ReadOnlySpan<byte> Blanks(ReadOnlySpan<byte> text)
    {
        var rest = text.TrimStart("\uFEFF \t\r\n"u8);
        _line += text[..^rest.Length].Count((byte)'\n');
        return rest;
    }

    private void Take(ref ReadOnlySpan<byte> text, byte wanted)
    {
        if (text.IsEmpty || text[0] != wanted)
            throw Error(null, $"'{(char)wanted}' is needed here, not '{Show(text)}'.");
        text = text[1..];
    }

    /// <summary>The row without white space, a null at its end left out.</summary>
    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> text)
    {
        if (_row.Length < text.Length)
            _row = new byte[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter == '\n')
                _linesBelow++;
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                _row[length++] = letter;
        }

        var row = _row.AsSpan(0, length);
        return row.EndsWith(",null"u8) ? row[..^4] : row;
    }
}
