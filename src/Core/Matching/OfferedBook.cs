using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>
/// A book as it is offered to our orders: what they took from a level is not offered again until that level changes.
/// Tell it of every depth event, after the book has taken it in. Not thread-safe.
/// </summary>
public sealed class OfferedBook(OrderBook book)
{
    private readonly Dictionary<Price, (decimal Displayed, decimal Taken)> _bids = [];
    private readonly Dictionary<Price, (decimal Displayed, decimal Taken)> _asks = [];

    /// <summary>Levels a taker of this side meets, best first, with what is left of each; empty ones are left out.</summary>
    public IEnumerable<BookLevel> Levels(Side taker)
    {
        var memory = Memory(taker);
        var count = taker == Side.Buy ? book.AskCount : book.BidCount;
        for (var depth = 0; depth < count; depth++)
        {
            var level = taker == Side.Buy ? book.Ask(depth) : book.Bid(depth);
            var left = Left(memory, level);
            if (left > 0m) yield return new BookLevel(level.Price, new Quantity(left));
        }
    }

    /// <summary>The best level a taker of this side meets, or null.</summary>
    public BookLevel? Best(Side taker)
    {
        foreach (var level in Levels(taker)) return level;
        return null;
    }

    /// <summary>True when nothing of a level of this displayed size is left for a taker of this side.</summary>
    public bool IsSpent(Side taker, BookLevel level) => Memory(taker).Count > 0 && Left(Memory(taker), level) <= 0m;

    /// <summary>Remembers what was taken.</summary>
    public void Took(Side taker, IEnumerable<BookLevel> shares)
    {
        var memory = Memory(taker);
        foreach (var share in shares)
        {
            var displayed = Displayed(taker, share.Price);
            var before = memory.TryGetValue(share.Price, out var known) && known.Displayed == displayed ? known.Taken : 0m;
            memory[share.Price] = (displayed, before + share.Quantity.Value);
        }
    }

    /// <summary>Forgets what was taken from levels that changed.</summary>
    public void OnDepth(Depth depth)
    {
        Forget(_bids, depth.Bids, depth.Snapshot);
        Forget(_asks, depth.Asks, depth.Snapshot);
    }

    private static void Forget(
        Dictionary<Price, (decimal Displayed, decimal Taken)> memory, IReadOnlyList<BookLevel> levels, bool snapshot)
    {
        if (memory.Count == 0) return;
        var same = new HashSet<Price>();
        foreach (var level in levels)
        {
            if (!memory.TryGetValue(level.Price, out var known)) continue;
            if (known.Displayed == level.Quantity.Value) same.Add(level.Price);
            else memory.Remove(level.Price);
        }

        if (!snapshot) return;
        foreach (var gone in memory.Keys.Where(price => !same.Contains(price)).ToList()) memory.Remove(gone);
    }

    private static decimal Left(Dictionary<Price, (decimal Displayed, decimal Taken)> memory, BookLevel level) =>
        memory.TryGetValue(level.Price, out var known) && known.Displayed == level.Quantity.Value
            ? level.Quantity.Value - known.Taken
            : level.Quantity.Value;

    private Dictionary<Price, (decimal Displayed, decimal Taken)> Memory(Side taker) => taker == Side.Buy ? _asks : _bids;

    private decimal Displayed(Side taker, Price price)
    {
        var count = taker == Side.Buy ? book.AskCount : book.BidCount;
        for (var depth = 0; depth < count; depth++)
        {
            var level = taker == Side.Buy ? book.Ask(depth) : book.Bid(depth);
            if (level.Price == price) return level.Quantity.Value;
        }

        throw new InvalidOperationException($"There is no level at {price}.");
    }
}
