namespace Lastro.Core.Markets;

/// <summary>One price level: the size displayed at a price. Size zero in a change removes the level.</summary>
public readonly record struct BookLevel(Price Price, Quantity Quantity);

/// <summary>Levels of a book: a whole picture, or the levels that changed.</summary>
public sealed record Depth
{
    /// <summary>True when these levels replace the book, false when they change it.</summary>
    public required bool Snapshot { get; init; }

    /// <summary>First update id covered (equal to <see cref="FinalUpdateId"/> in a snapshot).</summary>
    public required long FirstUpdateId { get; init; }

    /// <summary>Last update id covered.</summary>
    public required long FinalUpdateId { get; init; }

    /// <summary>Exchange time, Unix milliseconds.</summary>
    public required long TimeMs { get; init; }

    /// <summary>Bids, in the order received (a snapshot: best first).</summary>
    public required IReadOnlyList<BookLevel> Bids { get; init; }

    /// <summary>Asks, in the order received (a snapshot: best first).</summary>
    public required IReadOnlyList<BookLevel> Asks { get; init; }

    /// <summary>In a snapshot: the lowest bid down to which it is complete; null for its lowest.</summary>
    public Price? LowestKnownBid { get; init; }

    /// <summary>In a snapshot: the highest ask up to which it is complete; null for its highest.</summary>
    public Price? HighestKnownAsk { get; init; }
}
