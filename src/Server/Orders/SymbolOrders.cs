using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>
/// One pair's open orders, on the lane's thread only. A cache: what is decided here counts when <see cref="OrderLoop"/> has committed it.
/// At each event: what has become due acts, then the event fills what rests, then it fires what waits for a trade.
/// </summary>
internal sealed class SymbolOrders : ISymbolStage
{
    /// <summary>Pulses a market order left from before a restart waits for a book before it takes the last price instead.</summary>
    private const int BookGracePulses = 30;

    private readonly SymbolLane _lane;
    private readonly FillModel _usual;
    private readonly TakerDesk _desk;
    private readonly RestingDesk _resting;
    private readonly LaneTriggers _triggers;
    private readonly LaneTimers _timers = new();
    private readonly LaneLists _lists;
    private readonly DecisionDesk _decisions;
    private readonly Dictionary<long, WorkingOrder> _working = [];
    private readonly List<WorkingOrder> _waiting = [];
    private readonly Sleepers _asleep = new();
    private readonly List<RestingFill> _fills = [];
    private List<WorkingOrder> _next = [];
    private List<WorkingOrder> _acting = [];
    private int _grace;
    private int _count;

    public SymbolOrders(SymbolLane lane, OrdersOptions options, OrderMailbox mailbox)
    {
        (_lane, _usual) = (lane, options.FillModel);
        _desk = new TakerDesk(lane, options.SlippageBps / Holds.WholeBps);
        _resting = new RestingDesk(lane.Book, _desk.Offered, () => lane.Instrument.StepSize);
        _triggers = new LaneTriggers(lane, mailbox);
        _lists = new LaneLists(lane, Drop, Grown);
        _decisions = new DecisionDesk(lane, options.Fees, mailbox.TryHand);
    }

    /// <summary>Orders known here. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>True when every decision so far has been handed over.</summary>
    public bool AllSent => _decisions.AllSent;

    /// <summary>A newly accepted order, or one whose terms or state its owner has changed: it begins as its state says. One already here in this revision is left alone.</summary>
    public void Arrive(WorkingOrder order)
    {
        _asleep.Remove(order.Id);
        if (_working.TryGetValue(order.Id, out var known))
        {
            if (known.Revision >= order.Revision && known.Status == order.Status) return;
            if (Keeps(known, order)) return;
            Withdraw(order.Id);
        }

        Enter(order);
        if (order.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled)) Begin(order);
        else if (order.LatencyMs > 0) _timers.Set(LaneTimer.Act, order, _lane.NowMs + order.LatencyMs);
        else Act(order);
    }

    /// <summary>An order from before a restart, that has seen events up to a market time.</summary>
    public void Recover(WorkingOrder order, long seenMs)
    {
        _asleep.Add(order, seenMs);
        Volatile.Write(ref _count, _working.Count + _asleep.Count);
    }

    /// <summary>A limit order has had its look at the book, so it rests; a market order waits for prices.</summary>
    private void GoOn(WorkingOrder order)
    {
        if (_working.ContainsKey(order.Id)) return;
        Enter(order);
        if (order.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled)) Begin(order);
        else if (order.Terms.IsLimit && order.Terms.TimeInForce is TimeInForce.Gtc or TimeInForce.Gtd) Rest(order);
        else Wait(order);
    }

    /// <summary>An order that has fired and now has its money: it acts from the next event on.</summary>
    public void Funded(WorkingOrder order)
    {
        if (!_working.TryGetValue(order.Id, out var known) || known.Revision != order.Revision) return;
        Forget(known);
        Enter(order);
        Later(order);
    }

    /// <summary>Forgets an order that has ended.</summary>
    public void Withdraw(long id)
    {
        if (_working.TryGetValue(id, out var order)) Drop(order);
        else _asleep.Remove(id);
    }

    /// <summary>Is the order still here, and how often was it filled?</summary>
    public (bool Here, int Fills) Decided(long id) => _working.TryGetValue(id, out var order) ? (true, order.Fills) : (false, 0);

    /// <summary>What an order with these terms meets now, without doing anything.</summary>
    public Sight Look(OrderTerms terms) => new(_lane.LastTrade?.Price, terms.Type == OrderType.Market ? _desk.Estimate(terms) : null, _desk.WouldTake(terms));

    public void OnTrade(in MarketTrade trade)
    {
        if (_asleep.Count > 0) _asleep.WakeForTrade(trade.TimeMs).ForEach(GoOn);
        ActDue();
        if (_resting.Count > 0)
        {
            _resting.OnTrade(trade, _fills);
            if (_fills.Count > 0) FillResting();
        }

        if (_triggers.Count > 0)
        {
            foreach (var id in _triggers.OnTrade(trade))
            {
                if (_working.TryGetValue(id, out var order)) Fire(order, new FillCause(CauseKind.Trade, trade.Id, trade.Price, trade.TimeMs));
            }
        }

        Retry(bookExpected: true);
    }

    public void OnTop(in BookTop top)
    {
        ActDue();
        if (_resting.Count > 0 && !(_lane.Book.Ready && top.UpdateId < _lane.Book.UpdateId))
        {
            _resting.OnTop(top, _fills);
            if (_fills.Count > 0) FillResting();
        }

        Retry(bookExpected: true);
    }

    public void OnDepth(Depth depth)
    {
        _desk.Offered.OnDepth(depth);
        ActDue();
        if (_resting.Count > 0)
        {
            _resting.OnDepth(depth, _fills, late: _lane.Top?.UpdateId > _lane.Book.UpdateId);
            if (_fills.Count > 0) FillResting();
        }

        Retry(bookExpected: false);
    }

    public void OnBookLost() => _grace = BookGracePulses;

    public void OnPulse(long nowMs)
    {
        if (_grace > 0) _grace--;
        if (_asleep.Count > 0) _asleep.WakeByTime(nowMs).ForEach(GoOn);

        // Only what waits for a time: what has fired waits for an event, else a recorded day would fill by the clock on the wall.
        RunTimers();
        _triggers.OnPulse(nowMs, _working);
        _timers.Prune(_working);
        Retry(bookExpected: _grace > 0);
    }

    /// <summary>True when only the quantity went down, or nothing but the revision changed: a resting order then keeps its place.</summary>
    private bool Keeps(WorkingOrder known, WorkingOrder order)
    {
        var same = known.Terms with { Quantity = order.Terms.Quantity } == order.Terms;
        if (!same || order.Quantity is not { } left || !(left == known.Quantity ? _resting.Has(order.Id) : left < known.Quantity && _resting.Reduce(order.Id, left))) return false;
        Forget(known);
        Enter(order);
        return true;
    }

    /// <summary>Puts a waiting, paused or fired order where it belongs.</summary>
    private void Begin(WorkingOrder order)
    {
        if (order.Status == OrderStatus.Triggered) Later(order);
        else if (order.Status == OrderStatus.Waiting && !order.IsDormant) Arm(order);
    }

    private void Arm(WorkingOrder order)
    {
        if (order.Terms.StartAt?.ToUnixTimeMilliseconds() is { } start && start > _lane.NowMs) _timers.Set(LaneTimer.Start, order, start);
        else if (order.Terms.IsConditional) _triggers.Add(order);
        else Fire(order, new FillCause(CauseKind.Time, 0, _lane.LastTrade?.Price ?? default, _lane.NowMs));
    }

    private void Fire(WorkingOrder order, in FillCause cause)
    {
        order.Status = OrderStatus.Triggered;
        _decisions.Fired(order, cause);
        _lists.Acted(order);

        // One whose money is looked for now comes back as triggered or not at all.
        if (order.Terms.HoldWhen == HoldWhen.Placed) Later(order);
    }

    /// <summary>It acts from the next event on.</summary>
    private void Later(WorkingOrder order)
    {
        if (order.LatencyMs > 0) _timers.Set(LaneTimer.Act, order, _lane.NowMs + order.LatencyMs);
        else _next.Add(order);
    }

    /// <summary>At a market event: what fired before it acts, then what is due by now.</summary>
    private void ActDue()
    {
        if (_next.Count > 0)
        {
            (_next, _acting) = (_acting, _next);
            foreach (var order in _acting)
            {
                if (!IsHere(order)) continue;
                if (order.Status == OrderStatus.Waiting) Arm(order);
                else Act(order);
            }

            _acting.Clear();
        }

        RunTimers();
    }

    private void RunTimers()
    {
        while (_timers.TryTake(_lane.NowMs, out var due))
        {
            if (!_working.TryGetValue(due.Order, out var order) || order.Revision != due.Revision) continue;
            if (due.Kind == LaneTimer.Expire) End(order, new TakeResult([], OrderEvent.Expire, "expired"));
            else if (due.Kind == LaneTimer.Act) Act(order);
            else if (order.Status == OrderStatus.Waiting) Arm(order);
        }
    }

    private void Act(WorkingOrder order)
    {
        if (!order.Terms.IsLimit || order.Terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok)
        {
            if (!TakeNow(order)) Wait(order);
            return;
        }

        if (_lane.Gate == MarketGate.Tradable)
        {
            if (order.Terms.PostOnly && _desk.WouldTake(order.Terms))
            {
                End(order, new TakeResult([], OrderEvent.Reject, "would_take"));
                return;
            }

            if (_desk.Take(order) is { } taken && taken.Fills.Count > 0)
            {
                End(order, taken);
                if (taken.End is not null) return;
            }
        }

        if (!IsHere(order)) return;
        if (order.Status is OrderStatus.Triggered && order.Fills == 0) _decisions.Works(order);
        order.Status = order.Fills == 0 ? OrderStatus.New : OrderStatus.PartiallyFilled;
        Rest(order);
    }

    private void FillResting()
    {
        for (var index = 0; index < _fills.Count;)
        {
            var id = _fills[index].Id;
            var shares = new List<DecidedFill>();
            var left = 0m;
            for (; index < _fills.Count && _fills[index].Id == id; index++)
            {
                shares.Add(new DecidedFill(_fills[index].Price, new Quantity(_fills[index].Quantity), Maker: true, _fills[index].Cause));
                left = _fills[index].Left;
            }

            if (_working.TryGetValue(id, out var order)) End(order, new TakeResult(shares, left == 0m ? OrderEvent.FillLast : null, null));
        }

        _fills.Clear();
    }

    private bool TakeNow(WorkingOrder order)
    {
        if (_lane.Gate == MarketGate.Ended)
        {
            End(order, new TakeResult([], order.Fills == 0 ? OrderEvent.Reject : OrderEvent.Cancel, "market_ended"));
            return true;
        }

        if (_lane.Gate != MarketGate.Tradable || _desk.Take(order) is not { } taken) return false;
        End(order, taken);
        return true;
    }

    private void Retry(bool bookExpected)
    {
        _decisions.Retry();
        if (_waiting.Count == 0 || (bookExpected && !_lane.Book.Ready)) return;
        foreach (var order in _waiting.ToArray())
        {
            // One that was ended by another of its list just now takes nothing more.
            if (!IsHere(order) || TakeNow(order)) _ = _waiting.Remove(order);
        }
    }

    /// <summary>Decides on fills, an end, or both.</summary>
    private void End(WorkingOrder order, TakeResult result)
    {
        _decisions.Taken(order, result);
        if (result.End is not null) Drop(order);
        if (result.Fills.Count > 0) _lists.Acted(order);
        if (result.End is not null) _lists.Ended(order);
    }

    /// <summary>A bracket's exit has grown with its entry's fills.</summary>
    private void Grown(WorkingOrder exit, bool first)
    {
        if (first) _next.Add(exit);
        else if (_resting.Remove(exit.Id)) Rest(exit);
    }

    private bool IsHere(WorkingOrder order) => _working.TryGetValue(order.Id, out var known) && ReferenceEquals(known, order);

    private void Enter(WorkingOrder order)
    {
        _working.Add(order.Id, order);
        _lists.Enter(order);
        if (order.Terms.ExpiresAt?.ToUnixTimeMilliseconds() is { } end) _timers.Set(LaneTimer.Expire, order, end);
        Volatile.Write(ref _count, _working.Count + _asleep.Count);
    }

    private void Forget(WorkingOrder order)
    {
        _ = _working.Remove(order.Id);
        _lists.Leave(order);
        Volatile.Write(ref _count, _working.Count + _asleep.Count);
    }

    private void Drop(WorkingOrder order)
    {
        Forget(order);
        _ = _resting.Remove(order.Id);
        _triggers.Remove(order.Id);
        _ = _waiting.Remove(order);
    }

    private void Rest(WorkingOrder order) =>
        _resting.Add(new RestingOrder(order.Id, order.Side, order.Limit!.Value, order.Quantity!.Value), order.Model ?? _usual);

    private void Wait(WorkingOrder order)
    {
        if (_waiting.Count == 0) _grace = BookGracePulses;
        _waiting.Add(order);
    }
}
