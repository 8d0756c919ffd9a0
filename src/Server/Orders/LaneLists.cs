using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>Orders of one pair that belong together. The settlement applies the same rules to their rows.</summary>
/// <param name="lane">The pair.</param>
/// <param name="drop">Forgets an order that has ended with another.</param>
/// <param name="grown">A bracket's exit has more to get out of; true the first time.</param>
internal sealed class LaneLists(SymbolLane lane, Action<WorkingOrder> drop, Action<WorkingOrder, bool> grown)
{
    private readonly Dictionary<long, List<WorkingOrder>> _lists = [];

    public void Enter(WorkingOrder order)
    {
        if (order.ListId is not { } list) return;
        if (!_lists.TryGetValue(list, out var orders)) _lists.Add(list, orders = []);
        orders.Add(order);
    }

    public void Leave(WorkingOrder order)
    {
        if (order.ListId is not { } list || !_lists.TryGetValue(list, out var orders)) return;
        _ = orders.Remove(order);
        if (orders.Count == 0) _ = _lists.Remove(list);
    }

    /// <summary>It was filled in part or whole, or it fired.</summary>
    public void Acted(WorkingOrder order)
    {
        if (order is { Leg: OrderLeg.Entry }) Grow(order);
        else if (order is { Leg: not null }) DropOthers(order);
    }

    /// <summary>It has ended, filled or not.</summary>
    public void Ended(WorkingOrder order)
    {
        if (order.Leg is OrderLeg.Target or OrderLeg.Stop || (order.Leg == OrderLeg.Entry && ExitQuantity(order) == 0m)) DropOthers(order);
    }

    private decimal ExitQuantity(WorkingOrder entry) => OrderLists.ExitQuantity(entry.Side, entry.Filled, entry.Fee, lane.Instrument.StepSize);

    private void Grow(WorkingOrder entry)
    {
        var quantity = ExitQuantity(entry);
        if (quantity == 0m) return;
        foreach (var exit in Others(entry))
        {
            if (exit.Quantity >= quantity) continue;
            var first = exit.Quantity is null;
            exit.Quantity = quantity;
            if (exit.Leg == OrderLeg.Target) (exit.Held, exit.Status) = (quantity, OrderStatus.New);
            grown(exit, first);
        }
    }

    private void DropOthers(WorkingOrder order)
    {
        foreach (var other in Others(order))
        {
            if (order.Leg == OrderLeg.Stop && other.Leg == OrderLeg.Target && order.Held == 0m) order.Held = other.Held;
            drop(other);
        }
    }

    private List<WorkingOrder> Others(WorkingOrder order) =>
        order.ListId is { } list && _lists.TryGetValue(list, out var orders) ? orders.FindAll(other => other.Id != order.Id) : [];
}
