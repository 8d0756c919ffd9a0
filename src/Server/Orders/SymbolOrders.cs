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
    private readonly RestingDesk _resting;
    private readonly FillModel _model;
    private readonly Dictionary<long, WorkingOrder> _working = [];
    private readonly List<WorkingOrder> _waiting = [];
    private readonly Queue<Decision> _unsent = new();
    private readonly List<RestingFill> _reached = [];
    private int _grace;
    private int _count;

    /// <param name="lane">The pair.</param>
    /// <param name="slippage">For a pair without a book.</param>
    /// <param name="model">Of orders that name none.</param>
    /// <param name="hand">Hands a decision over without waiting; false when there is no room for it now.</param>
    public SymbolOrders(SymbolLane lane, decimal slippage, FillModel model, Func<Decision, bool> hand)
    {
        _lane = lane;
        _desk = new TakerDesk(lane, slippage);
        _resting = new RestingDesk(lane.Book, _desk.Offered, () => lane.Instrument.StepSize);
        _model = model;
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
        _resting.OnTrade(trade, _reached);
        if (_reached.Count > 0) FillReached();
        Retry(bookExpected: true);
    }

    public void OnTop(in BookTop top)
    {
        _resting.OnTop(top, _reached);
        if (_reached.Count > 0) FillReached();
        Retry(bookExpected: true);
    }

    public void OnDepth(Depth depth)
    {
        _desk.Offered.OnDepth(depth);
        _resting.OnDepth(depth, _reached);
        if (_reached.Count > 0) FillReached();
        Retry(bookExpected: false);
    }

    public void OnBookLost() => _grace = BookGracePulses;

    public void OnPulse(long nowMs)
    {
        if (_grace > 0) _grace--;
        Retry(bookExpected: _grace > 0);
    }

    /// <summary>One decision for each order; its shares stand side by side.</summary>
    private void FillReached()
    {
        for (var first = 0; first < _reached.Count;)
        {
            var (order, fills, left) = (_working[_reached[first].Id], new List<DecidedFill>(1), 0m);
            for (; first < _reached.Count && _reached[first].Id == order.Id; first++)
            {
                var share = _reached[first];
                fills.Add(new DecidedFill(share.Price, new Quantity(share.Quantity), Maker: true, share.Cause));
                left = share.Left;
            }

            Decide(order, new TakeResult(fills, left == 0m ? OrderStatus.Filled : null, null));
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

    private void Rest(WorkingOrder order) =>
        _resting.Add(new RestingOrder(order.Id, order.Side, order.Limit!.Value, order.Quantity!.Value), order.Model ?? _model);

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
