using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Notes what accounts are worth: every 5 min those whose worth has changed, set-based and in batches. Kept: every point of two days, the
/// last of each hour for 90 days, then the last of each day; grants and resets for ever.
/// </summary>
internal sealed class EquitySampler(
    NpgsqlDataSource database, Valuation valuation, IOptions<WalletsOptions> options, TimeProvider time, ILogger<EquitySampler> log) : BackgroundService
{
    private const int Batch = 2_000;
    private const int ThinBatch = 200;

    /// <summary>Thinning comes after the first sample of the process, then about once a day.</summary>
    private const int SamplesPerThinning = 288;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 1; !stoppingToken.IsCancellationRequested; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.EquitySeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Sample(stoppingToken);
                if (round % SamplesPerThinning == 1) await Thin(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                log.LogDebug("Equity was not noted: {Reason}", error.Message);
            }
        }
    }

    /// <summary>Accounts holding something without a price are left out: half a worth is none. Gives the points written.</summary>
    internal async Task<int> Sample(CancellationToken cancellation)
    {
        const string sql = """
            WITH batch AS (
                SELECT id FROM accounts WHERE kind = 'paper' AND id > @after ORDER BY id LIMIT @Batch),
            worth AS (
                SELECT b.account_id, sum(round((b.available + b.held) * p.price, 8)) AS equity, bool_and(p.price IS NOT NULL) AS known
                FROM balances b JOIN batch ON batch.id = b.account_id LEFT JOIN unnest(@Assets, @Prices) AS p (asset, price) ON p.asset = b.asset
                WHERE b.available + b.held <> 0 GROUP BY b.account_id),
            written AS (
                INSERT INTO equity_points (account_id, season, at, kind, equity)
                SELECT w.account_id, s.number, @now, 'sample', w.equity FROM worth w
                CROSS JOIN LATERAL (SELECT coalesce(max(number), 0) + 1 AS number FROM seasons WHERE account_id = w.account_id) s
                LEFT JOIN LATERAL (
                    SELECT equity FROM equity_points e WHERE e.account_id = w.account_id AND e.season = s.number ORDER BY e.at DESC LIMIT 1) last ON true
                WHERE w.known AND last.equity IS DISTINCT FROM w.equity
                ON CONFLICT DO NOTHING RETURNING 1)
            SELECT (SELECT max(id::text)::uuid FROM batch), (SELECT count(*)::int FROM written)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var assets = await connection.QueryAsync<string>(new CommandDefinition("SELECT DISTINCT asset FROM balances WHERE available + held <> 0", cancellationToken: cancellation));
        var prices = assets.Select(asset => (Asset: asset, Price: valuation.Price(asset))).Where(one => one.Price is not null).ToList();
        var now = time.GetUtcNow().UtcDateTime;
        var written = 0;
        for (Guid? after = Guid.Empty; after is not null;)
        {
            var parameters = new { after, Batch, now, Assets = prices.Select(one => one.Asset).ToArray(), Prices = prices.Select(one => one.Price!.Value).ToArray() };
            (after, var count) = await connection.QuerySingleAsync<(Guid?, int)>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
            written += count;
        }

        return written;
    }

    /// <summary>Deletes what is too fine for its age, a batch of accounts at a time. Gives how many points went.</summary>
    internal async Task<int> Thin(CancellationToken cancellation)
    {
        const string sql = """
            WITH batch AS (
                SELECT id FROM accounts WHERE kind = 'paper' AND id > @after ORDER BY id LIMIT @Batch),
            followed AS (
                SELECT e.ctid AS place, e.at, lead(e.at) OVER (PARTITION BY e.account_id, e.season ORDER BY e.at) AS next
                FROM equity_points e JOIN batch ON batch.id = e.account_id WHERE e.kind = 'sample' AND e.at < @Days),
            gone AS (
                DELETE FROM equity_points WHERE ctid = ANY (ARRAY(
                    SELECT place FROM followed
                    WHERE date_trunc('hour', at, 'UTC') = date_trunc('hour', next, 'UTC')
                        OR (at < @Months AND date_trunc('day', at, 'UTC') = date_trunc('day', next, 'UTC'))))
                RETURNING 1)
            SELECT (SELECT max(id::text)::uuid FROM batch), (SELECT count(*)::int FROM gone)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var gone = 0;
        for (Guid? after = Guid.Empty; after is not null;)
        {
            var parameters = new { after, Batch = ThinBatch, Days = now.AddDays(-2), Months = now.AddDays(-90) };
            (after, var count) = await connection.QuerySingleAsync<(Guid?, int)>(new CommandDefinition(sql, parameters, commandTimeout: 120, cancellationToken: cancellation));
            gone += count;
        }

        return gone;
    }
}
