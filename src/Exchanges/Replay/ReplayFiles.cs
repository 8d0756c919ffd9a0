using Lastro.Core.Markets;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Replay;

/// <summary>What lies at a replay's path: candle files by pair, or one recorded stream.</summary>
internal sealed record ReplayFiles
{
    /// <summary>Candle files of each pair; empty for a recorded stream.</summary>
    public required IReadOnlyDictionary<Symbol, List<string>> Candles { get; init; }

    /// <summary>The recorded stream; null for candles.</summary>
    public string? Stream { get; init; }

    /// <summary>Looks at names and first lines only. What cannot be replayed throws <see cref="InvalidDataException"/>.</summary>
    public static ReplayFiles At(ReplayOptions options)
    {
        if (Directory.Exists(options.Path))
            return Folder(options);
        if (!File.Exists(options.Path))
            throw new InvalidDataException($"{options.Path} to be replayed does not exist.");
        if (IsStream(options.Path))
            return new ReplayFiles { Candles = new Dictionary<Symbol, List<string>>(), Stream = options.Path };
        var symbol = options.Symbol is null ? SymbolOf(options.Path) : Named(options.Symbol);
        return new ReplayFiles { Candles = new Dictionary<Symbol, List<string>> { [symbol] = [options.Path] } };
    }

    /// <summary>The Replay:Symbol setting as a symbol.</summary>
    public static Symbol Named(string name) => Symbol.TryParse(name, out var symbol)
        ? symbol
        : throw new InvalidDataException($"Replay:Symbol '{name}' is no pair: 2 to 30 letters and digits.");

    private static ReplayFiles Folder(ReplayOptions options)
    {
        var only = options.Symbol is null ? (Symbol?)null : Named(options.Symbol);
        var candles = new Dictionary<Symbol, List<string>>();
        foreach (var path in Directory.EnumerateFiles(options.Path).Where(IsCsv).Order(StringComparer.Ordinal))
        {
            var symbol = SymbolOf(path);
            if (only is not null && symbol != only)
                continue;
            if (!candles.TryGetValue(symbol, out var paths))
                candles[symbol] = paths = [];
            paths.Add(path);
        }

        return candles.Count > 0
            ? new ReplayFiles { Candles = candles }
            : throw new InvalidDataException($"{options.Path} holds no candle file (.csv, .csv.gz){(only is null ? "" : $" of {only}")}.");
    }

    private static bool IsCsv(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>A recording's line begins with a receive time, a space and a brace.</summary>
    private static bool IsStream(string path)
    {
        using var lines = new LineReader(path);
        if (!lines.TryRead(out var line))
            return false;
        var space = line.IndexOf((byte)' ');
        return space > 0 && CsvNumber.TryLong(line[..space], out _) && line.Length > space + 1 && line[space + 1] == (byte)'{';
    }

    private static Symbol SymbolOf(string path) => CandleNames.SymbolOf(path)
        ?? throw new InvalidDataException($"{path}: no pair can be read from the file's name; give it with Replay:Symbol.");
}
