namespace Lastro.Exchanges.Files;

/// <summary>Our candle CSV: header <c>open_time_ms,open,high,low,close,volume</c>.</summary>
internal sealed class OurRows : CandleText
{
    /// <summary>Checks the header and takes it.</summary>
    public OurRows(LineReader reader)
        : base(reader)
    {
        if (!reader.TryRead(out var header))
            throw new InvalidDataException($"{reader.Path} is empty; the first line must be '{CandleCsv.Header}'.");
        if (header.StartsWith("\uFEFF"u8))
            header = header[3..];
        if (!header.SequenceEqual("open_time_ms,open,high,low,close,volume"u8))
            throw reader.Error($"the header must be '{CandleCsv.Header}', not '{Show(header)}'.");
    }

    public override string Form => "candle CSV";

    public override string? SymbolName => CandleNames.SymbolBefore(Path, "_.");

    public override long Line => Reader.Line;

    public override bool TryRead(out CandleCells cells)
    {
        cells = default;
        ReadOnlySpan<byte> line;
        do
        {
            if (!Reader.TryRead(out line))
                return false;
        }
        while (line.IsEmpty);

        var count = cells.Cut(line, CandleCells.Count);
        return count == CandleCells.Count
            ? true
            : throw Reader.Error($"{CandleCells.Count} columns are needed, not {(count > CandleCells.Count ? "more" : count)}.");
    }
}
