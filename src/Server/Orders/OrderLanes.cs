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
    public async Task Arrive(IEnumerable<OrderRow> rows)
    {
        foreach (var pair in rows.GroupBy(row => row.Symbol, StringComparer.Ordinal))
        {
            if (Find(pair.Key) is not { } lane) continue;

            // Exits before their entry: it may fill the moment it arrives.
            WorkingOrder[] orders = [.. pair.OrderBy(row => row.Leg == OrderLeg.Entry).Select(WorkingOrder.Of)];
            await lane.Post(own =>
            {
                var place = stage.Of(own);
                foreach (var order in orders) place.Arrive(order);
            });
        }
    }

    /// <summary>What the lane has decided on an order so far: is it still there, and how often was it filled?</summary>
    public async Task<(bool Here, int Fills)> Decided(OrderRow order, CancellationToken cancellation) =>
        Find(order.Symbol) is { } lane ? await lane.Ask(own => stage.Of(own).Decided(order.Id), cancellation) : (true, order.Fills);

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
