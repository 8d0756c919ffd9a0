using Npgsql;

namespace Lastro.Server.Platform.Outbox;

/// <summary>Hears PostgreSQL's notifications, so that events committed by other processes are told at once too.</summary>
internal static class OutboxListener
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(5);

    public static async Task Run(NpgsqlDataSource database, Action wake, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                connection.Notification += (_, _) => wake();
                await using (var listen = new NpgsqlCommand($"LISTEN {OutboxLog.Notification}", connection))
                    await listen.ExecuteNonQueryAsync(cancellation);
                wake();
                while (true) await connection.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException)
            {
                log.LogDebug("Not listening to the database: {Reason}", error.Message);
                await Task.Delay(Reconnect, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
