using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>What an entry is measured by.</summary>
public enum SizeKind
{
    /// <summary>A share of the free cash.</summary>
    Percent,

    /// <summary>Always the same quote units; never more than the cash.</summary>
    Fixed,

    /// <summary>As many units as lose a share of the equity when the price falls by the stop distance; never more than the cash buys.</summary>
    Risk,

    /// <summary>The Kelly fraction of the trades so far, of the free cash.</summary>
    Kelly,
}

/// <summary>How much an entry costs. One of the four forms made below.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EntrySize
{
    /// <summary>Which form.</summary>
    public SizeKind Kind { get; private init; }

    /// <summary>The share, the quote units, or the highest Kelly fraction.</summary>
    public double Amount { get; private init; }

    /// <summary>Kelly: with fewer trades than this, <see cref="Start"/> is used.</summary>
    public int Trades { get; private init; }

    /// <summary>Kelly: the share until there are enough trades.</summary>
    public double Start { get; private init; }

    /// <summary>A share of the free cash, above 0 and at most 1.</summary>
    public static EntrySize Percent(double share) => new() { Kind = SizeKind.Percent, Amount = Share(share) };

    /// <summary>Quote units, above 0.</summary>
    public static EntrySize Fixed(double quote) =>
        quote > 0 && double.IsFinite(quote) ? new() { Kind = SizeKind.Fixed, Amount = quote } : throw new ArgumentOutOfRangeException(nameof(quote), quote, "Above zero.");

    /// <summary>A share of the equity, above 0 and at most 1; the stop distance comes with each signal.</summary>
    public static EntrySize Risk(double share) => new() { Kind = SizeKind.Risk, Amount = Share(share) };

    /// <summary>Kelly up to <paramref name="cap"/>, <paramref name="start"/> until there are <paramref name="trades"/> trades.</summary>
    public static EntrySize Kelly(double cap, int trades, double start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trades);
        return new() { Kind = SizeKind.Kelly, Amount = Share(cap), Trades = trades, Start = Share(start) };
    }

    /// <summary>What an entry costs now, quote units; 0 when there is to be none.</summary>
    /// <param name="wallet">Cash, equity and trades so far.</param>
    /// <param name="fill">Price of a unit.</param>
    /// <param name="stopDistance">Price units to the stop as of the signal; only <see cref="SizeKind.Risk"/> reads it, unknown or not above 0 means no entry.</param>
    internal double CostOf(Wallet wallet, double fill, double stopDistance) => Kind switch
    {
        SizeKind.Percent => wallet.Cash * Amount,
        SizeKind.Fixed => Math.Min(wallet.Cash, Amount),
        SizeKind.Risk => stopDistance > 0 ? Math.Min(wallet.Cash, wallet.Equity * Amount / stopDistance * fill) : 0,
        SizeKind.Kelly => wallet.Cash * Fraction(wallet.Tally),
    };

    // f = W - (1 - W) / R, with W the share of winners and R mean win / mean loss, both of pnlPercent
    // (J. L. Kelly, "A New Interpretation of Information Rate", 1956). Without a loser it is W, without a winner nothing.
    private double Fraction(in TradeTally tally)
    {
        if (tally.Count < Trades || tally.Count == 0)
            return Start;
        var won = (double)tally.Wins / tally.Count;
        var losses = tally.Count - tally.Wins;
        if (tally.Wins == 0)
            return 0;
        if (losses == 0 || tally.Lost == 0)
            return Math.Min(won, Amount);
        var ratio = tally.Won / tally.Wins / (tally.Lost / losses);
        return Math.Clamp(won - ((1 - won) / ratio), 0, Amount);
    }

    private static double Share(double share) =>
        share is > 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and is at most 1.");
}

/// <summary>What Kelly needs to know of the trades so far; a trade without gain counts as lost.</summary>
/// <param name="Count">How many.</param>
/// <param name="Wins">How many with a gain.</param>
/// <param name="Won">Sum of their pnlPercent.</param>
/// <param name="Lost">Sum of the others' pnlPercent, as a positive number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TradeTally(int Count, int Wins, double Won, double Lost)
{
    public TradeTally With(double pnlPercent) => pnlPercent > 0
        ? new(Count + 1, Wins + 1, Won + pnlPercent, Lost)
        : new(Count + 1, Wins, Won, Lost - pnlPercent);
}
