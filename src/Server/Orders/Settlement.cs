using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Wallets;

namespace Lastro.Server.Orders;

/// <summary>A fill about to be written, with the order as it stands after it.</summary>
internal sealed record NewFill(OrderRow Order, DecidedFill Fill, int Number, decimal QuoteQuantity, decimal Fee, DateTimeOffset Time);

/// <summary>Applies decisions and endings to orders in memory, with the journals that go with them: pure, so that it can be tried without a database.</summary>
/// <param name="fees">The schedule.</param>
/// <param name="instrument">The grid of a pair.</param>
/// <param name="rows">Every order a decision may touch, lists whole, as the database has them.</param>
/// <param name="funds">What the accounts of orders that hold when they fire can spend.</param>
internal sealed class Settlement(FeeRates fees, Func<string, Instrument> instrument, IReadOnlyCollection<OrderRow> rows, Funds funds)
{
    private readonly Dictionary<long, OrderRow> _rows = rows.ToDictionary(row => row.Id);
    private readonly ILookup<long, long> _lists = rows.Where(row => row.ListId is not null).ToLookup(row => row.ListId!.Value, row => row.Id);
    private readonly HashSet<long> _changed = [];
    private readonly Dictionary<long, OrderRow> _before = [];
    private readonly List<NewFill> _fills = [];
    private readonly List<Journal> _journals = [];

    /// <summary>What the wire calls the cancel, where orders are ended by one.</summary>
    public string? CancelId { get; init; }

    public IReadOnlyList<NewFill> Fills => _fills;

    /// <summary>An order as it stands now; null when it is not one of these.</summary>
    public OrderRow? Row(long id) => _rows.GetValueOrDefault(id);

    /// <summary>All of them, as they stand now.</summary>
    public IReadOnlyCollection<OrderRow> Rows => _rows.Values;

    /// <summary>An order as it stood at the beginning.</summary>
    public OrderRow Before(long id) => _before.GetValueOrDefault(id) ?? _rows[id];

    /// <summary>Orders that changed, as they stand now.</summary>
    public IReadOnlyCollection<OrderRow> Changed => [.. _changed.Select(id => _rows[id])];

    /// <summary>Applies one decision. False when it no longer counts: the order has ended, was amended, or has had these fills.</summary>
    public bool Apply(Decision decision)
    {
        var order = _rows[decision.OrderId];
        if (!order.IsOpen || order.Revision != decision.Revision || order.Fills > decision.FillsBefore) return false;
        if (order.Fills < decision.FillsBefore)
            throw new InvalidOperationException($"Order {order.Id} has {order.Fills} fills; a decision comes on top of {decision.FillsBefore}.");

        var time = DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs);
        if (decision.FiredBy is { } cause)
        {
            if (order.Status != OrderStatus.Waiting) return false;
            return Fire(order, cause, time);
        }

        // Fired and refused the money: what the lane went on to decide is about nothing.
        if (order.Status is OrderStatus.Waiting && decision.End is not (OrderEvent.Expire or OrderEvent.Reject)) return false;
        if (decision.Works)
        {
            // Told twice, when the first commit's outcome was not known.
            if (order.Status != OrderStatus.Triggered) return false;
            _ = Keep(Change(order, OrderEvent.Work, time));
        }

        for (var index = 0; index < decision.Fills.Count; index++)
            Fill(_rows[order.Id], decision.Fills[index], last: decision.End == OrderEvent.FillLast && index == decision.Fills.Count - 1, time);
        if (decision.End is { } end and not OrderEvent.FillLast) End(_rows[order.Id], end, decision.Reason, time);
        if (decision.End is not null) CloseList(_rows[order.Id], time);
        return true;
    }

    /// <summary>Ends an order for its owner, and with it what belongs to it. False when it has ended before.</summary>
    public bool Cancel(long id, DateTimeOffset time)
    {
        var order = _rows[id];
        if (!order.IsOpen) return false;
        End(order, OrderEvent.Cancel, null, time);
        CloseList(_rows[id], time);
        Renew(order);
        return true;
    }

    /// <summary>Pauses, resumes, or changes terms: whatever leaves the order open.</summary>
    public OrderRow? Move(long id, OrderEvent happened, DateTimeOffset time)
    {
        if (OrderStates.Next(_rows[id].Status, happened) is null) return null;
        Renew(_rows[id]);
        return Keep(Change(_rows[id], happened, time) with { Revision = _rows[id].Revision + 1 });
    }

    /// <summary>
    /// Replaces an order's row by one with other terms, and its hold by what they need. False, and nothing changes, without the money.
    /// Of a list's exits the target keeps the money of both, so theirs can only become more.
    /// </summary>
    public bool Amend(OrderRow amended, Money need, DateTimeOffset time)
    {
        var row = amended with { Revision = amended.Revision + 1, UpdatedAt = Later(amended, time) };
        var carrier = amended.Leg == OrderLeg.Stop && Leg(amended, OrderLeg.Target) is { IsOpen: true } target ? target : _rows[amended.Id];
        var wanted = amended.Leg is OrderLeg.Target or OrderLeg.Stop ? Math.Max(carrier.Held, need.Amount) : need.Amount;
        var more = wanted - carrier.Held;
        var money = new Money(Math.Abs(more), need.Asset);
        if (more > 0m && !funds.TryTake(amended.AccountId, money)) return false;
        if (more < 0m) funds.Add(amended.AccountId, money);
        _ = Keep(row);
        Renew(row);
        carrier = _rows[carrier.Id];
        _ = Keep(carrier with { Held = wanted, HoldAmount = carrier.HoldAmount + more });
        var key = $"amend:{row.Id}:{row.Revision}";
        if (more > 0m) _journals.Add(Journals.Hold(carrier.Id, row.AccountId, money, time, key));
        else if (more < 0m) _journals.Add(Journals.Release(carrier.Id, row.AccountId, money, time, key));
        return true;
    }

    /// <summary>A failed order is tried again. False without the money.</summary>
    public bool Retry(OrderRow failed, Money need, DateTimeOffset time)
    {
        if (!funds.TryTake(failed.AccountId, need)) return false;
        var row = Change(failed, OrderEvent.Retry, time) with { Reason = null, Revision = failed.Revision + 1 };
        Hold(row, need, time, $"hold:{row.Id}");
        return true;
    }

    /// <summary>The journals of all that was applied; the ids are those of the fills' rows, in order.</summary>
    public IReadOnlyList<Journal> AllJournals(IReadOnlyList<long> fillIds) =>
        [.. _fills.Select((fill, index) => Journals.Fill(fill.Order.Id, fill.Number, fillIds[index], EntryOf(fill), fill.Time)), .. _journals];

    private static FillEntry EntryOf(NewFill fill) => new()
    {
        Account = fill.Order.AccountId,
        Side = fill.Order.Side,
        Base = new Money(fill.Fill.Quantity.Value, new Asset(fill.Order.Base)),
        Quote = new Money(fill.QuoteQuantity, new Asset(fill.Order.Quote)),
        Fee = new Money(fill.Fee, fill.Order.Received),
    };

    private bool Fire(OrderRow order, in Core.Matching.FillCause cause, DateTimeOffset time)
    {
        var fired = order with { FiredBy = FillRow.Stored(cause), FiredAt = time.UtcDateTime };
        if (order is { Leg: OrderLeg.Stop } && Leg(order, OrderLeg.Target) is { IsOpen: true } target)
        {
            // The target carries the money of both: it passes on to the stop.
            var carried = new Money(target.Held, new Asset(target.HoldAsset));
            _ = Keep(target with { Held = 0m });
            _journals.Add(Journals.Release(target.Id, target.AccountId, carried, time, $"move:{target.Id}"));
            Hold(Change(fired, OrderEvent.Fire, time), carried, time, $"hold:{order.Id}");
        }
        else if (order.Held > 0m)
        {
            _ = Keep(Change(fired, OrderEvent.Fire, time));
        }
        else
        {
            var terms = order.Terms;
            var need = Holds.Fixed(terms with { TriggerPrice = null }, instrument(order.Symbol));

            // A time that comes before any trade has no price to reckon with.
            if (need is null && cause.Price.Value > 0m) need = Holds.AtPrice(terms, cause.Price.Value, instrument(order.Symbol));
            if (need is { } money && funds.TryTake(order.AccountId, money)) Hold(Change(fired, OrderEvent.Fire, time), money, time, $"hold:{order.Id}");
            else _ = Keep(Change(fired, OrderEvent.Fail, time) with { Reason = need is null ? "no_price" : "insufficient_funds" });
        }

        EndOthers(_rows[order.Id], time);
        return true;
    }

    private void Fill(OrderRow order, in DecidedFill fill, bool last, DateTimeOffset time)
    {
        var quantity = fill.Quantity.Value;
        var quote = Exact.Multiply(fill.Price.Value, quantity);
        var buys = order.Side == Side.Buy;
        var fee = fees.On(buys ? quantity : quote, fill.Maker);
        var after = Change(order, OrderEvent.Fill, time) with
        {
            Held = order.Held - (buys ? quote : quantity),
            FilledQuantity = order.FilledQuantity + quantity,
            FilledQuote = order.FilledQuote + quote,
            Fee = order.Fee + fee,
            Fills = order.Fills + 1,
        };
        if (after.Held < 0m) throw new InvalidOperationException($"Order {order.Id} would pay {-after.Held} more than it holds.");
        funds.Add(order.AccountId, new Money((buys ? quantity : quote) - fee, order.Received));
        _fills.Add(new NewFill(after, fill, after.Fills, quote, fee, time));
        _ = Keep(after);
        if (last) End(after, OrderEvent.FillLast, null, time);
        if (order.Leg == OrderLeg.Entry) GrowExits(_rows[order.Id], time);
        else EndOthers(_rows[order.Id], time);
    }

    private void End(OrderRow order, OrderEvent how, string? reason, DateTimeOffset time)
    {
        if (order.Held > 0m)
        {
            var left = new Money(order.Held, new Asset(order.HoldAsset));
            funds.Add(order.AccountId, left);
            _journals.Add(Journals.Release(order.Id, order.AccountId, left, time));
        }

        _ = Keep(Change(order, how, time) with { Reason = reason, Held = 0m, CancelId = how == OrderEvent.Cancel ? CancelId : null });
    }

    /// <summary>An exit's end ends the whole list; an entry's only what has nothing to get out of.</summary>
    private void CloseList(OrderRow ended, DateTimeOffset time)
    {
        if (ended.Leg is OrderLeg.Target or OrderLeg.Stop || (ended.Leg == OrderLeg.Entry && ExitQuantity(ended) == 0m)) EndAll(ended, time);
    }

    /// <summary>An exit that was filled or fired ends the others.</summary>
    private void EndOthers(OrderRow acting, DateTimeOffset time)
    {
        if (acting.Leg is OrderLeg.Target or OrderLeg.Stop) EndAll(acting, time);
    }

    private void EndAll(OrderRow but, DateTimeOffset time)
    {
        var acted = but.Leg is not OrderLeg.Entry && (but.Fills > 0 || but.FiredAt is not null || but.Status == OrderStatus.Expired);
        foreach (var other in _lists[but.ListId!.Value].Where(id => id != but.Id).Select(id => _rows[id]).Where(row => row.IsOpen).ToList())
            End(other with { SiblingActed = acted }, OrderEvent.Cancel, "sibling", time);
    }

    private void GrowExits(OrderRow entry, DateTimeOffset time)
    {
        if (Leg(entry, OrderLeg.Target) is not { IsOpen: true } target || Leg(entry, OrderLeg.Stop) is not { IsOpen: true } stop) return;

        // All that came in, also what is less than a step: spent elsewhere it would be missing when the next fill makes it a whole one.
        var more = new Money(entry.FilledQuantity - entry.Fee - target.Held, new Asset(entry.Base));
        if (more.Amount > 0m)
        {
            funds.Add(entry.AccountId, more with { Amount = -more.Amount });
            Hold(target with { UpdatedAt = Later(target, time) }, more, time, $"hold:{target.Id}:{entry.Fills}");
        }

        var quantity = ExitQuantity(entry);
        if (quantity <= (target.Quantity ?? 0m)) return;
        target = _rows[target.Id];
        _ = Keep((target.Status == OrderStatus.Waiting ? Change(target, OrderEvent.Work, time) : target) with { Quantity = quantity });
        _ = Keep(stop with { Quantity = quantity, UpdatedAt = Later(stop, time) });
    }

    /// <summary>
    /// What an owner does to one order of a list makes what a lane has decided on the others void: it may rest on a fill that no longer counts.
    /// The lane takes them all as they now are.
    /// </summary>
    private void Renew(OrderRow changed)
    {
        if (changed.ListId is not { } list) return;
        foreach (var other in _lists[list].Where(id => id != changed.Id).Select(id => _rows[id]).Where(row => row.IsOpen).ToList())
            _ = Keep(other with { Revision = other.Revision + 1 });
    }

    private void Hold(OrderRow order, Money amount, DateTimeOffset time, string key)
    {
        _ = Keep(order with { HoldAsset = amount.Asset.Code, HoldAmount = order.HoldAmount + amount.Amount, Held = order.Held + amount.Amount });
        _journals.Add(Journals.Hold(order.Id, order.AccountId, amount, time, key));
    }

    private decimal ExitQuantity(OrderRow entry) => OrderLists.ExitQuantity(entry.Side, entry.FilledQuantity, entry.Fee, instrument(entry.Symbol).StepSize);

    private OrderRow? Leg(OrderRow order, OrderLeg leg) => _lists[order.ListId!.Value].Select(id => _rows[id]).FirstOrDefault(row => row.Leg == leg);

    private OrderRow Change(OrderRow order, OrderEvent happened, DateTimeOffset time)
    {
        var next = OrderStates.Next(order.Status, happened)
            ?? throw new InvalidOperationException($"Order {order.Id} is {order.StatusWord}: {happened} cannot happen to it.");
        return order with { StatusWord = OrderWords.Of(next), UpdatedAt = Later(order, time) };
    }

    private static DateTime Later(OrderRow order, DateTimeOffset time) => time.UtcDateTime > order.UpdatedAt ? time.UtcDateTime : order.UpdatedAt;

    private OrderRow Keep(OrderRow order)
    {
        if (_changed.Add(order.Id)) _before.Add(order.Id, _rows[order.Id]);
        return _rows[order.Id] = order;
    }
}
