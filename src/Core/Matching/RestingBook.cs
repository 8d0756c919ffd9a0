using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>A resting limit order.</summary>
/// <param name="Id">Unique; lower ids of one price go first.</param>
/// <param name="Side">Which way.</param>
/// <param name="Limit">Its price.</param>
public readonly record struct RestingOrder(long Id, Side Side, Price Limit);

/// <summary>
/// Resting limit orders of one pair, filled by the <c>through</c> rule: a trade prints beyond the limit, or the opposite best quote passes it.
/// An event that reaches nobody costs one comparison; one that fills k of n orders costs k log n. Not thread-safe.
/// </summary>
public sealed class RestingBook
{
    private readonly SortedSet<RestingOrder> _buys = new(BestFirst(true));
    private readonly SortedSet<RestingOrder> _sells = new(BestFirst(false));
    private readonly Dictionary<long, RestingOrder> _byId = [];
    private Price? _highestBuy;
    private Price? _lowestSell;

    /// <summary>Orders resting.</summary>
    public int Count => _byId.Count;

    /// <summary>Takes an order in; an id that is already there throws.</summary>
    public void Add(RestingOrder order)
    {
        _byId.Add(order.Id, order);
        _ = Orders(order.Side).Add(order);
        Refresh();
    }

    /// <summary>Takes an order out; false when it is not there.</summary>
    public bool Remove(long id)
    {
        if (!_byId.Remove(id, out var order)) return false;
        _ = Orders(order.Side).Remove(order);
        Refresh();
        return true;
    }

    /// <summary>True when the order rests here.</summary>
    public bool Contains(long id) => _byId.ContainsKey(id);

    /// <summary>Takes out, best price first, every order that a trade at this price is beyond.</summary>
    public void TakeBeyond(Price trade, List<RestingOrder> taken)
    {
        TakeAbove(trade, taken);
        TakeBelow(trade, taken);
    }

    /// <summary>Takes out every buy with a limit above the price: the best ask has passed it.</summary>
    public void TakeAbove(Price ask, List<RestingOrder> taken)
    {
        while (_highestBuy > ask) Take(_buys.Min, taken);
    }

    /// <summary>Takes out every sell with a limit below the price: the best bid has passed it.</summary>
    public void TakeBelow(Price bid, List<RestingOrder> taken)
    {
        while (_lowestSell < bid) Take(_sells.Min, taken);
    }

    private static Comparer<RestingOrder> BestFirst(bool highest) => Comparer<RestingOrder>.Create((left, right) =>
    {
        var price = highest ? right.Limit.CompareTo(left.Limit) : left.Limit.CompareTo(right.Limit);
        return price != 0 ? price : left.Id.CompareTo(right.Id);
    });

    private SortedSet<RestingOrder> Orders(Side side) => side == Side.Buy ? _buys : _sells;

    private void Take(RestingOrder order, List<RestingOrder> taken)
    {
        taken.Add(order);
        _ = Remove(order.Id);
    }

    private void Refresh()
    {
        _highestBuy = _buys.Count > 0 ? _buys.Min.Limit : null;
        _lowestSell = _sells.Count > 0 ? _sells.Min.Limit : null;
    }
}
