using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Keeps the extremes of trailing stops in their rows, at most a second late, so that a restart goes on from them.</summary>
internal sealed class ExtremeWriter(NpgsqlDataSource database, OrderMailbox mailbox, TimeProvider time, ILogger<ExtremeWriter> log) : BackgroundService
{
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Write(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Extremes are no longer written");
        }
    }

    /// <summary>Writes what has moved; what cannot be written now is tried again, unless it has moved on meanwhile.</summary>
    internal async Task Write(CancellationToken cancellation)
    {
        const string sql = """
            UPDATE orders o SET extreme = n.extreme FROM unnest($1, $2, $3) AS n (id, revision, extreme)
            WHERE o.id = n.id AND o.revision = n.revision AND o.status IN ('waiting', 'paused')
            """;
        for (var moved = mailbox.TakeMoved(AtOnce); moved.Count > 0; moved = mailbox.TakeMoved(AtOnce))
        {
            try
            {
                await using var command = database.CreateCommand(sql);
                command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. moved.Select(order => order.Order)] });
                command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. moved.Select(order => order.Revision)] });
                command.Parameters.Add(new NpgsqlParameter<decimal[]> { TypedValue = [.. moved.Select(order => order.Extreme)] });
                await command.ExecuteNonQueryAsync(cancellation);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException)
            {
                log.LogDebug("Extremes wait for the database: {Reason}", error.Message);
                foreach (var order in moved) mailbox.MovedBefore(order);
                return;
            }
        }
    }
}
