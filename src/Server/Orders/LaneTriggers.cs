using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Triggers;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>One pair's conditional orders: the trigger book, fitted to the prices that come, and the extremes of trailing stops on their way to the database.</summary>
internal sealed class LaneTriggers(SymbolLane lane, OrderMailbox mailbox)
{
    /// <summary>Extremes told at once, and how often.</summary>
    private const int MovedAtOnce = 512;
    private const long TellEveryMs = 1_000;

    private readonly Dictionary<long, WorkingOrder> _armed = [];
    private readonly List<Fired> _fired = [];
    private readonly List<MovedExtreme> _moved = [];
    private TriggerBook _book = new(Decimals.PlacesOf(lane.Instrument.TickSize));
    private int _places = Decimals.PlacesOf(lane.Instrument.TickSize);
    private long _toldMs;

    public int Count => _armed.Count;

    public void Add(WorkingOrder order)
    {
        if (!_armed.TryAdd(order.Id, order)) return;
        var (terms, extreme) = (order.Terms, order.Extreme ?? lane.LastTrade?.Price);
        foreach (var price in new[] { extreme, Known(terms.TriggerPrice), Known(terms.ActivationPrice) })
        {
            if (price is { } known) Fit(known, without: order.Id);
        }

        Enter(order, order.Extreme ?? (terms.ActivationPrice is null ? extreme : null));
    }

    public void Remove(long id)
    {
        if (_armed.Remove(id)) _ = _book.Remove(id);
    }

    /// <summary>Ids of the orders a trade fires, in the book's order; they have left it.</summary>
    public IReadOnlyList<long> OnTrade(in MarketTrade trade)
    {
        Fit(trade.Price, without: null);
        _fired.Clear();
        _book.OnTrade(trade.Price, _fired);
        if (_fired.Count == 0) return [];
        var ids = _fired.ConvertAll(fired => fired.Id);
        foreach (var id in ids) _ = _armed.Remove(id);
        return ids;
    }

    /// <summary>Tells extremes that moved, so that a restart goes on from them.</summary>
    public void OnPulse(long nowMs, IReadOnlyDictionary<long, WorkingOrder> working)
    {
        if (_armed.Count == 0 || nowMs - _toldMs < TellEveryMs) return;
        _toldMs = nowMs;
        _moved.Clear();
        _ = _book.TakeMoved(MovedAtOnce, _moved);
        foreach (var (id, extreme) in _moved)
        {
            if (working.TryGetValue(id, out var order)) mailbox.Moved(new MovedOrder(id, order.Revision, extreme.Value));
        }
    }

    private static Price? Known(decimal? price) => price is { } known ? new Price(known) : null;

    private void Enter(WorkingOrder order, Price? extreme)
    {
        var terms = order.Terms;
        if (terms.FiresOnRise is { } rise)
        {
            _book.AddTrigger(order.Id, rise ? TriggerDirection.Up : TriggerDirection.Down, new Price(terms.TriggerPrice!.Value));
            return;
        }

        var direction = terms.Side == Side.Sell ? TriggerDirection.Down : TriggerDirection.Up;
        if (extreme is null && Known(terms.ActivationPrice) is { } activation) _book.AddWaiting(order.Id, direction, terms.TrailingDelta!.Value, activation);
        else _book.AddTrailing(order.Id, direction, terms.TrailingDelta!.Value, extreme);
    }

    /// <summary>A pair whose prices have become finer gets a book that holds them exactly, with every order as it stood.</summary>
    private void Fit(Price price, long? without)
    {
        if (_book.Fits(price)) return;
        var before = _book;
        _places = Math.Max(_places + 1, Decimals.PlacesOf(price.Value));
        _book = new TriggerBook(_places);
        foreach (var (id, order) in _armed)
        {
            if (id != without) Enter(order, before.ExtremeOf(id));
        }
    }
}
