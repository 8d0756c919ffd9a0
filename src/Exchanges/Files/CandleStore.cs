using Lastro.Core.Markets;

namespace Lastro.Exchanges.Files;

/// <summary>
/// A folder of candle files, one for each pair and timeframe: <c>BTCUSDT_1h.csv.gz</c>. Files of other forms are taken in with the
/// digits they have.
/// </summary>
public sealed class CandleStore(string folder)
{
    private const string Extension = ".csv.gz";

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The files, by name.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The file of a name like BTCUSDT_1h; null when there is none.</summary>
    public string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
            return null;
        var path = Path.Combine(folder, name + Extension);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Takes files of one pair into the store, together with the rows it already has.</summary>
    /// <param name="paths">The files, of any form, in any order; rows that stand in two must agree.</param>
    /// <param name="symbol">The pair.</param>
    /// <exception cref="InvalidDataException">A bad row, or rows that contradict each other, naming file and line; or a step that is no timeframe.</exception>
    public CandleImport Import(IReadOnlyList<string> paths, Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Directory.CreateDirectory(folder);
        var spans = Scan(paths);
        if (spans.Rows < 2)
            throw new InvalidDataException($"{paths[0]}: a single row does not say its timeframe.");
        if (spans.Timeframe is not { } timeframe)
            throw new InvalidDataException($"{paths[0]}: its most frequent step of {spans.StepMs} ms is no timeframe ({string.Join(' ', Timeframe.All)}).");
        var place = Path.Combine(folder, $"{symbol}_{timeframe}{Extension}");
        var all = File.Exists(place) ? paths.Append(place) : paths;
        return Write([.. all], place);
    }

    /// <summary>Writes the rows of some files of one pair, in the order of time and with the digits they have, as one file.</summary>
    /// <exception cref="InvalidDataException">A bad row, or rows that contradict each other, naming file and line.</exception>
    public static CandleImport Write(IReadOnlyList<string> paths, string place, long fromMs = long.MinValue, long toMs = long.MaxValue)
    {
        var spans = new CandleSpans();
        using var merge = new CandleMerge(paths);
        using var writer = new CandleWriter(place);
        merge.Run((time, row) =>
        {
            if (time < fromMs || time >= toMs)
                return;
            spans.Add(time);
            writer.Row(time, row);
        });
        if (spans.Rows == 0)
            throw new InvalidDataException($"{string.Join(", ", paths)}: no candle{(fromMs > long.MinValue || toMs < long.MaxValue ? " in this time" : "")}.");
        writer.Finish();
        return new CandleImport { Path = place, Spans = spans, Read = merge.Read };
    }

    /// <summary>Reads files through, checking every row.</summary>
    /// <exception cref="InvalidDataException">A bad row, or rows that contradict each other, naming file and line.</exception>
    public static CandleSpans Scan(IReadOnlyList<string> paths)
    {
        var spans = new CandleSpans();
        using var merge = new CandleMerge(paths);
        merge.Run((time, _) => spans.Add(time));
        return spans.Rows > 0 ? spans : throw new InvalidDataException($"{string.Join(", ", paths)}: no candle.");
    }
}

/// <summary>What an import wrote.</summary>
public sealed record CandleImport
{
    /// <summary>The file it wrote.</summary>
    public required string Path { get; init; }

    /// <summary>Its rows' times.</summary>
    public required CandleSpans Spans { get; init; }

    /// <summary>The files read, their form and rows.</summary>
    public required IReadOnlyList<(string Path, string Form, long Rows)> Read { get; init; }
}
