namespace Lastro.Core.Matching;

/// <summary>An order in a queue.</summary>
internal sealed class QueuedOrder(long id, decimal left, decimal? ahead)
{
    public long Id { get; } = id;

    /// <summary>Base units still wanted.</summary>
    public decimal Left { get; set; } = left;

    /// <summary>Other people's base units before it; null while the exchange has not shown this price.</summary>
    public decimal? Ahead { get; set; } = ahead;

    /// <summary>What falls took off <see cref="Ahead"/> that a trade reported late may still explain.</summary>
    public decimal Slack { get; set; }
}

/// <summary>Our orders at one price of one side, oldest first, and what is ahead of each.</summary>
internal sealed class QueueLevel(Price price, decimal? displayed)
{
    /// <summary>Places a shortened queue is rounded up to: in doubt an order stands a little further behind.</summary>
    internal const int Places = 12;

    // Traded here and not yet seen as a fall: since the last change of this level, and before that.
    private decimal _fresh;
    private decimal _aged;

    // Falls that no trade has explained so far, and the exchange's time of the last of them.
    private decimal _debt;
    private long _debtMs;

    public Price Price { get; } = price;

    /// <summary>Size displayed by the exchange; null when its book does not reach this far.</summary>
    public decimal? Displayed { get; private set; } = displayed;

    public List<QueuedOrder> Orders { get; } = [];

    /// <summary>A trade beyond this price: whoever was ahead is gone.</summary>
    public void Sweep()
    {
        foreach (var order in Orders) (order.Ahead, order.Slack) = (0m, 0m);
        _debt = 0m;
    }

    /// <summary>Fills in age what a trade beyond this price has left.</summary>
    public void FillBeyond(ref decimal rest, decimal step, in FillCause cause, List<RestingFill> fills)
    {
        foreach (var order in Orders)
        {
            if (rest < step) break;
            rest -= Fill(order, rest, step, cause, fills);
        }

        _ = Orders.RemoveAll(order => order.Left == 0m);
    }

    /// <summary>A trade at this price.</summary>
    /// <param name="traded">Its quantity.</param>
    /// <param name="rest">What orders of ours at better prices have left of it.</param>
    /// <param name="step">The pair's step.</param>
    /// <param name="cause">The trade.</param>
    /// <param name="fills">Where fills go.</param>
    public void FillAt(decimal traded, ref decimal rest, decimal step, in FillCause cause, List<RestingFill> fills)
    {
        _fresh += traded - GiveBack(traded, cause.TimeMs);
        foreach (var order in Orders)
        {
            if (order.Ahead is not { } ahead) continue;
            var passed = Math.Min(ahead, rest);
            order.Ahead = ahead - passed;
            rest -= Fill(order, rest - passed, step, cause, fills);
        }

        _ = Orders.RemoveAll(order => order.Left == 0m);
    }

    /// <summary>The exchange shows a size here; null: its new picture does not reach this far.</summary>
    public void Show(decimal? size, long timeMs)
    {
        if (size is { } shown)
        {
            if (Displayed is { } before && shown < before) Fall(before, shown, timeMs);
            foreach (var order in Orders) order.Ahead = Math.Min(order.Ahead ?? shown, shown);
        }

        (_aged, _fresh) = (_fresh, 0m);
        Displayed = size;
    }

    private decimal Fill(QueuedOrder order, decimal rest, decimal step, in FillCause cause, List<RestingFill> fills)
    {
        var share = Decimals.FloorTo(Math.Min(order.Left, rest), step);
        if (share <= 0m) return 0m;
        order.Left -= share;
        fills.Add(new RestingFill(order.Id, Price, share, order.Left, cause));
        return share;
    }

    /// <summary>Trades explain a fall first; the rest of it is spread evenly over the queue as it stood after those trades.</summary>
    private void Fall(decimal before, decimal shown, long timeMs)
    {
        var fall = before - shown;
        var old = Math.Min(fall, _aged);
        var young = Math.Min(fall - old, _fresh);
        (_fresh, fall) = (_fresh - young, fall - old - young);
        if (fall == 0m) return;
        foreach (var order in Orders)
        {
            if (order.Ahead is not { } ahead) continue;
            // Ahead is part of what was displayed once the trades are taken off.
            ahead = Math.Min(ahead, shown + fall);
            var after = Exact.CeilingShare(ahead, shown, shown + fall, Places);
            order.Slack += ahead - after;
            order.Ahead = after;
        }

        (_debt, _debtMs) = (_debt + fall, timeMs);
    }

    /// <summary>A trade from before a fall that was taken for a cancellation: that much of the fall is undone. Gives how much.</summary>
    private decimal GiveBack(decimal traded, long timeMs)
    {
        if (_debt == 0m) return 0m;
        var late = timeMs <= _debtMs ? Math.Min(traded, _debt) : 0m;
        foreach (var order in Orders)
        {
            if (late > 0m && order.Ahead is { } ahead)
            {
                var back = Math.Min(order.Slack, Exact.CeilingShare(order.Slack, late, _debt, Places));
                (order.Ahead, order.Slack) = (ahead + back, order.Slack - back);
            }

            if (late == 0m) order.Slack = 0m;
        }

        _debt = late == 0m ? 0m : _debt - late;
        return late;
    }
}
