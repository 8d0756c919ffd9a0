using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>What a taker wants at most. A null bound does not bind.</summary>
public readonly record struct TakeWish
{
    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>The pair's quantity step: every share is a multiple of it.</summary>
    public required decimal Step { get; init; }

    /// <summary>Base units at most.</summary>
    public decimal? Base { get; init; }

    /// <summary>Quote units at most.</summary>
    public decimal? Quote { get; init; }

    /// <summary>No worse than this price.</summary>
    public Price? Limit { get; init; }
}

/// <summary>Why a walk ended.</summary>
public enum WalkEnd
{
    /// <summary>The base bound is used up.</summary>
    BaseSpent,

    /// <summary>What is left of the quote bound does not pay for one more step.</summary>
    QuoteSpent,

    /// <summary>The next level is worse than the limit.</summary>
    Limit,

    /// <summary>There are no more levels.</summary>
    NoMoreLevels,
}

/// <summary>What a walk took.</summary>
/// <param name="Taken">Shares, best level first.</param>
/// <param name="Base">Their base units.</param>
/// <param name="Quote">Their quote units, not rounded.</param>
/// <param name="End">Why it ended.</param>
public sealed record Walked(IReadOnlyList<BookLevel> Taken, decimal Base, decimal Quote, WalkEnd End);

/// <summary>Takes level by level.</summary>
public static class BookWalk
{
    /// <summary>Walks <paramref name="levels"/>, best first, until the wish is met, the limit passed or the levels are gone.</summary>
    public static Walked Take(IEnumerable<BookLevel> levels, in TakeWish wish)
    {
        var taken = new List<BookLevel>();
        var (got, paid) = (0m, 0m);
        foreach (var level in levels)
        {
            if (wish.Base - got == 0m) return new Walked(taken, got, paid, WalkEnd.BaseSpent);
            if (Worse(level.Price, wish)) return new Walked(taken, got, paid, WalkEnd.Limit);
            var offered = Decimals.FloorTo(level.Quantity.Value, wish.Step);
            if (offered == 0m) continue;
            var most = Math.Min(offered, wish.Base - got ?? offered);
            var share = wish.Quote is { } quote ? Math.Min(most, Exact.FloorDivide(quote - paid, level.Price.Value, wish.Step)) : most;
            if (share > 0m)
            {
                taken.Add(new BookLevel(level.Price, new Quantity(share)));
                got += share;
                paid += Exact.Multiply(level.Price.Value, share);
            }

            if (share < most) return new Walked(taken, got, paid, WalkEnd.QuoteSpent);
        }

        return new Walked(taken, got, paid, wish.Base == got ? WalkEnd.BaseSpent : WalkEnd.NoMoreLevels);
    }

    private static bool Worse(Price price, in TakeWish wish) =>
        wish.Limit is { } limit && (wish.Side == Side.Buy ? price > limit : price < limit);
}
