namespace Lastro.Core;

/// <summary>What can be owned, by its ticker: BTC, USDT, BRL. Upper-case letters and digits, 1 to 20 characters.</summary>
public readonly record struct Asset(string Code)
{
    /// <summary>The code as shown to people.</summary>
    public override string ToString() => Code;

    /// <summary>Reads a code; false when it is empty, longer than 20 or holds anything but A-Z and 0-9.</summary>
    public static bool TryParse(string? text, out Asset asset)
    {
        asset = new Asset(text ?? "");
        return text is { Length: > 0 and <= 20 } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
    }
}
