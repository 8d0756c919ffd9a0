using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>Makes decisions, keeps the working orders in step with them, and hands them over without ever waiting.</summary>
/// <param name="lane">The pair.</param>
/// <param name="fees">As the settlement reckons them.</param>
/// <param name="hand">False when there is no room for a decision now.</param>
internal sealed class DecisionDesk(SymbolLane lane, FeeRates fees, Func<Decision, bool> hand)
{
    private readonly Queue<Decision> _unsent = new();

    /// <summary>True when nothing waits for room.</summary>
    public bool AllSent => _unsent.Count == 0;

    public void Fired(WorkingOrder order, in FillCause cause) => Send(Begin(order) with { FiredBy = cause });

    public void Works(WorkingOrder order) => Send(Begin(order) with { Works = true });

    public void Taken(WorkingOrder order, in TakeResult result)
    {
        Send(Begin(order) with { Fills = result.Fills, End = result.End, Reason = result.Reason });
        foreach (var fill in result.Fills)
        {
            var (quantity, quote) = (fill.Quantity.Value, Exact.Multiply(fill.Price.Value, fill.Quantity.Value));
            var buys = order.Side == Side.Buy;
            order.Fills++;
            order.Filled += quantity;
            order.Fee += fees.On(buys ? quantity : quote, fill.Maker);
            order.Quantity -= quantity;
            order.Held -= buys ? quote : quantity;
        }
    }

    /// <summary>Hands over what found no room before.</summary>
    public void Retry()
    {
        while (_unsent.TryPeek(out var decision) && hand(decision)) _ = _unsent.Dequeue();
    }

    private Decision Begin(WorkingOrder order) => new()
    {
        OrderId = order.Id,
        FillsBefore = order.Fills,
        Revision = order.Revision,
        TimeMs = lane.NowMs,
    };

    // Never more than a few entries per order and event; orders are bounded by the money that stands behind them.
    private void Send(Decision decision)
    {
        if (_unsent.Count > 0 || !hand(decision)) _unsent.Enqueue(decision);
    }
}
