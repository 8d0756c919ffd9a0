using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>A limit order that rests.</summary>
/// <param name="Id">Unique. Age is the order of <see cref="IFillModel.Add"/>, not of ids.</param>
/// <param name="Side">Which way.</param>
/// <param name="Limit">Its price; what it is filled at.</param>
/// <param name="Left">Base units still wanted, a multiple of the pair's step.</param>
public readonly record struct RestingOrder(long Id, Side Side, Price Limit, decimal Left);

/// <summary>A share filled by one event. Fills of one order and event stand side by side in the list.</summary>
/// <param name="Id">The order.</param>
/// <param name="Price">Its limit.</param>
/// <param name="Quantity">Base units, a multiple of the step.</param>
/// <param name="Left">Base units still wanted; at zero the order has left the model.</param>
/// <param name="Cause">The event.</param>
public readonly record struct RestingFill(long Id, Price Price, decimal Quantity, decimal Left, FillCause Cause);

/// <summary>
/// Resting orders of one pair under one fill rule. One thread; the same calls give the same fills. Fills are appended best price first, then age.
/// Depth events are told after the order book and its <see cref="OfferedBook"/> have taken them in; a lost book needs no call, since models fill
/// only from the event at hand and read <see cref="OrderBook.Ready"/>.
/// </summary>
public interface IFillModel
{
    /// <summary>Orders resting.</summary>
    int Count { get; }

    /// <summary>The highest limit of a resting buy; zero without one.</summary>
    decimal HighestBuy { get; }

    /// <summary>The lowest limit of a resting sell; <see cref="decimal.MaxValue"/> without one.</summary>
    decimal LowestSell { get; }

    /// <summary>Takes an order in, younger than all others; an id that is already there throws.</summary>
    void Add(in RestingOrder order);

    /// <summary>Takes an order out; false when it is not there.</summary>
    bool Remove(long id);

    /// <summary>Makes an order smaller; it keeps its place. False when it is not there; throws when <paramref name="left"/> is not smaller and positive.</summary>
    bool Reduce(long id, decimal left);

    /// <summary>A trade printed.</summary>
    void OnTrade(in MarketTrade trade, List<RestingFill> fills);

    /// <summary>The best quotes moved.</summary>
    void OnTop(in BookTop top, List<RestingFill> fills);

    /// <summary>The local book changed.</summary>
    /// <param name="depth">What changed.</param>
    /// <param name="fills">Where fills go.</param>
    /// <param name="late">True when best quotes of a later update are known: what the book shows is past, and its quotes fill nobody.</param>
    void OnDepth(Depth depth, List<RestingFill> fills, bool late = false);
}
