using System.Data.Common;
using Dapper;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Every hour forgets waits that are over and sessions that ended more than 90 days ago, so that neither table grows for ever.</summary>
internal sealed class Sweep(NpgsqlDataSource database, TimeProvider clock, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptSessions = TimeSpan.FromDays(90);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await Next(timer, stoppingToken))
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (DbException e)
            {
                log.LogWarning("Old sessions were not removed this time: {Reason}", e.Message);
            }
        }
    }

    public async Task Run(CancellationToken cancellation)
    {
        const string sql = """
            delete from login_waits where last_wrong_at < @Waits;
            delete from sessions where expires_at < @Sessions or revoked_at < @Sessions;
            """;
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var parameters = new { Waits = now - LoginWaits.Memory, Sessions = now - KeptSessions };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
