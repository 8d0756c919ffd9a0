using System.ComponentModel.DataAnnotations;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Every change of an account's balances, newest first: one line per journal and asset.</summary>
internal sealed class ReadStatement(NpgsqlDataSource database)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <param name="Id">Journal and asset.</param>
    /// <param name="Time">Market time for orders, wall clock for grants.</param>
    /// <param name="Kind">grant, hold, release or fill.</param>
    /// <param name="Asset">Ticker.</param>
    /// <param name="Available">Signed change of what is free.</param>
    /// <param name="Held">Signed change of what is held.</param>
    /// <param name="OrderId">The order behind it.</param>
    /// <param name="FillId">The fill behind it.</param>
    /// <param name="Note">Always null in this stage.</param>
    public sealed record Line(
        string Id, DateTimeOffset Time, [property: AllowedValues("grant", "hold", "release", "fill")] string Kind, string Asset, decimal Available, decimal Held, string? OrderId, string? FillId, string? Note = null);

    public static async Task<Results<Ok<Paged<Line>>, ProblemHttpResult>> Route(
        string id, string? asset, int? limit, string? cursor, ReadStatement verb, HttpContext context)
    {
        if (limit is < 1 or > MaxLimit)
            return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{limit}", $"1..{MaxLimit}"));
        if (Cursor(cursor) is not { } before)
            return Problems.Result(new Refused(ErrorCode.InvalidField, "cursor", cursor));
        return Guid.TryParse(id, out var account)
            && await verb.Handle(UserId.Of(context.User), account, new Filter(asset, before, limit ?? DefaultLimit), context.RequestAborted) is { } page
            ? TypedResults.Ok(page)
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    /// <param name="Asset">Only this one; null for all.</param>
    /// <param name="Before">Only what is older than this journal and asset.</param>
    /// <param name="Limit">Lines at most.</param>
    public sealed record Filter(string? Asset, (long Journal, string Asset) Before, int Limit);

    public async Task<Paged<Line>?> Handle(UserId user, Guid account, Filter filter, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.id AS AccountId, s.id AS Id, s.created_at AS CreatedAt, s.kind AS Kind, s.asset AS Asset, trim_scale(s.available) AS Available,
                trim_scale(s.held) AS Held, s.order_id AS OrderId, s.fill_id AS FillId
            FROM accounts a LEFT JOIN LATERAL (
                SELECT j.id, j.created_at, j.kind, p.asset, j.order_id, j.fill_id,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'available'), 0) AS available,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'held'), 0) AS held
                FROM postings p JOIN journals j ON j.id = p.journal_id
                WHERE p.account_id = a.id AND (@Asset::text IS NULL OR p.asset = @Asset) AND p.journal_id <= @Journal
                GROUP BY j.id, p.asset
                HAVING (j.id, p.asset) < (@Journal, @AssetBefore)
                ORDER BY j.id DESC, p.asset DESC LIMIT @Limit) s ON true
            WHERE a.id = @Account AND a.user_id = @User
            ORDER BY s.id DESC, s.asset DESC
            """;
        var parameters = new
        {
            Account = account,
            User = user.Value,
            filter.Asset,
            filter.Before.Journal,
            AssetBefore = filter.Before.Asset,
            Limit = filter.Limit + 1,
        };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        if (rows.Count == 0) return null;
        var lines = rows.Where(row => row.Asset is not null).Select(row => row.Shown()).ToList();
        return lines.Count <= filter.Limit
            ? new Paged<Line>(lines, null)
            : new Paged<Line>(lines[..filter.Limit], lines[filter.Limit - 1].Id);
    }

    private static (long Journal, string Asset)? Cursor(string? cursor)
    {
        if (cursor is null) return (long.MaxValue, "");
        var parts = cursor.Split('-');
        return parts.Length == 2 && long.TryParse(parts[0], out var journal) ? (journal, parts[1]) : null;
    }

    private sealed record Row(
        Guid AccountId, long? Id, DateTime? CreatedAt, string? Kind, string? Asset, decimal? Available, decimal? Held, long? OrderId, long? FillId)
    {
        public Line Shown() => new(
            $"{Id}-{Asset}", new DateTimeOffset(CreatedAt!.Value, TimeSpan.Zero), Kind!, Asset!, Available!.Value, Held!.Value, OrderId?.ToString(), FillId?.ToString());
    }
}
