using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>An order's place in a list of orders that belong together.</summary>
public enum OrderLeg
{
    /// <summary>A bracket's first order: what it fills, the others get out of.</summary>
    Entry,

    /// <summary>The limit order on the good side. It carries the money of both exits until the stop fires.</summary>
    Target,

    /// <summary>The stop on the bad side.</summary>
    Stop,
}

/// <summary>
/// Lists of orders: one-cancels-the-other (target and stop) and bracket (entry, then target and stop for what it filled). When an exit is
/// filled in part or fires, everything else in the list ends: the same rule in lanes and in the database.
/// </summary>
public static class OrderLists
{
    /// <summary>What a bracket's exits get out of, of what its entry has brought in: whole steps.</summary>
    /// <param name="entry">The entry's side.</param>
    /// <param name="filled">Base units the entry has filled.</param>
    /// <param name="fee">The fee taken so far, in the asset received.</param>
    /// <param name="step">The pair's quantity step.</param>
    public static decimal ExitQuantity(Side entry, decimal filled, decimal fee, decimal step) =>
        Decimals.FloorTo(entry == Side.Buy ? filled - fee : filled, step);
}
