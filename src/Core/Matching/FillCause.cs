namespace Lastro.Core.Matching;

/// <summary>The kind of market event that made a fill.</summary>
public enum CauseKind
{
    /// <summary>A trade printed.</summary>
    Trade,

    /// <summary>The opposite best quote moved.</summary>
    Quote,

    /// <summary>A level of the local book was taken.</summary>
    Book,

    /// <summary>There was no book: the last price moved by the configured slippage.</summary>
    Slippage,

    /// <summary>A time came: it starts orders, and fills none.</summary>
    Time,
}

/// <summary>The market event that made a fill.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Id">Trade id or book update id.</param>
/// <param name="Price">The price seen in the event.</param>
/// <param name="TimeMs">Market time of the event, Unix milliseconds.</param>
public readonly record struct FillCause(CauseKind Kind, long Id, Price Price, long TimeMs);
