using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>Between lanes and loop: decisions on their way, and who waits for an order's end. Bounded; a lane never waits here.</summary>
internal sealed class OrderMailbox(IOptions<OrdersOptions> options)
{
    private readonly Channel<Decision> _decisions = Channel.CreateBounded<Decision>(
        new BoundedChannelOptions(options.Value.MailboxSize) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<long, TaskCompletionSource<OrderRow>> _waiters = new();
    private int _placing;

    public ChannelReader<Decision> Decisions => _decisions.Reader;

    /// <summary>False when there is no room; the lane keeps the decision and tries again.</summary>
    public bool TryHand(Decision decision) => _decisions.Writer.TryWrite(decision);

    /// <summary>Takes one of the places for orders on their way in; false when all are taken, or decisions pile up.</summary>
    public bool TryEnter()
    {
        var room = _decisions.Reader.Count < options.Value.MailboxSize / 2;
        if (Interlocked.Increment(ref _placing) <= options.Value.MaxPlacing && room) return true;
        _ = Interlocked.Decrement(ref _placing);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _placing);

    /// <summary>A task that ends with the order's final state. Ask for it before the order can be decided.</summary>
    public Task<OrderRow> Final(long orderId) =>
        _waiters.GetOrAdd(orderId, _ => new TaskCompletionSource<OrderRow>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The order has ended, and that is committed.</summary>
    public void Ended(OrderRow order)
    {
        if (_waiters.TryRemove(order.Id, out var waiter)) waiter.TrySetResult(order);
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(long orderId) => _waiters.TryRemove(orderId, out _);
}
