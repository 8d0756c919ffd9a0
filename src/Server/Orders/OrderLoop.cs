using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Takes decisions from the lanes and writes them, many in one transaction. A decision is not lost while the process lives.</summary>
internal sealed class OrderLoop(OrderMailbox mailbox, FillWriter writer, OrderLoopState state, TimeProvider time, ILogger<OrderLoop> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Decision>();
        try
        {
            while (await mailbox.Decisions.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < writer.BatchSize && mailbox.Decisions.TryRead(out var decision)) batch.Add(decision);
                await WriteUntilDone(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The order loop has ended; what was decided and not written is decided again after the next start");
        }
    }

    private async Task WriteUntilDone(List<Decision> batch, CancellationToken cancellation)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await writer.Write(batch, cancellation);
                state.Recovered();
                return;
            }
            catch (Exception error) when (IsPassing(error))
            {
                // Also when the connection broke in COMMIT: the next try reads under the rows' locks what has been applied.
                state.Failed(error);
                log.LogWarning("{Count} decisions wait for the database: {Reason}", batch.Count, error.Message);
                await Task.Delay(pause, time, cancellation);
            }
#pragma warning disable CA1031 // One order's impossible decision must not stop everybody's fills.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                if (batch.Count == 1)
                {
                    state.Park(batch[0]);
                    log.LogError(error, "The decision on order {Order} cannot be written; the order stays open until the next start", batch[0].OrderId);
                    return;
                }

                log.LogWarning("A batch of {Count} decisions was refused; they are written one order at a time: {Reason}", batch.Count, error.Message);
                foreach (var order in batch.GroupBy(decision => decision.OrderId)) await WriteAlone([.. order], cancellation);
                return;
            }
        }
    }

    private async Task WriteAlone(List<Decision> decisions, CancellationToken cancellation)
    {
        foreach (var decision in decisions) await WriteUntilDone([decision], cancellation);
    }

    private static bool IsPassing(Exception error) =>
        error is NpgsqlException { IsTransient: true } or TimeoutException or IOException or PostgresException { SqlState: "57014" or "57P01" or "57P02" or "57P03" };
}
