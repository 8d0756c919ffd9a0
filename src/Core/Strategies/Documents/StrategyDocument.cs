using System.Collections.ObjectModel;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>
/// A strategy as its author wrote it: rules as text, settings as numbers. Not yet checked: <see cref="Strategy"/> does that.
/// Shares are fractions here ("15%" in JSON is 0.15, N divided by 100 in double).
/// </summary>
public sealed record StrategyDocument
{
    /// <summary>What its author calls it; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Length of the candles the rules look at.</summary>
    public required Timeframe Timeframe { get; init; }

    /// <summary>Numbers rules may name, in the order written. A sweep gives others.</summary>
    public IReadOnlyDictionary<string, double> Inputs { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Expressions rules may name, in the order written; they may use each other in any order.</summary>
    public IReadOnlyDictionary<string, string> Define { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The condition to buy.</summary>
    public required string Enter { get; init; }

    /// <summary>The condition to sell; null is never.</summary>
    public string? Exit { get; init; }

    /// <summary>How much an entry buys.</summary>
    public Sizing Size { get; init; } = Sizing.AllCash;

    /// <summary>Target above the fill, as a fraction of it; null is none.</summary>
    public double? TakeProfit { get; init; }

    /// <summary>Stop below the fill, as a fraction of it, below 1; null is none.</summary>
    public double? StopLoss { get; init; }

    /// <summary>Stop below the highest high since the fill, as a fraction of it, below 1; null is none.</summary>
    public double? TrailingStop { get; init; }

    /// <summary>Closes after which a position is left, the candle of entry counted; null is no limit.</summary>
    public int? MaxBars { get; init; }

    /// <summary>Closes after an exit at which no entry is decided.</summary>
    public int CooldownBars { get; init; }

    /// <summary>What keeps it from entering when it goes badly; null is nothing.</summary>
    public Protections? Protections { get; init; }
}

/// <summary>How much an entry buys: one of <see cref="PercentSizing"/>, <see cref="FixedSizing"/>, <see cref="RiskSizing"/>, <see cref="KellySizing"/>.</summary>
public abstract record Sizing
{
    private protected Sizing()
    {
    }

    /// <summary>All of the cash.</summary>
    public static Sizing AllCash { get; } = new PercentSizing(1);
}

/// <summary>A share of the cash. JSON "N%".</summary>
/// <param name="Fraction">Above 0, at most 1.</param>
public sealed record PercentSizing(double Fraction) : Sizing;

/// <summary>The same amount each time. JSON {"fixed":"500"}.</summary>
/// <param name="Amount">Quote units, above 0; never more than the cash there is.</param>
public sealed record FixedSizing(decimal Amount) : Sizing;

/// <summary>As much as loses a share of the equity when the price falls by a distance; never more than the cash. JSON {"risk":"1%","stop":"2*atr(14)"}.</summary>
/// <param name="Fraction">Share of the equity, above 0, at most 1.</param>
/// <param name="Stop">Expression of the distance, quote units.</param>
public sealed record RiskSizing(double Fraction, string Stop) : Sizing;

/// <summary>The Kelly fraction of the trades so far, capped. JSON {"kelly":"25%","trades":30,"start":"5%"}.</summary>
/// <param name="Fraction">The cap: share of the cash, above 0, at most 1.</param>
/// <param name="Trades">Trades needed before it counts, at least 1.</param>
/// <param name="Start">Share of the cash until then.</param>
public sealed record KellySizing(double Fraction, int Trades, double Start) : Sizing;

/// <summary>What keeps a strategy from entering when it goes badly; each part may be absent.</summary>
public sealed record Protections
{
    /// <summary>No entry any more once the equity at a close is this fraction below its peak; below 1.</summary>
    public double? MaxDrawdown { get; init; }

    /// <summary>No entry until the next UTC day once the equity at a close is this fraction below that at the day's start; below 1.</summary>
    public double? DailyLoss { get; init; }

    /// <summary>A pause after several stops in a row.</summary>
    public StopGuard? StopGuard { get; init; }
}

/// <summary>After <paramref name="Stops"/> exits by stop or trail within <paramref name="Bars"/> closes, no entry for <paramref name="Pause"/> closes.</summary>
/// <param name="Stops">At least 1.</param>
/// <param name="Bars">Closes looked back at, at least 1.</param>
/// <param name="Pause">Closes without an entry, at least 1.</param>
public sealed record StopGuard(int Stops, int Bars, int Pause);
