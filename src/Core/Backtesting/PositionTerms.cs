using System.Numerics;

namespace Lastro.Core.Backtesting;

/// <summary>What the backtest rules of one position depend on. Shares are fractions: 3 % is 0.03.</summary>
/// <typeparam name="T">The number type of the run.</typeparam>
public sealed record PositionTerms<T>
    where T : struct, INumber<T>
{
    /// <summary>Taken from what is received, at the entry and at the exit; from 0, below 1.</summary>
    public required T Fee { get; init; }

    /// <summary>How much worse than the price a market order fills; from 0, below 1.</summary>
    public required T Slippage { get; init; }

    /// <summary>The target above the entry; null without one.</summary>
    public T? TakeProfit { get; init; }

    /// <summary>True when a price has to pass the target to fill it; false, as in the rules, when reaching it is enough.</summary>
    public bool PassTarget { get; init; }

    /// <summary>The stop below the entry, below 1; null without one.</summary>
    public T? StopLoss { get; init; }

    /// <summary>The trailing stop below the highest price, below 1; null without one.</summary>
    public T? TrailingStop { get; init; }

    /// <summary>The close, counted from the candle of the entry, that ends the position; null without a limit.</summary>
    public int? MaxBars { get; init; }

    /// <summary>Closes after an exit that read nothing, that of its own candle first.</summary>
    public int CooldownBars { get; init; }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for a term outside its range.</summary>
    public static void Check(PositionTerms<T> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        T[] shares = [terms.Fee, terms.Slippage, terms.StopLoss ?? T.Zero, terms.TrailingStop ?? T.Zero];
        if (!Array.TrueForAll(shares, share => share >= T.Zero && share < T.One))
            throw new ArgumentOutOfRangeException(nameof(terms), terms, "Fee, slippage, stop and trail lie from 0 to below 1.");
        if (!((terms.TakeProfit ?? T.Zero) >= T.Zero) || terms.MaxBars < 1 || terms.CooldownBars < 0)
            throw new ArgumentOutOfRangeException(nameof(terms), terms, "Target and cooldown lie from 0, the limit of bars from 1.");
    }
}
