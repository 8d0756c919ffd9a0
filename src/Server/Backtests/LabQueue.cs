using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Backtests;

/// <summary>
/// The jobs' way from queued to their end. Users take turns: the one who was served longest ago comes first, whoever queued how much.
/// A job belongs to one worker as long as its lease lasts; every write of a worker asks whether it still does.
/// </summary>
internal sealed class LabQueue(NpgsqlDataSource database, OutboxPump pump, IOptions<LabOptions> options)
{
    public const string Topic = "backtests";

    /// <summary>This server in the column worker.</summary>
    private readonly Guid _worker = Guid.CreateVersion7();

    /// <summary>The next job of a lane, now this server's; null when nobody waits who may be served.</summary>
    public async Task<LabJob?> Claim(string lane, CancellationToken cancellation)
    {
        var job = await database.InTransaction(async (connection, transaction) =>
        {
            var kinds = LabKinds.Of(lane);
            // One claim at a time: two at once could not see whom the other serves.
            await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtextextended('lab-claim:' || @lane, 0))", new { lane }, cancellationToken: cancellation));
            await TakeBack(connection, transaction, kinds, cancellation);
            const string sql = """
                WITH next AS (
                    SELECT j.id FROM lab_jobs j LEFT JOIN lab_turns t ON t.user_id = j.user_id AND t.lane = @lane
                    WHERE j.status = 'queued' AND j.kind = ANY (@kinds)
                        AND (SELECT count(*) FROM lab_jobs r WHERE r.user_id = j.user_id AND r.status = 'running' AND r.kind = ANY (@kinds)) < @PerUser
                    ORDER BY COALESCE(t.served, 0), j.created_at, j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED)
                UPDATE lab_jobs SET status = 'running', worker = @Worker, lease_until = now() + make_interval(secs => @LeaseSeconds), started_at = COALESCE(started_at, now())
                FROM next WHERE lab_jobs.id = next.id
                RETURNING lab_jobs.id AS Id, user_id AS User, kind AS Kind, request AS Request, progress AS Progress
                """;
            var row = await connection.QuerySingleOrDefaultAsync<Claimed>(new CommandDefinition(
                sql, new { lane, kinds, PerUser = lane == LabKinds.Runs ? options.Value.ConcurrentPerUser : 1, Worker = _worker, options.Value.LeaseSeconds }, cancellationToken: cancellation));
            if (row is null) return null;
            const string turn = """
                INSERT INTO lab_turns (user_id, lane, served) VALUES (@User, @lane, nextval('lab_turn'))
                ON CONFLICT (user_id, lane) DO UPDATE SET served = excluded.served
                """;
            await connection.ExecuteAsync(new CommandDefinition(turn, new { row.User, lane }, cancellationToken: cancellation));
            var taken = new LabJob(row.Id, new UserId(row.User), row.Kind, row.Request, row.Progress);
            await Tell(connection, transaction, taken.User, new LabUpdate(taken.Id, taken.Kind, "running", taken.Progress), cancellation);
            return taken;
        }, cancellation);
        if (job is not null) pump.Wake();
        return job;
    }

    /// <summary>A sign of life; false when the job is no longer this server's: cancelled, or taken over. Who gets on has its deaths forgotten.</summary>
    public async Task<bool> Beat(LabJob job, double progress, bool tell, CancellationToken cancellation)
    {
        var still = await Change(job, "lease_until = now() + make_interval(secs => @LeaseSeconds), attempts = CASE WHEN @progress > progress THEN 0 ELSE attempts END, progress = GREATEST(progress, @progress)",
            new { progress = Math.Clamp(progress, 0, 1), options.Value.LeaseSeconds }, tell ? new LabUpdate(job.Id, job.Kind, "running", progress) : null, null, cancellation);
        return still;
    }

    /// <summary>The job is done; what it made is written in the same transaction. False when it was no longer this server's.</summary>
    public Task<bool> Done(LabJob job, string summary, Func<NpgsqlConnection, Task>? write, CancellationToken cancellation) => Change(
        job, "status = 'done', progress = 1, worker = NULL, lease_until = NULL, ended_at = now(), summary = @summary", new { summary },
        new LabUpdate(job.Id, job.Kind, "done", 1), write, cancellation);

    public Task<bool> Failed(LabJob job, LabError error, CancellationToken cancellation) => Change(
        job, "status = 'failed', worker = NULL, lease_until = NULL, ended_at = now(), error_code = @Code, error_detail = @Detail", error,
        new LabUpdate(job.Id, job.Kind, "failed", job.Progress), null, cancellation);

    /// <summary>Back into the queue with what is done of it: others wait, or this server stops.</summary>
    public Task<bool> GiveBack(LabJob job, double progress, CancellationToken cancellation) => Change(
        job, "status = 'queued', worker = NULL, lease_until = NULL, progress = GREATEST(progress, @progress)", new { progress },
        new LabUpdate(job.Id, job.Kind, "queued", progress), null, cancellation);

    /// <summary>Does anybody else wait for a thread?</summary>
    public async Task<bool> OthersWait(LabJob job, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT FROM lab_jobs WHERE status = 'queued' AND kind = ANY (@kinds) AND user_id <> @User)",
            new { kinds = LabKinds.Of(LabKinds.LaneOf(job.Kind)), User = job.User.Value }, cancellationToken: cancellation));
    }

    public static Task Tell(NpgsqlConnection connection, NpgsqlTransaction transaction, UserId user, LabUpdate update, CancellationToken cancellation) =>
        OutboxLog.Append(connection, transaction, [OutboxMessage.Of(Topic, user, null, update, LabJson.Options)], cancellation);

    /// <summary>Jobs whose worker has not been heard of are queued again, or given up after some times.</summary>
    private async Task TakeBack(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] kinds, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE lab_jobs SET worker = NULL, lease_until = NULL, attempts = attempts + 1,
                status = CASE WHEN attempts + 1 >= @Attempts THEN 'failed' ELSE 'queued' END,
                error_code = CASE WHEN attempts + 1 >= @Attempts THEN 'gave_up' END,
                error_detail = CASE WHEN attempts + 1 >= @Attempts THEN 'The server ended while it worked on this, several times.' END,
                ended_at = CASE WHEN attempts + 1 >= @Attempts THEN now() END
            WHERE status = 'running' AND lease_until < now() AND kind = ANY (@kinds)
            RETURNING id AS Id, user_id AS User, kind AS Kind, status AS Status, progress AS Progress
            """;
        var found = await connection.QueryAsync<(Guid Id, Guid User, string Kind, string Status, double Progress)>(new CommandDefinition(sql, new { kinds, options.Value.Attempts }, cancellationToken: cancellation));
        foreach (var one in found)
            await Tell(connection, transaction, new UserId(one.User), new LabUpdate(one.Id, one.Kind, one.Status, one.Progress), cancellation);
    }

    private async Task<bool> Change(LabJob job, string set, object values, LabUpdate? update, Func<NpgsqlConnection, Task>? write, CancellationToken cancellation)
    {
        var parameters = new DynamicParameters(values);
        parameters.AddDynamicParams(new { job.Id, Worker = _worker });
        var changed = await database.InTransaction(async (connection, transaction) =>
        {
            var rows = await connection.ExecuteAsync(new CommandDefinition(
                $"UPDATE lab_jobs SET {set} WHERE id = @Id AND worker = @Worker AND status = 'running'", parameters, cancellationToken: cancellation));
            if (rows == 0) return false;
            if (write is not null) await write(connection);
            if (update is not null) await Tell(connection, transaction, job.User, update, cancellation);
            return true;
        }, cancellation);
        if (changed && update is not null) pump.Wake();
        return changed;
    }

    private sealed record Claimed
    {
        public Guid Id { get; init; }

        public Guid User { get; init; }

        public string Kind { get; init; } = "";

        public string Request { get; init; } = "";

        public double Progress { get; init; }
    }
}
