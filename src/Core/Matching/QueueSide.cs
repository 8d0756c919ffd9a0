using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>The levels of one side that orders of ours stand at, best price first.</summary>
internal sealed class QueueSide(Side side)
{
    private readonly SortedDictionary<Price, QueueLevel> _levels = new(
        Comparer<Price>.Create((left, right) => side == Side.Buy ? right.CompareTo(left) : left.CompareTo(right)));

    private readonly List<QueueLevel> _emptied = [];
    private Price? _sweptTo;

    public Side Side => side;

    /// <summary>The best limit here; null without orders.</summary>
    public Price? Best { get; private set; }

    public IEnumerable<QueueLevel> Levels => _levels.Values;

    public QueueLevel? Find(Price price) => _levels.Count > 0 ? _levels.GetValueOrDefault(price) : null;

    public void Add(in RestingOrder order, OrderBook book)
    {
        if (!_levels.TryGetValue(order.Limit, out var level))
        {
            level = new QueueLevel(order.Limit, book.SizeAt(side, order.Limit)?.Value);
            _levels.Add(order.Limit, level);
            if (Best is not { } best || Better(order.Limit, best)) Best = order.Limit;
        }

        level.Orders.Add(new QueuedOrder(order.Id, order.Left, level.Displayed));
        _sweptTo = null;
    }

    public void Remove(Price limit, long id)
    {
        var level = _levels[limit];
        _ = level.Orders.RemoveAll(order => order.Id == id);
        if (level.Orders.Count > 0) return;
        _ = _levels.Remove(limit);
        Refresh();
    }

    /// <summary>A trade: what it has left goes to orders beyond its price first, then to those at it.</summary>
    public void Fill(in MarketTrade trade, ref decimal rest, decimal step, List<RestingFill> fills)
    {
        if (Best is not { } best || Better(trade.Price, best)) return;
        var cause = new FillCause(CauseKind.Trade, trade.Id, trade.Price, trade.TimeMs);
        // Below the deepest sweep since the last new order there is nobody ahead any more, so that a long row of orders is walked only for fills.
        var deeper = _sweptTo is not { } swept || Better(swept, trade.Price);
        foreach (var level in _levels.Values)
        {
            if (!Better(level.Price, trade.Price) || (!deeper && rest < step)) break;
            if (deeper) level.Sweep();
            level.FillBeyond(ref rest, step, cause, fills);
            if (level.Orders.Count == 0) _emptied.Add(level);
        }

        if (deeper) _sweptTo = trade.Price;
        if (_levels.TryGetValue(trade.Price, out var reached))
        {
            reached.FillAt(trade.Quantity.Value, ref rest, step, cause, fills);
            if (reached.Orders.Count == 0) _emptied.Add(reached);
        }

        DropEmptied();
    }

    /// <summary>Orders at or beyond the best opposite level take what is displayed there, as takers would.</summary>
    public void Cross(OrderBook book, OfferedBook offered, decimal step, List<RestingFill> fills)
    {
        var opposite = side == Side.Buy ? book.AskCount : book.BidCount;
        if (Best is not { } best || opposite == 0 || Better(side == Side.Buy ? book.Ask(0).Price : book.Bid(0).Price, best)) return;
        foreach (var level in _levels.Values)
        {
            var served = true;
            foreach (var order in level.Orders)
            {
                var wish = new TakeWish { Side = side, Step = step, Base = order.Left, Limit = level.Price };
                var walked = BookWalk.Take(offered.Levels(side), wish);
                offered.Took(side, walked.Taken);
                foreach (var share in walked.Taken)
                {
                    order.Left -= share.Quantity.Value;
                    var cause = new FillCause(CauseKind.Quote, book.UpdateId, share.Price, book.TimeMs);
                    fills.Add(new RestingFill(order.Id, level.Price, share.Quantity.Value, order.Left, cause));
                }

                served = order.Left == 0m;
                if (!served) break;
            }

            _ = level.Orders.RemoveAll(order => order.Left == 0m);
            if (level.Orders.Count == 0) _emptied.Add(level);
            if (!served) break;
        }

        DropEmptied();
    }

    private void DropEmptied()
    {
        if (_emptied.Count == 0) return;
        foreach (var level in _emptied) _ = _levels.Remove(level.Price);
        _emptied.Clear();
        Refresh();
    }

    private void Refresh()
    {
        Best = null;
        foreach (var price in _levels.Keys)
        {
            Best = price;
            break;
        }
    }

    private bool Better(Price left, Price right) => side == Side.Buy ? left > right : left < right;
}
