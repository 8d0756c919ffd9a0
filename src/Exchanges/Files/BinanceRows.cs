namespace Lastro.Exchanges.Files;

/// <summary>
/// Binance's public data files (data.binance.vision): 12 columns from open time to a field to be ignored, since 2023 with a header,
/// of the spot market from 2025 on in microseconds. The first six are ours.
/// </summary>
internal sealed class BinanceRows : CandleText
{
    private const int Columns = 12;

    private bool _first = true;

    public BinanceRows(LineReader reader)
        : base(reader)
    {
    }

    public override string Form => "Binance Vision CSV";

    public override string? SymbolName => CandleNames.SymbolBefore(Path, "-_.");

    public override long Line => Reader.Line;

    public override bool TryRead(out CandleCells cells)
    {
        cells = default;
        while (true)
        {
            if (!Reader.TryRead(out var line))
                return false;
            if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
            if (line.IsEmpty || (_first && line.StartsWith("open_time,"u8)))
                continue;
            _first = false;
            var count = cells.Cut(line, Columns);
            return count == Columns
                ? true
                : throw Reader.Error($"{Columns} columns are needed, not {(count > Columns ? "more" : count)}.");
        }
    }
}
