using Lastro.Core.Markets;

namespace Lastro.Exchanges.Files;

/// <summary>Pairs and names of candle files.</summary>
public static class CandleNames
{
    /// <summary>The pair of our candle files by their name: up to the first _ or . without anything but letters and digits; null when that is none.</summary>
    public static Symbol? SymbolOf(string path) => Symbol.TryParse(SymbolBefore(path, "_."), out var symbol) ? symbol : null;

    /// <summary>Letters and digits of a file's name up to the first of <paramref name="ends"/>.</summary>
    internal static string SymbolBefore(string path, string ends)
    {
        var name = Path.GetFileName(path);
        var end = name.AsSpan().IndexOfAny(ends);
        return string.Concat(name.AsSpan(0, end < 0 ? name.Length : end).ToString().Where(char.IsAsciiLetterOrDigit));
    }
}
