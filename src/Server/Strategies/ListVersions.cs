using System.Globalization;
using System.Text.Json;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>The versions of one strategy of the caller, newest first.</summary>
internal sealed class ListVersions(NpgsqlDataSource database)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static async Task<Results<Ok<Paged<VersionItem>>, ProblemHttpResult>> Route(string id, int? limit, string? cursor, ListVersions verb, HttpContext context)
    {
        if (limit is < 1 or > MaxLimit) return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{limit}", $"1..{MaxLimit}"));
        var before = int.MaxValue;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before)) return Problems.Result(new Refused(ErrorCode.InvalidField, "cursor", cursor));
        if (BuiltInShelf.Find(id) is { } known) return TypedResults.Ok(new Paged<VersionItem>([new VersionItem(1, known.Name, null, null)], null));
        return Guid.TryParse(id, out var own) && await verb.Handle((UserId.Of(context.User), own), before, limit ?? DefaultLimit, context.RequestAborted) is { Items.Count: > 0 } page
            ? TypedResults.Ok(page)
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    public async Task<Paged<VersionItem>> Handle((UserId User, Guid Strategy) of, int before, int limit, CancellationToken cancellation)
    {
        const string sql = """
            SELECT v.version AS Version, v.document AS Document, v.restored_from AS RestoredFrom, v.created_at AS CreatedAt
            FROM strategy_versions v JOIN strategies s ON s.id = v.strategy_id
            WHERE s.id = @Strategy AND s.user_id = @User AND v.version < @before ORDER BY v.version DESC LIMIT @limit
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, new { of.Strategy, User = of.User.Value, before, limit = limit + 1 }, cancellationToken: cancellation))).AsList();
        var page = Paged<Row>.Of(rows, limit, row => row.Version);
        return new Paged<VersionItem>([.. page.Items.Select(row => row.Shown())], page.NextCursor);
    }

    private sealed record Row
    {
        public int Version { get; init; }

        public string Document { get; init; } = "";

        public int? RestoredFrom { get; init; }

        public DateTime CreatedAt { get; init; }

        public VersionItem Shown() => new(Version, RuleDesk.NameOf(JsonElement.Parse(Document)), RestoredFrom, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
    }
}
