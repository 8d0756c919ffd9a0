using Lastro.Cli.CommandLine;
using Lastro.Core.Markets;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

/// <summary>Where the command line keeps candles, and how it finds them by name.</summary>
internal static class DataFolder
{
    public static readonly Option Flag = new("--data", "DIR", "folder of candle files (default: LASTRO_CANDLES, else ~/.lastro/candles)");

    public static CandleStore Store(Arguments arguments) => new(arguments.Text(Flag.Name)
        ?? (Environment.GetEnvironmentVariable("LASTRO_CANDLES") is { Length: > 0 } named ? named : Path.Combine(Home(), ".lastro", "candles")));

    /// <summary>A file by its path, or by its name in the store (BTCUSDT_1h).</summary>
    public static string Resolve(Arguments arguments, string given) =>
        File.Exists(given) ? given : Store(arguments).Find(given) ?? given;

    /// <summary>The pair of some files: as told, else as their names say.</summary>
    public static Symbol SymbolOf(Arguments arguments, IEnumerable<string> paths)
    {
        if (arguments.Text("--symbol") is { } told)
            return Symbol.TryParse(told, out var symbol) ? symbol : throw new UsageException($"--symbol '{told}' is no pair: 2 to 30 letters and digits");
        var symbols = paths.Select(path =>
        {
            using var file = CandleFile.Open(path);
            return file.Symbol ?? throw new RefusedException($"{path}: no pair can be read from the file's name; give it with --symbol");
        }).Distinct().ToList();
        return symbols.Count == 1 ? symbols[0] : throw new RefusedException($"the files are of several pairs: {string.Join(", ", symbols)}; import them one by one");
    }

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
