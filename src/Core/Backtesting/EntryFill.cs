namespace Lastro.Core.Backtesting;

/// <summary>
/// How an entry is filled on candles; the fill models of resting orders as far as candles can tell them (docs/decisions/0016-backtest-engine.md).
/// <c>queue</c> and <c>book</c> need sizes that no candle holds. Exits by signal or time are always market orders at the open.
/// </summary>
public enum EntryFill
{
    /// <summary>A market order at the next open, with slippage.</summary>
    Open,

    /// <summary>A limit order at the close of the signal, for the next candle only; filled there when the low reaches it.</summary>
    Touch,

    /// <summary>The same, filled when the low passes it; and a target fills only when the high passes it.</summary>
    Through,
}

/// <summary>The words of the options.</summary>
public static class EntryFills
{
    private static readonly string[] Words = ["open", "touch", "through"];

    /// <summary>The word.</summary>
    public static string Word(EntryFill fill) => Words[(int)fill];

    /// <summary>The word's fill; false for any other text, case counts.</summary>
    public static bool TryParse(string? word, out EntryFill fill)
    {
        var index = Array.IndexOf(Words, word);
        fill = (EntryFill)Math.Max(index, 0);
        return index >= 0;
    }
}
