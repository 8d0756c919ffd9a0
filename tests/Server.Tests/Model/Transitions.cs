using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>From where an order can come to where in one or several steps of the closed table.</summary>
internal static class Transitions
{
    private static readonly HashSet<(OrderStatus From, OrderStatus To)> Reached = Close();

    public static void Check(OrderRow before, OrderRow after)
    {
        if (before.Status != after.Status && !Reached.Contains((before.Status, after.Status))) throw new ModelException($"{after.Id} went from {before.StatusWord} to {after.StatusWord}");
        if (after.Fills < before.Fills || after.Revision < before.Revision) throw new ModelException($"{after.Id} went back");
    }

    private static HashSet<(OrderStatus, OrderStatus)> Close()
    {
        var pairs = new HashSet<(OrderStatus, OrderStatus)>();
        foreach (var from in Enum.GetValues<OrderStatus>())
        {
            var open = new Queue<OrderStatus>([from]);
            while (open.TryDequeue(out var at))
            {
                foreach (var happened in Enum.GetValues<OrderEvent>())
                {
                    // A retry is its owner's, and never a part of something else.
                    if (happened == OrderEvent.Retry && at != from) continue;
                    if (OrderStates.Next(at, happened) is { } next && pairs.Add((from, next))) open.Enqueue(next);
                }
            }
        }

        return pairs;
    }
}
