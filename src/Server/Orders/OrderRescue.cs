using System.Threading.Channels;
using Lastro.Server.Platform.Lanes;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>
/// Looks up orders whose COMMIT had an unknown outcome and gives those that exist to their lane. Looked at several times: a backend that lost
/// its client may still be committing.
/// </summary>
internal sealed class OrderRescue(OrderStoreReader orders, OrdersStage stage, TimeProvider time, ILogger<OrderRescue> log) : BackgroundService
{
    private static readonly int[] LookAfterSeconds = [0, 1, 4, 15];
    private readonly Channel<(long Order, SymbolLane Lane)> _unknown = Channel.CreateBounded<(long, SymbolLane)>(
        new BoundedChannelOptions(100_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void LookUp(long order, SymbolLane lane) => _unknown.Writer.TryWrite((order, lane));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looking = new List<Task>();
        try
        {
            await foreach (var (order, lane) in _unknown.Reader.ReadAllAsync(stoppingToken))
            {
                looking.RemoveAll(task => task.IsCompleted);
                looking.Add(LookUntilKnown(order, lane, stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookUntilKnown(long order, SymbolLane lane, CancellationToken cancellation)
    {
        foreach (var seconds in LookAfterSeconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation);
            if (await Look(order, cancellation) is not { } row) continue;
            log.LogWarning("Order {Order} had been committed although the connection broke", order);
            if (row.IsOpen) await lane.Post(own => stage.Of(own).Arrive(WorkingOrder.Of(row)), cancellation);
            return;
        }
    }

    private async Task<OrderRow?> Look(long order, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await orders.Read(order, cancellation);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                log.LogDebug("The database does not answer yet: {Reason}", error.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
            }
        }
    }
}
