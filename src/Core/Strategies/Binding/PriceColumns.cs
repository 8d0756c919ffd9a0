namespace Lastro.Core.Strategies;

/// <summary>The words for a candle's values.</summary>
internal static class PriceColumns
{
    public static string[] Names { get; } = ["open", "high", "low", "close", "volume", "hl2", "hlc3"];

    public static bool TryParse(string name, out PriceColumn column)
    {
        var index = Array.IndexOf(Names, name);
        column = index < 0 ? default : (PriceColumn)index;
        return index >= 0;
    }
}
