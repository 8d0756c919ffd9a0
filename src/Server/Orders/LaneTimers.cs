namespace Lastro.Server.Orders;

/// <summary>What is due at a market time.</summary>
internal enum LaneTimer
{
    /// <summary>The order's end.</summary>
    Expire,

    /// <summary>A scheduled order's beginning.</summary>
    Start,

    /// <summary>The latency of a placed or fired order is over.</summary>
    Act,
}

/// <summary>One pair's timers, earliest first, then in the order they were set. Late entries of orders that have left are skipped by whoever takes them.</summary>
internal sealed class LaneTimers
{
    private readonly PriorityQueue<(LaneTimer Kind, long Order, int Revision), (long Ms, long Number)> _queue = new();
    private long _number;

    public long NextMs { get; private set; } = long.MaxValue;

    public void Set(LaneTimer kind, WorkingOrder order, long dueMs)
    {
        _queue.Enqueue((kind, order.Id, order.Revision), (dueMs, _number++));
        NextMs = Math.Min(NextMs, dueMs);
    }

    /// <summary>Takes the earliest that is due; false when none is.</summary>
    public bool TryTake(long nowMs, out (LaneTimer Kind, long Order, int Revision) due)
    {
        due = default;
        if (nowMs < NextMs) return false;
        due = _queue.Dequeue();
        NextMs = _queue.TryPeek(out _, out var next) ? next.Ms : long.MaxValue;
        return true;
    }

    /// <summary>Forgets timers of orders that have left, once there are more of those than of the others.</summary>
    public void Prune(IReadOnlyDictionary<long, WorkingOrder> working)
    {
        if (_queue.Count < 1_024 || _queue.Count < 3 * working.Count) return;
        var alive = _queue.UnorderedItems.Where(item => working.TryGetValue(item.Element.Order, out var order) && order.Revision == item.Element.Revision).ToList();
        _queue.Clear();
        _queue.EnqueueRange(alive);
        NextMs = _queue.TryPeek(out _, out var next) ? next.Ms : long.MaxValue;
    }
}
