using System.Globalization;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>Reads and writes the two tables. Every statement has the owner.</summary>
internal sealed class StrategyStore(NpgsqlDataSource database)
{
    public async Task<KnownStrategy?> Find(UserId user, string id, int? version, CancellationToken cancellation) =>
        Guid.TryParse(id, out var known) && await Row(user, known, version, cancellation) is { } row
            ? new KnownStrategy(row.Id.ToString(), row.Version, row.Shown().Name, row.Document)
            : null;

    /// <summary>A version of the user's strategy, the newest where none is named.</summary>
    public async Task<StrategyRow?> Row(UserId user, Guid id, int? version, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await Row(connection, (user, id, version), lockIt: false, cancellation);
    }

    /// <summary>The same in a transaction of the caller's; with a lock nobody else makes a version until it ends.</summary>
    public static async Task<StrategyRow?> Row(NpgsqlConnection connection, (UserId User, Guid Id, int? Version) which, bool lockIt, CancellationToken cancellation)
    {
        var of = new { which.Id, User = which.User.Value, which.Version };
        // First the lock, then the look: a statement that waits for it would join the new row with the versions there were before.
        if (lockIt) await connection.ExecuteAsync(new CommandDefinition("SELECT FROM strategies WHERE id = @Id AND user_id = @User FOR UPDATE", of, cancellationToken: cancellation));
        return await connection.QuerySingleOrDefaultAsync<StrategyRow?>(new CommandDefinition(
            $"""
            SELECT {StrategyRow.Columns} FROM strategies s JOIN strategy_versions v ON v.strategy_id = s.id AND v.version = COALESCE(@Version, s.version)
            WHERE s.id = @Id AND s.user_id = @User
            """,
            of, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<StrategyRow>> Newest(UserId user, int limit, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {StrategyRow.Columns} FROM strategies s JOIN strategy_versions v ON v.strategy_id = s.id AND v.version = s.version
            WHERE s.user_id = @User ORDER BY s.updated_at DESC, s.id DESC LIMIT @limit
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<StrategyRow>(new CommandDefinition(sql, new { User = user.Value, limit }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>Why the user may not keep so much more; null when they may. Certain only while the caller holds a lock.</summary>
    public static async Task<Refused?> NoRoom(NpgsqlConnection connection, UserId user, string document, StrategiesOptions options, CancellationToken cancellation)
    {
        var kept = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(sum(octet_length(v.document)), 0) FROM strategies s JOIN strategy_versions v ON v.strategy_id = s.id WHERE s.user_id = @User",
            new { User = user.Value }, cancellationToken: cancellation));
        var sum = kept + System.Text.Encoding.UTF8.GetByteCount(document);
        return sum <= options.BytesPerUser ? null : TooMany("document", sum, options.BytesPerUser, "The user's strategies have as many bytes as allowed: delete one first.");
    }

    /// <summary>A limit of the user's, and what it would have come to.</summary>
    public static Refused TooMany(string field, long value, long most, string detail) => new(
        ErrorCode.QuotaExceeded, field, value.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture), detail);

    /// <summary>Adds the next version to a strategy whose row the caller holds locked.</summary>
    public static async Task<StrategyRow> AddVersion(NpgsqlConnection connection, (UserId User, StrategyRow Row) of, NewVersion next, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE strategies SET version = @Version, name = @Name, updated_at = @At WHERE id = @Id AND user_id = @User;
            INSERT INTO strategy_versions (strategy_id, version, document, restored_from, created_at) VALUES (@Id, @Version, @Document, @RestoredFrom, @At);
            """;
        var version = of.Row.Newest + 1;
        var row = new { of.Row.Id, User = of.User.Value, Version = version, next.Name, next.Document, next.RestoredFrom, At = next.At.UtcDateTime };
        await connection.ExecuteAsync(new CommandDefinition(sql, row, cancellationToken: cancellation));
        return of.Row with { Newest = version, Version = version, Document = next.Document, UpdatedAt = next.At.UtcDateTime };
    }
}

/// <summary>What a new version holds.</summary>
internal sealed record NewVersion(string Name, string Document, int? RestoredFrom, DateTimeOffset At);
