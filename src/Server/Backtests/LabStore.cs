using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Backtests;

/// <summary>Reads jobs and what they made. Every statement of a request has the owner.</summary>
internal sealed class LabStore(NpgsqlDataSource database)
{
    /// <summary>In which order the waiting ones would be served, if all took equally long: one of each user, then the second of each.</summary>
    private const string Positions = """
        SELECT id, (row_number() OVER (ORDER BY place, served, created_at, id))::int AS position FROM (
            SELECT j.id, j.created_at, COALESCE(t.served, 0) AS served, row_number() OVER (PARTITION BY j.user_id ORDER BY j.created_at, j.id) AS place
            FROM lab_jobs j LEFT JOIN lab_turns t ON t.user_id = j.user_id AND t.lane = @lane
            WHERE j.status = 'queued' AND j.kind = ANY (@kinds)) waiting
        """;

    /// <summary>A job of the user's with its place in the queue; null when there is none of the kind.</summary>
    public async Task<(LabRow Row, int? Position)?> Find(UserId user, string kind, Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<LabRow>(new CommandDefinition(
            $"SELECT {LabRow.Columns} FROM lab_jobs WHERE id = @id AND user_id = @User AND kind = @kind", new { id, User = user.Value, kind }, cancellationToken: cancellation));
        if (row is null) return null;
        if (row.Status != "queued") return (row, null);
        return (row, (await Places(connection, kind, cancellation)).TryGetValue(row.Id, out var place) ? place : null);
    }

    /// <summary>Newest first, those before a job where one is named.</summary>
    public async Task<IReadOnlyList<(LabRow Row, int? Position)>> List(UserId user, string kind, Guid? before, int limit, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {LabRow.Columns} FROM lab_jobs
            WHERE user_id = @User AND kind = @kind AND (@before::uuid IS NULL OR id < @before) ORDER BY id DESC LIMIT @limit
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<LabRow>(new CommandDefinition(sql, new { User = user.Value, kind, before, limit }, cancellationToken: cancellation))).AsList();
        var places = rows.Exists(row => row.Status == "queued") ? await Places(connection, kind, cancellation) : [];
        return [.. rows.Select(row => (row, places.TryGetValue(row.Id, out var place) ? (int?)place : null))];
    }

    /// <summary>The user's jobs that have not ended, and the newest of the others.</summary>
    public async Task<IReadOnlyList<LabUpdate>> Newest(UserId user, int limit, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id AS Id, kind AS Kind, status AS Status, progress AS Progress FROM lab_jobs
            WHERE user_id = @User ORDER BY ended_at IS NULL DESC, id DESC LIMIT @limit
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Id, string Kind, string Status, double Progress)>(new CommandDefinition(sql, new { User = user.Value, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => new LabUpdate(row.Id, row.Kind, row.Status, row.Progress))];
    }

    /// <summary>Backtests and combinations of sweeps the user has had counted over candles of this length of one of the pairs.</summary>
    public async Task<int> Trials(UserId user, string timeframe, IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COALESCE(sum(COALESCE((r #>> '{sweep,combinations}')::int, 1)), 0)::int FROM (
                SELECT request::jsonb AS r FROM lab_jobs WHERE user_id = @User AND kind IN ('backtest', 'sweep') AND status = 'done') jobs
            WHERE r ->> 'timeframe' = @timeframe AND r -> 'symbols' ?| @symbols
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { User = user.Value, timeframe, symbols = symbols.ToArray() }, cancellationToken: cancellation));
    }

    /// <summary>What a finished backtest of the user's made, compressed; null before that.</summary>
    public async Task<byte[]?> Report(UserId user, Guid id, bool equity, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            $"SELECT r.{(equity ? "equity" : "report")} FROM lab_reports r JOIN lab_jobs j ON j.id = r.job_id WHERE j.id = @id AND j.user_id = @User",
            new { id, User = user.Value }, cancellationToken: cancellation));
    }

    public static Task WriteReport(NpgsqlConnection connection, Guid id, (byte[] Report, byte[] Equity) made, CancellationToken cancellation) => connection.ExecuteAsync(new CommandDefinition(
        "INSERT INTO lab_reports (job_id, report, equity, created_at) VALUES (@id, @Report, @Equity, now())", new { id, made.Report, made.Equity }, cancellationToken: cancellation));

    /// <summary>The chunks of a sweep that are there, in their order.</summary>
    public async Task<IReadOnlyList<(int Chunk, byte[] Rows)>> Chunks(Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(int, byte[])>(new CommandDefinition("SELECT chunk, rows FROM lab_chunks WHERE job_id = @id ORDER BY chunk", new { id }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>Keeps a chunk; the same again changes nothing.</summary>
    public async Task WriteChunk(Guid id, int chunk, byte[] rows, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO lab_chunks (job_id, chunk, rows, created_at)
            SELECT id, @chunk, @rows, now() FROM lab_jobs WHERE id = @id AND status = 'running' FOR KEY SHARE ON CONFLICT DO NOTHING
            """,
            new { id, chunk, rows }, cancellationToken: cancellation));
    }

    private static async Task<Dictionary<Guid, int>> Places(NpgsqlConnection connection, string kind, CancellationToken cancellation)
    {
        var lane = LabKinds.LaneOf(kind);
        var rows = await connection.QueryAsync<(Guid Id, int Position)>(new CommandDefinition(Positions, new { lane, kinds = LabKinds.Of(lane) }, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => row.Position);
    }
}
