using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>A trailing stop's extreme on its way to the database.</summary>
internal readonly record struct MovedOrder(long Order, int Revision, decimal Extreme);

/// <summary>Between lanes and loop: decisions on their way, and who waits for an order's end. Bounded; a lane never waits here.</summary>
internal sealed class OrderMailbox(IOptions<OrdersOptions> options)
{
    private readonly Channel<Decision> _decisions = Channel.CreateBounded<Decision>(
        new BoundedChannelOptions(options.Value.MailboxSize) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<long, TaskCompletionSource<OrderRow>> _waiters = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _changes = new();
    private readonly ConcurrentDictionary<long, MovedOrder> _moved = new();

    public ChannelReader<Decision> Decisions => _decisions.Reader;

    /// <summary>False when there is no room; the lane keeps the decision and tries again.</summary>
    public bool TryHand(Decision decision) => _decisions.Writer.TryWrite(decision);

    /// <summary>True when decisions pile up: new orders are then refused rather than put on top.</summary>
    public bool Crowded => _decisions.Reader.Count > options.Value.MailboxSize / 2;

    /// <summary>A trailing stop's extreme moved; only the latest of an order is kept.</summary>
    public void Moved(in MovedOrder moved) => _moved[moved.Order] = moved;

    /// <summary>Puts one back that could not be written, unless a later one is there.</summary>
    public void MovedBefore(in MovedOrder moved) => _moved.TryAdd(moved.Order, moved);

    /// <summary>Takes up to so many moved extremes.</summary>
    public List<MovedOrder> TakeMoved(int most)
    {
        var taken = new List<MovedOrder>();
        foreach (var order in _moved.Keys)
        {
            if (taken.Count == most) break;
            if (_moved.TryRemove(order, out var moved)) taken.Add(moved);
        }

        return taken;
    }

    /// <summary>A task that ends with the order's final state. Ask for it before the order can be decided.</summary>
    public Task<OrderRow> Final(long orderId) =>
        _waiters.GetOrAdd(orderId, _ => new TaskCompletionSource<OrderRow>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>A task that ends with the next committed decision on the order.</summary>
    public Task Next(long orderId) =>
        _changes.GetOrAdd(orderId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>A decision on the order is committed.</summary>
    public void Changed(OrderRow order)
    {
        if (_changes.TryRemove(order.Id, out var waiter)) waiter.TrySetResult();
    }

    /// <summary>The order has ended, and that is committed.</summary>
    public void Ended(OrderRow order)
    {
        Changed(order);
        if (_waiters.TryRemove(order.Id, out var waiter)) waiter.TrySetResult(order);
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(long orderId)
    {
        _ = _waiters.TryRemove(orderId, out _);
        _ = _changes.TryRemove(orderId, out _);
    }
}
