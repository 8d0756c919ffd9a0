namespace Lastro.Core.Markets;

/// <summary>A trading pair as Binance writes it: base and quote joined, upper case, 2 to 30 letters and digits (BTCUSDT).</summary>
public readonly record struct Symbol(string Value)
{
    /// <summary>The pair's name.</summary>
    public override string ToString() => Value;

    /// <summary>Reads a name in any case; false when its length is not 2 to 30 or it holds anything but letters and digits.</summary>
    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = new Symbol(text?.ToUpperInvariant() ?? "");
        return text is { Length: >= 2 and <= 30 } && text.All(char.IsAsciiLetterOrDigit);
    }
}
