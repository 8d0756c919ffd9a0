using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>
/// <see cref="FillModel.Queue"/> and <see cref="FillModel.Book"/>: an order stands behind the size displayed at its price and is filled by trades;
/// over all orders here one trade fills at most its quantity, best price first, then age. Where there is no book an order fills by
/// <see cref="FillModel.Through"/> until one comes, and then takes its place behind what that shows.
/// </summary>
public sealed class QueueModel : IFillModel
{
    private readonly OrderBook _book;
    private readonly OfferedBook _offered;
    private readonly Func<decimal> _step;
    private readonly bool _crosses;
    private readonly PriceModel _bookless;
    private readonly QueueSide _buys = new(Side.Buy);
    private readonly QueueSide _sells = new(Side.Sell);
    private readonly Dictionary<long, (Side Side, Price Limit)> _placed = [];

    /// <param name="crosses">True for <see cref="FillModel.Book"/>: crossing quotes fill too.</param>
    /// <param name="book">The local book.</param>
    /// <param name="offered">What is left of it for our orders; told of what crossing orders take.</param>
    /// <param name="step">The pair's quantity step, asked at each event that fills.</param>
    public QueueModel(bool crosses, OrderBook book, OfferedBook offered, Func<decimal> step)
    {
        (_crosses, _book, _offered, _step) = (crosses, book, offered, step);
        _bookless = new PriceModel(touch: false, book, offered);
    }

    /// <inheritdoc/>
    public int Count => _placed.Count + _bookless.Count;

    /// <inheritdoc/>
    public decimal HighestBuy => Math.Max(_buys.Best?.Value ?? 0m, _bookless.HighestBuy);

    /// <inheritdoc/>
    public decimal LowestSell => Math.Min(_sells.Best?.Value ?? decimal.MaxValue, _bookless.LowestSell);

    /// <inheritdoc/>
    public void Add(in RestingOrder order)
    {
        if (_book.Ready) Place(order);
        else if (_placed.ContainsKey(order.Id)) throw new ArgumentException($"Order {order.Id} is here already.", nameof(order));
        else _bookless.Add(order);
    }

    /// <inheritdoc/>
    public bool Remove(long id)
    {
        if (!_placed.Remove(id, out var place)) return _bookless.Remove(id);
        Of(place.Side).Remove(place.Limit, id);
        return true;
    }

    /// <inheritdoc/>
    public bool Reduce(long id, decimal left)
    {
        if (!_placed.TryGetValue(id, out var place)) return _bookless.Reduce(id, left);
        var order = Of(place.Side).Find(place.Limit)!.Orders.Find(order => order.Id == id)!;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(left);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(left, order.Left);
        order.Left = left;
        return true;
    }

    /// <inheritdoc/>
    public void OnTrade(in MarketTrade trade, List<RestingFill> fills)
    {
        if (_placed.Count > 0)
        {
            var (rest, first) = (trade.Quantity.Value, fills.Count);
            // Its maker's side is the one the trade came to.
            var hit = trade.BuyerIsMaker ? _buys : _sells;
            hit.Fill(trade, ref rest, _step(), fills);
            (hit == _buys ? _sells : _buys).Fill(trade, ref rest, _step(), fills);
            Forget(fills, first);
        }

        if (_bookless.Count > 0) _bookless.OnTrade(trade, fills);
    }

    /// <inheritdoc/>
    public void OnTop(in BookTop top, List<RestingFill> fills)
    {
        // Placed orders wait for trades; Book's quotes are those of the depth, whose sizes are accounted for.
        if (_bookless.Count > 0) _bookless.OnTop(top, fills);
    }

    /// <inheritdoc/>
    public void OnDepth(Depth depth, List<RestingFill> fills, bool late = false)
    {
        if (!_book.Ready) return;
        if (depth.Snapshot)
        {
            foreach (var level in _buys.Levels) level.Show(_book.SizeAt(Side.Buy, level.Price)?.Value, depth.TimeMs);
            foreach (var level in _sells.Levels) level.Show(_book.SizeAt(Side.Sell, level.Price)?.Value, depth.TimeMs);
        }
        else
        {
            Show(_buys, depth.Bids, depth.TimeMs);
            Show(_sells, depth.Asks, depth.TimeMs);
        }

        if (_bookless.Count > 0) _bookless.TakeAll().ForEach(order => Place(order));
        if (late || !_crosses) return;
        var first = fills.Count;
        _buys.Cross(_book, _offered, _step(), fills);
        _sells.Cross(_book, _offered, _step(), fills);
        Forget(fills, first);
    }

    private static void Show(QueueSide side, IReadOnlyList<BookLevel> levels, long timeMs)
    {
        if (side.Best is null) return;
        for (var index = 0; index < levels.Count; index++) side.Find(levels[index].Price)?.Show(levels[index].Quantity.Value, timeMs);
    }

    private void Place(in RestingOrder order)
    {
        _placed.Add(order.Id, (order.Side, order.Limit));
        Of(order.Side).Add(order, _book);
    }

    private void Forget(List<RestingFill> fills, int first)
    {
        for (var index = first; index < fills.Count; index++)
        {
            if (fills[index].Left == 0m) _ = _placed.Remove(fills[index].Id);
        }
    }

    private QueueSide Of(Side side) => side == Side.Buy ? _buys : _sells;
}
