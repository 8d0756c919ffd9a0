using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Platform.Outbox;

/// <summary>Settings under <c>Outbox</c>.</summary>
internal sealed record OutboxOptions
{
    /// <summary>Hours a told event is kept, for whoever looks into a fault.</summary>
    [Range(1, 8_760)]
    public int KeepHours { get; init; } = 24;
}

/// <summary>Deletes told events that have had their time.</summary>
internal sealed class OutboxPruning(NpgsqlDataSource database, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxPruning> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var gone = await Prune(TimeSpan.FromHours(options.Value.KeepHours), stoppingToken);
                if (gone > 0) log.LogDebug("{Count} told events deleted", gone);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                log.LogDebug("The outbox was not pruned: {Reason}", error.Message);
            }
        }
    }

    /// <summary>At most 10,000 rows at a time, so that no lock is held for long.</summary>
    internal async Task<int> Prune(TimeSpan age, CancellationToken cancellation)
    {
        const string sql = """
            DELETE FROM outbox WHERE id IN (
                SELECT id FROM outbox WHERE delivered_at < now() - @age ORDER BY delivered_at LIMIT 10000)
            """;
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue("age", age);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
