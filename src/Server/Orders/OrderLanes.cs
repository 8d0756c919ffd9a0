using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>What a commit means to the lanes, and to whoever waits for an order.</summary>
internal sealed class OrderLanes(MarketLanes lanes, OrdersStage stage, OrderMailbox mailbox)
{
    /// <summary>Market time.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(lanes.Feed.NowMs);

    public SymbolLane? Find(string symbol) => lanes.Find(new Symbol(symbol));

    public Instrument Instrument(string symbol) => Find(symbol)?.Instrument ?? throw new InvalidOperationException($"The price source has no {symbol}.");

    /// <summary>New orders, in this order.</summary>
    /// <param name="rows">Committed.</param>
    /// <param name="waiting">By order id: who is told, on the lane's thread, whether it is still there and how often it was filled.</param>
    public async Task Arrive(IReadOnlyCollection<OrderRow> rows, IReadOnlyDictionary<long, Action<(bool Here, int Fills)>> waiting)
    {
        if (waiting.Count > 0)
        {
            foreach (var row in rows.Where(row => Find(row.Symbol) is null)) Tell(row.Id, (true, 0));
        }

        foreach (var pair in rows.GroupBy(row => row.Symbol, StringComparer.Ordinal))
        {
            if (Find(pair.Key) is not { } lane) continue;

            // Exits before their entry: it may fill the moment it arrives.
            WorkingOrder[] orders = [.. pair.OrderBy(row => row.Leg == OrderLeg.Entry).Select(WorkingOrder.Of)];
            await lane.Post(own =>
            {
                var place = stage.Of(own);
                try
                {
                    foreach (var order in orders) place.Arrive(order);
                }
                finally
                {
                    if (waiting.Count > 0) Array.ForEach(orders, order => Tell(order.Id, place.Decided(order.Id)));
                }
            });
        }

        void Tell(long id, (bool Here, int Fills) taking)
        {
            if (waiting.TryGetValue(id, out var tell)) tell(taking);
        }
    }

    /// <summary>An order's terms or state were changed by its owner: its lane takes it as it now is.</summary>
    public async Task Adopt(OrderRow order)
    {
        if (Find(order.Symbol) is { } lane) await lane.Post(own => stage.Of(own).Arrive(WorkingOrder.Of(order)), CancellationToken.None);
    }

    /// <summary>An order has been ended by its owner: who waits hears of it, and its lane forgets it.</summary>
    public async Task Forget(OrderRow order)
    {
        mailbox.Ended(order);
        if (Find(order.Symbol) is { } lane) await lane.Post(own => stage.Of(own).Withdraw(order.Id), CancellationToken.None);
    }

    /// <summary>A lane's own decision has been written. It knows what it decided; what only the money decided it has to be told.</summary>
    public async Task Decided(OrderRow order, OrderRow before)
    {
        if (!order.IsOpen) mailbox.Ended(order);
        else mailbox.Changed(order);
        var funded = order.HoldWhenWord == "fired" && before.Status == OrderStatus.Waiting && order.Status == OrderStatus.Triggered;
        if (order.Status != OrderStatus.Failed && !funded) return;
        if (Find(order.Symbol) is not { } lane) return;
        if (funded) await lane.Post(own => stage.Of(own).Funded(WorkingOrder.Of(order)), CancellationToken.None);
        else await lane.Post(own => stage.Of(own).Withdraw(order.Id), CancellationToken.None);
    }

    /// <summary>A decision on an order that had ended was dropped: who waits still waits for that end.</summary>
    public void EndedBefore(OrderRow order) => mailbox.Ended(order);
}
