using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>
/// <see cref="FillModel.Touch"/> and <see cref="FillModel.Through"/>: an order fills whole at its limit when a trade or the opposite best quote
/// reaches (passes) it. A quote of a level that our takers have spent is not there for resting orders either.
/// </summary>
/// <param name="touch">True when reaching the limit is enough.</param>
/// <param name="book">The local book.</param>
/// <param name="offered">What is left of it for our orders.</param>
public sealed class PriceModel(bool touch, OrderBook book, OfferedBook offered) : IFillModel
{
    private readonly SortedSet<Entry> _buys = new(BestFirst(highest: true));
    private readonly SortedSet<Entry> _sells = new(BestFirst(highest: false));
    private readonly Dictionary<long, Entry> _byId = [];
    private long _age;

    /// <inheritdoc/>
    public int Count => _byId.Count;

    /// <inheritdoc/>
    public decimal HighestBuy { get; private set; }

    /// <inheritdoc/>
    public decimal LowestSell { get; private set; } = decimal.MaxValue;

    /// <inheritdoc/>
    public void Add(in RestingOrder order)
    {
        var entry = new Entry(order, _age++);
        _byId.Add(order.Id, entry);
        _ = Orders(order.Side).Add(entry);
        Refresh();
    }

    /// <inheritdoc/>
    public bool Remove(long id)
    {
        if (!_byId.Remove(id, out var entry)) return false;
        _ = Orders(entry.Order.Side).Remove(entry);
        Refresh();
        return true;
    }

    /// <inheritdoc/>
    public bool Reduce(long id, decimal left)
    {
        if (!_byId.TryGetValue(id, out var entry)) return false;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(left);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(left, entry.Order.Left);
        var smaller = entry with { Order = entry.Order with { Left = left } };
        _ = Orders(entry.Order.Side).Remove(entry);
        _ = Orders(entry.Order.Side).Add(smaller);
        _byId[id] = smaller;
        return true;
    }

    /// <inheritdoc/>
    public void OnTrade(in MarketTrade trade, List<RestingFill> fills)
    {
        var cause = new FillCause(CauseKind.Trade, trade.Id, trade.Price, trade.TimeMs);
        Fill(Side.Buy, cause, fills);
        Fill(Side.Sell, cause, fills);
    }

    /// <inheritdoc/>
    public void OnTop(in BookTop top, List<RestingFill> fills)
    {
        if (Reaches(Side.Buy, top.Ask) && !offered.IsSpent(Side.Buy, new BookLevel(top.Ask, top.AskQuantity)))
            Fill(Side.Buy, new FillCause(CauseKind.Quote, top.UpdateId, top.Ask, top.TimeMs), fills);
        if (Reaches(Side.Sell, top.Bid) && !offered.IsSpent(Side.Sell, new BookLevel(top.Bid, top.BidQuantity)))
            Fill(Side.Sell, new FillCause(CauseKind.Quote, top.UpdateId, top.Bid, top.TimeMs), fills);
    }

    /// <inheritdoc/>
    public void OnDepth(Depth depth, List<RestingFill> fills, bool late = false)
    {
        if (late || !book.Ready) return;
        // The best level displayed is never worse than the best one offered: a cheap no.
        if (book.AskCount > 0 && Reaches(Side.Buy, book.Ask(0).Price)) FromBook(Side.Buy, fills);
        if (book.BidCount > 0 && Reaches(Side.Sell, book.Bid(0).Price)) FromBook(Side.Sell, fills);
    }

    /// <summary>Takes every order out, oldest first.</summary>
    internal List<RestingOrder> TakeAll()
    {
        var all = _byId.Values.OrderBy(entry => entry.Age).Select(entry => entry.Order).ToList();
        _byId.Clear();
        _buys.Clear();
        _sells.Clear();
        Refresh();
        return all;
    }

    private static Comparer<Entry> BestFirst(bool highest) => Comparer<Entry>.Create((left, right) =>
    {
        var (a, b) = (left.Order.Limit, right.Order.Limit);
        var price = highest ? b.CompareTo(a) : a.CompareTo(b);
        return price != 0 ? price : left.Age.CompareTo(right.Age);
    });

    private void FromBook(Side side, List<RestingFill> fills)
    {
        if (offered.Best(side) is { } best)
            Fill(side, new FillCause(CauseKind.Quote, book.UpdateId, best.Price, book.TimeMs), fills);
    }

    private void Fill(Side side, in FillCause cause, List<RestingFill> fills)
    {
        while (Reaches(side, cause.Price))
        {
            var order = Orders(side).Min.Order;
            fills.Add(new RestingFill(order.Id, order.Limit, order.Left, 0m, cause));
            _ = Remove(order.Id);
        }
    }

    private bool Reaches(Side side, Price price) => side == Side.Buy
        ? price.Value < HighestBuy || (touch && price.Value == HighestBuy)
        : price.Value > LowestSell || (touch && price.Value == LowestSell);

    private SortedSet<Entry> Orders(Side side) => side == Side.Buy ? _buys : _sells;

    private void Refresh()
    {
        HighestBuy = _buys.Count > 0 ? _buys.Min.Order.Limit.Value : 0m;
        LowestSell = _sells.Count > 0 ? _sells.Min.Order.Limit.Value : decimal.MaxValue;
    }

    private readonly record struct Entry(RestingOrder Order, long Age);
}
