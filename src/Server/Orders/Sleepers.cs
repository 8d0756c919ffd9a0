namespace Lastro.Server.Orders;

/// <summary>
/// Orders from before a restart: each sleeps until the market goes on beyond what it has seen. A source may first bring what was missed, or play
/// again what was seen.
/// </summary>
internal sealed class Sleepers
{
    /// <summary>Market time after which an order wakes although no trade came.</summary>
    private const long LongestSleepMs = 30_000;

    private readonly List<(WorkingOrder Order, long SeenMs)> _orders = [];

    public int Count => _orders.Count;

    /// <summary>Orders of one list wake together: each must know what happens to the others.</summary>
    public void Add(WorkingOrder order, long seenMs)
    {
        if (order.ListId is { } list)
        {
            seenMs = _orders.Where(sleeper => sleeper.Order.ListId == list).Select(sleeper => sleeper.SeenMs).Append(seenMs).Max();
            for (var index = 0; index < _orders.Count; index++)
            {
                if (_orders[index].Order.ListId == list) _orders[index] = (_orders[index].Order, seenMs);
            }
        }

        _orders.Add((order, seenMs));
    }

    public void Remove(long id)
    {
        if (_orders.Count > 0) _ = _orders.RemoveAll(sleeper => sleeper.Order.Id == id);
    }

    /// <summary>Takes out those that have seen nothing of a trade's time yet, in the order of their ids.</summary>
    public List<WorkingOrder> WakeForTrade(long tradeMs)
    {
        var awake = _orders.Where(sleeper => sleeper.SeenMs < tradeMs).Select(sleeper => sleeper.Order).ToList();
        if (awake.Count > 0) _ = _orders.RemoveAll(sleeper => sleeper.SeenMs < tradeMs);
        return awake;
    }

    /// <summary>Takes out those that have slept long enough.</summary>
    public List<WorkingOrder> WakeByTime(long nowMs) => WakeForTrade(nowMs - LongestSleepMs);
}
