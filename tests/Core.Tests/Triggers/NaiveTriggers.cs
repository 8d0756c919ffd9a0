using Lastro.Core.Triggers;

namespace Lastro.Core.Tests.Triggers;

/// <summary>The rules of INTERFACES read aloud: a list, decimals, everything computed anew at every trade.</summary>
internal sealed class NaiveTriggers
{
    public List<NaiveOrder> Orders { get; } = [];

    /// <summary>Orders whose extreme the last trade moved, with what it was before.</summary>
    public List<(NaiveOrder Order, decimal? Before)> Moved { get; } = [];

    /// <summary>Orders the last trade activated.</summary>
    public List<NaiveOrder> Activated { get; } = [];

    public List<NaiveOrder> Trade(decimal price)
    {
        Moved.Clear();
        Activated.Clear();
        foreach (var order in Orders.Where(order => order.DeltaBps > 0))
            Follow(order, price);
        var fired = Orders.Where(order => order.Threshold is { } at && (order.Up ? price >= at : price <= at)).ToList();
        if (fired.Count == 0) return fired;
        var gone = fired.ToHashSet();
        Orders.RemoveAll(gone.Contains);
        return
        [
            .. fired.Where(order => !order.Up).OrderByDescending(order => order.Threshold).ThenBy(order => order.Id),
            .. fired.Where(order => order.Up).OrderBy(order => order.Threshold).ThenBy(order => order.Id),
        ];
    }

    private void Follow(NaiveOrder order, decimal price)
    {
        if (order.Activation is { } activation)
        {
            if (order.Up ? price > activation : price < activation) return;
            order.Activation = null;
            order.Extreme = price;
            Activated.Add(order);
            return;
        }

        if (order.Extreme is { } extreme && (order.Up ? price >= extreme : price <= extreme)) return;
        Moved.Add((order, order.Extreme));
        order.Extreme = price;
    }
}

/// <summary>One order of the naive list; DeltaBps 0 is a plain trigger.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required bool Up { get; init; }

    public decimal Trigger { get; init; }

    public int DeltaBps { get; init; }

    public decimal? Activation { get; set; }

    public decimal? Extreme { get; set; }

    public TriggerDirection Direction => Up ? TriggerDirection.Up : TriggerDirection.Down;

    public decimal? Threshold => DeltaBps == 0 ? Trigger
        : Activation is not null || Extreme is null ? null
        : Up ? Extreme + (Extreme * DeltaBps / 10_000m)
        : Extreme - (Extreme * DeltaBps / 10_000m);

    public void AddTo(TriggerBook book)
    {
        if (DeltaBps == 0) book.AddTrigger(Id, Direction, new Price(Trigger));
        else if (Activation is { } activation) book.AddWaiting(Id, Direction, DeltaBps, new Price(activation));
        else book.AddTrailing(Id, Direction, DeltaBps, Extreme is { } extreme ? new Price(extreme) : null);
    }
}
