using System.Globalization;
using System.Text.Json;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Requests;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Backtests;

/// <summary>The way into the queue: within the user's limits, and once for each key.</summary>
internal sealed class LabEntry(NpgsqlDataSource database, OutboxPump pump, LabRuns runs, IOptions<LabOptions> options, TimeProvider clock)
{
    /// <summary>The answer a key had before, or why it may not be used.</summary>
    public async Task<(TView? View, Refused? Refused)> Known<TView>(KeyedRequest request, CancellationToken cancellation)
        where TView : class
    {
        if (request.Key is null) return (null, null);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await request.Find<TView>(connection, LabJson.Options, cancellation);
    }

    /// <summary>Queues a job and gives its view.</summary>
    /// <param name="request">Who asks, by which key.</param>
    /// <param name="kind">backtest, sweep or download.</param>
    /// <param name="terms">What it runs with.</param>
    /// <param name="shown">How its row is shown.</param>
    /// <param name="cancellation">Of the caller.</param>
    public async Task<(TView? View, Refused? Refused)> Enter<TTerms, TView>(KeyedRequest request, string kind, TTerms terms, Func<LabRow, TView> shown, CancellationToken cancellation)
        where TView : class
    {
        var (view, refused) = await database.InTransaction<(TView?, Refused?)>(async (connection, transaction) =>
        {
            await request.Lock(connection, cancellation);
            var (known, mismatch) = await request.Find<TView>(connection, LabJson.Options, cancellation);
            if (known is not null || mismatch is not null) return (known, mismatch);
            if (await TooMany(connection, request.User, kind, terms, cancellation) is { } full) return (null, full);
            var now = clock.GetUtcNow();
            var row = await connection.QuerySingleAsync<LabRow>(new CommandDefinition(
                $"""
                INSERT INTO lab_jobs (id, user_id, kind, status, request, created_at) VALUES (@Id, @User, @kind, 'queued', @Request, @Now)
                RETURNING {LabRow.Columns}
                """,
                new { Id = Guid.CreateVersion7(now), User = request.User.Value, kind, Request = JsonSerializer.Serialize(terms, LabJson.Options), Now = now.UtcDateTime }, cancellationToken: cancellation));
            var made = shown(row);
            await request.Keep(connection, made, now, LabJson.Options, cancellation);
            await LabQueue.Tell(connection, transaction, request.User, new LabUpdate(row.Id, kind, row.Status, 0), cancellation);
            return (made, null);
        }, cancellation);
        if (view is null) return (null, refused);
        pump.Wake();
        runs.Ring(LabKinds.LaneOf(kind));
        return (view, null);
    }

    private async Task<Refused?> TooMany<TTerms>(NpgsqlConnection connection, UserId user, string kind, TTerms terms, CancellationToken cancellation)
    {
        const string sql = """
            SELECT count(*) FILTER (WHERE ended_at IS NULL), count(*) FILTER (WHERE ended_at IS NOT NULL)
            FROM lab_jobs WHERE user_id = @User AND kind = ANY (@kinds)
            """;
        var lane = LabKinds.LaneOf(kind);
        var (waiting, ended) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(sql, new { User = user.Value, kinds = LabKinds.Of(lane) }, cancellationToken: cancellation));
        var limits = options.Value;
        var most = lane == LabKinds.Runs ? limits.QueuedPerUser : limits.DownloadsPerUser;
        if (waiting >= most) return Refusal("queue", waiting + 1, most, "So many of the user's jobs may wait or run at the same time: let one end, or cancel it.");
        if (lane == LabKinds.Runs)
        {
            if (ended >= limits.KeptPerUser) return Refusal("backtests", ended + 1, limits.KeptPerUser, "So many ended runs are kept for a user: delete one.");
            var bytes = await Kept(connection, user, cancellation);
            return bytes >= limits.BytesPerUser ? Refusal("bytes", bytes, limits.BytesPerUser, "So many bytes of reports are kept for a user: delete some runs.") : null;
        }

        return await Downloaded(connection, user, ((terms as DownloadTerms)?.Rows ?? 0), cancellation);
    }

    private static Task<long> Kept(NpgsqlConnection connection, UserId user, CancellationToken cancellation) => connection.ExecuteScalarAsync<long>(new CommandDefinition(
        """
        SELECT (SELECT COALESCE(sum(octet_length(r.report) + octet_length(r.equity)), 0) FROM lab_reports r JOIN lab_jobs j ON j.id = r.job_id WHERE j.user_id = @User)
            + (SELECT COALESCE(sum(octet_length(c.rows)), 0) FROM lab_chunks c JOIN lab_jobs j ON j.id = c.job_id WHERE j.user_id = @User)
        """,
        new { User = user.Value }, cancellationToken: cancellation));

    /// <summary>Downloads count by what they were to bring; their rows are also forgotten here, once they count no more and there are many.</summary>
    private async Task<Refused?> Downloaded(NpgsqlConnection connection, UserId user, long rows, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COALESCE(sum((request::jsonb ->> 'rows')::bigint), 0) FROM lab_jobs
            WHERE user_id = @User AND kind = 'download' AND status <> 'canceled' AND created_at > @Since
            """;
        var since = clock.GetUtcNow().AddDays(-1).UtcDateTime;
        var taken = await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { User = user.Value, Since = since }, cancellationToken: cancellation));
        if (taken + rows > options.Value.DownloadRowsPerDay)
            return Refusal("rows", taken + rows, options.Value.DownloadRowsPerDay, "So many candles may be downloaded by a user within 24 hours.");
        await connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM lab_jobs WHERE user_id = @User AND kind = 'download' AND ended_at < @Since AND id NOT IN (
                SELECT id FROM lab_jobs WHERE user_id = @User AND kind = 'download' ORDER BY id DESC LIMIT 50)
            """,
            new { User = user.Value, Since = since }, cancellationToken: cancellation));
        return null;
    }

    public static Refused Refusal(string field, long value, long most, string detail) => new(
        ErrorCode.QuotaExceeded, field, value.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture), detail);
}
