using System.Diagnostics.CodeAnalysis;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>
/// One pair's open orders, on the lane's thread only. A cache: what is decided here counts when <see cref="OrderLoop"/> has committed it.
/// </summary>
internal sealed class SymbolOrders : ISymbolStage
{
    /// <summary>Pulses a market order left from before a restart waits for a book before it takes the last price instead.</summary>
    private const int BookGracePulses = 30;

    private readonly SymbolLane _lane;
    private readonly TakerDesk _desk;
    private readonly Func<Decision, bool> _hand;
    private readonly RestingBook _resting = new();
    private readonly Dictionary<long, WorkingOrder> _working = [];
    private readonly List<WorkingOrder> _waiting = [];
    private readonly Queue<Decision> _unsent = new();
    private readonly List<RestingOrder> _reached = [];
    private int _grace;
    private int _count;

    /// <param name="lane">The pair.</param>
    /// <param name="slippage">For a pair without a book.</param>
    /// <param name="hand">Hands a decision over without waiting; false when there is no room for it now.</param>
    public SymbolOrders(SymbolLane lane, decimal slippage, Func<Decision, bool> hand)
    {
        _lane = lane;
        _desk = new TakerDesk(lane, slippage);
        _hand = hand;
    }

    /// <summary>Orders known here: resting and waiting. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A newly accepted order: takes what it may, then rests. One that is already here is left alone.</summary>
    public void Arrive(WorkingOrder order)
    {
        if (!Enter(order)) return;
        if (order.Type == OrderType.Market)
        {
            if (!TakeNow(order)) Wait(order);
            return;
        }

        if (_lane.Gate == MarketGate.Tradable && _desk.Take(order) is { } taken && taken.Fills.Count > 0)
        {
            Decide(order, taken);
            if (taken.End is not null) return;
        }

        Rest(order);
    }

    /// <summary>An order from before a restart. A limit order has had its look at the book, so it rests; a market order waits for prices.</summary>
    public void Recover(WorkingOrder order)
    {
        if (!Enter(order)) return;
        if (order.Type == OrderType.Market) Wait(order);
        else Rest(order);
    }

    /// <summary>Forgets an order that has ended.</summary>
    public void Withdraw(long id)
    {
        if (!Leave(id, out var order)) return;
        _ = _resting.Remove(id);
        _ = _waiting.Remove(order);
    }

    /// <summary>What a market order would take now, without taking it; null without any price.</summary>
    public Estimate? Estimate(OrderTerms terms) => _desk.Estimate(terms);

    public void OnTrade(in MarketTrade trade)
    {
        if (_resting.Count > 0)
        {
            _resting.TakeBeyond(trade.Price, _reached);
            if (_reached.Count > 0) FillReached(new FillCause(CauseKind.Trade, trade.Id, trade.Price, trade.TimeMs));
        }

        Retry(bookExpected: true);
    }

    public void OnTop(in BookTop top)
    {
        if (_resting.Count > 0)
        {
            if (!_desk.Offered.IsSpent(Side.Buy, new BookLevel(top.Ask, top.AskQuantity)))
                Passed(Side.Buy, new FillCause(CauseKind.Quote, top.UpdateId, top.Ask, top.TimeMs));
            if (!_desk.Offered.IsSpent(Side.Sell, new BookLevel(top.Bid, top.BidQuantity)))
                Passed(Side.Sell, new FillCause(CauseKind.Quote, top.UpdateId, top.Bid, top.TimeMs));
        }

        Retry(bookExpected: true);
    }

    public void OnDepth(Depth depth)
    {
        _desk.Offered.OnDepth(depth);
        if (_resting.Count > 0)
        {
            Passed(Side.Buy);
            Passed(Side.Sell);
        }

        Retry(bookExpected: false);
    }

    public void OnBookLost() => _grace = BookGracePulses;

    public void OnPulse(long nowMs)
    {
        if (_grace > 0) _grace--;
        Retry(bookExpected: _grace > 0);
    }

    private void Passed(Side resting)
    {
        if (_desk.Offered.Best(resting) is { } best)
            Passed(resting, new FillCause(CauseKind.Quote, _lane.Book.UpdateId, best.Price, _lane.Book.TimeMs));
    }

    private void Passed(Side resting, in FillCause cause)
    {
        if (resting == Side.Buy) _resting.TakeAbove(cause.Price, _reached);
        else _resting.TakeBelow(cause.Price, _reached);
        if (_reached.Count > 0) FillReached(cause);
    }

    private void FillReached(in FillCause cause)
    {
        foreach (var reached in _reached)
        {
            var order = _working[reached.Id];
            DecidedFill[] fill = [new(reached.Limit, new Quantity(order.Quantity!.Value), Maker: true, cause)];
            Decide(order, new TakeResult(fill, OrderStatus.Filled, null));
        }

        _reached.Clear();
    }

    private bool Enter(WorkingOrder order)
    {
        var entered = _working.TryAdd(order.Id, order);
        Volatile.Write(ref _count, _working.Count);
        return entered;
    }

    private bool Leave(long id, [NotNullWhen(true)] out WorkingOrder? order)
    {
        var left = _working.Remove(id, out order);
        Volatile.Write(ref _count, _working.Count);
        return left;
    }

    private void Rest(WorkingOrder order) => _resting.Add(new RestingOrder(order.Id, order.Side, order.Limit!.Value));

    private void Wait(WorkingOrder order)
    {
        if (_waiting.Count == 0) _grace = BookGracePulses;
        _waiting.Add(order);
    }

    private bool TakeNow(WorkingOrder order)
    {
        if (_lane.Gate == MarketGate.Ended)
        {
            Decide(order, new TakeResult([], OrderStatus.Rejected, "market_ended"));
            return true;
        }

        if (_lane.Gate != MarketGate.Tradable || _desk.Take(order) is not { } taken) return false;
        Decide(order, taken);
        return true;
    }

    private void Retry(bool bookExpected)
    {
        while (_unsent.TryPeek(out var decision) && _hand(decision)) _ = _unsent.Dequeue();
        if (_waiting.Count == 0 || (bookExpected && !_lane.Book.Ready)) return;
        _ = _waiting.RemoveAll(TakeNow);
    }

    private void Decide(WorkingOrder order, TakeResult result)
    {
        var decision = new Decision
        {
            OrderId = order.Id,
            FillsBefore = order.Fills,
            Fills = result.Fills,
            End = result.End,
            Reason = result.Reason,
            TimeMs = _lane.NowMs,
        };
        order.Fills += result.Fills.Count;
        order.Quantity -= result.Fills.Sum(fill => fill.Quantity.Value);
        if (result.End is not null) _ = Leave(order.Id, out _);
        // Never more than one entry per order and event; orders are bounded by the money that stands behind them.
        if (_unsent.Count > 0 || !_hand(decision)) _unsent.Enqueue(decision);
    }
}
