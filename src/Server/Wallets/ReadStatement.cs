using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Every change of an account's balances, newest first: one line per journal and asset, with the balance it left. As CSV when asked.</summary>
internal sealed class ReadStatement(NpgsqlDataSource database)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <summary>Lines of one CSV file; the header Link leads on.</summary>
    public const int MaxCsvLimit = 10_000;

    private static readonly string[] Kinds = ["grant", "hold", "release", "fill", "reset"];

    /// <param name="Id">Journal and asset.</param>
    /// <param name="Time">Market time for orders, wall clock for grants and resets.</param>
    /// <param name="Kind">grant, hold, release, fill or reset.</param>
    /// <param name="Asset">Ticker.</param>
    /// <param name="Available">Signed change of what is free.</param>
    /// <param name="Held">Signed change of what is held.</param>
    /// <param name="AvailableAfter">What was free after this line.</param>
    /// <param name="HeldAfter">What was held after this line.</param>
    /// <param name="OrderId">The order behind it.</param>
    /// <param name="FillId">The fill behind it.</param>
    /// <param name="Note">Always null in this stage.</param>
    public sealed record Line(
        string Id, DateTimeOffset Time, [property: AllowedValues("grant", "hold", "release", "fill", "reset")] string Kind, string Asset, decimal Available, decimal Held,
        decimal AvailableAfter, decimal HeldAfter, string? OrderId, string? FillId, string? Note = null);

    /// <summary>The query of GET /accounts/{id}/statement.</summary>
    public sealed record Query(string? Asset, string? Kind, string? From, string? To, int? Limit, string? Cursor);

    /// <summary>JSON, or CSV for <c>Accept: text/csv</c>.</summary>
    public static async Task<IResult> Route(string id, [AsParameters] Query query, ReadStatement verb, HttpContext context)
    {
        var csv = StatementCsv.Asked(context.Request);
        var (filter, refused) = Filter.Read(query, csv);
        if (filter is null) return Problems.Result(refused!);
        if (!Guid.TryParse(id, out var account) || await verb.Handle(UserId.Of(context.User), account, filter, context.RequestAborted) is not { } page)
            return Problems.Result(new Refused(ErrorCode.NotFound));
        return csv ? StatementCsv.Answer(page, context) : TypedResults.Ok(page);
    }

    /// <param name="Asset">Only this one; null for all.</param>
    /// <param name="Kind">Only lines of this kind.</param>
    /// <param name="From">Not before this time.</param>
    /// <param name="To">Before this time.</param>
    /// <param name="Before">Only what is older than this journal and asset.</param>
    /// <param name="Limit">Lines at most.</param>
    public sealed record Filter(string? Asset, string? Kind, DateTimeOffset? From, DateTimeOffset? To, (long Journal, string Asset) Before, int Limit)
    {
        public static (Filter? Filter, Refused? Refused) Read(Query query, bool csv)
        {
            var most = csv ? MaxCsvLimit : MaxLimit;
            if (query.Limit < 1 || query.Limit > most) return (null, new Refused(ErrorCode.InvalidField, "limit", $"{query.Limit}", $"1..{most}"));
            if (Position(query.Cursor) is not { } before) return (null, new Refused(ErrorCode.InvalidField, "cursor", query.Cursor, "a nextCursor of this list"));
            if (query.Asset is not null && !Core.Asset.TryParse(query.Asset, out _))
                return (null, new Refused(ErrorCode.InvalidField, "asset", query.Asset, "1..20 letters A-Z and digits"));
            if (query.Kind is not null && !Kinds.Contains(query.Kind, StringComparer.Ordinal))
                return (null, new Refused(ErrorCode.InvalidField, "kind", query.Kind, string.Join(", ", Kinds)));
            var (from, to) = (Moment.Read("from", query.From), Moment.Read("to", query.To));
            if ((from.Refused ?? to.Refused) is { } refused) return (null, refused);
            return (new Filter(query.Asset, query.Kind, from.Time, to.Time, before, query.Limit ?? (csv ? MaxCsvLimit : DefaultLimit)), null);
        }

        private static (long Journal, string Asset)? Position(string? cursor)
        {
            if (cursor is null) return (long.MaxValue, "");
            var parts = cursor.Split('-');
            return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var journal) ? (journal, parts[1]) : null;
        }
    }

    public async Task<Paged<Line>?> Handle(UserId user, Guid account, Filter filter, CancellationToken cancellation)
    {
        // What a line left is the balance now less all that came after it, in one statement, which sees one moment.
        const string sql = """
            WITH page AS MATERIALIZED (
                SELECT j.id, j.created_at, j.kind, p.asset, j.order_id, j.fill_id,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'available'), 0) AS available,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'held'), 0) AS held
                FROM postings p JOIN journals j ON j.id = p.journal_id
                WHERE p.account_id = @Account AND (@Asset::text IS NULL OR p.asset = @Asset) AND p.journal_id <= @Journal
                    AND (@Kind::text IS NULL OR j.kind = @Kind) AND (@From::timestamptz IS NULL OR j.created_at >= @From) AND (@To::timestamptz IS NULL OR j.created_at < @To)
                GROUP BY j.id, p.asset
                HAVING (j.id, p.asset) < (@Journal, @AssetBefore)
                ORDER BY j.id DESC, p.asset DESC LIMIT @Limit),
            moves AS (
                SELECT p.journal_id, p.asset, coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'available'), 0) AS available,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'held'), 0) AS held
                FROM postings p WHERE p.account_id = @Account AND p.journal_id >= (SELECT min(id) FROM page) AND p.asset IN (SELECT asset FROM page)
                GROUP BY p.journal_id, p.asset),
            later AS (
                SELECT journal_id, asset, sum(available) OVER w - available AS available, sum(held) OVER w - held AS held
                FROM moves WINDOW w AS (PARTITION BY asset ORDER BY journal_id DESC))
            SELECT a.id AS AccountId, s.id AS Id, s.created_at AS CreatedAt, s.kind AS Kind, s.asset AS Asset, trim_scale(s.available) AS Available,
                trim_scale(s.held) AS Held, trim_scale(b.available - l.available) AS AvailableAfter, trim_scale(b.held - l.held) AS HeldAfter,
                s.order_id AS OrderId, s.fill_id AS FillId
            FROM accounts a LEFT JOIN page s ON true
            LEFT JOIN later l ON l.journal_id = s.id AND l.asset = s.asset
            LEFT JOIN balances b ON b.account_id = a.id AND b.asset = s.asset
            WHERE a.id = @Account AND a.user_id = @User
            ORDER BY s.id DESC, s.asset DESC
            """;
        var parameters = new
        {
            Account = account,
            User = user.Value,
            filter.Asset,
            filter.Kind,
            From = filter.From?.UtcDateTime,
            To = filter.To?.UtcDateTime,
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

    private sealed record Row
    {
        public long? Id { get; init; }

        public DateTime? CreatedAt { get; init; }

        public string? Kind { get; init; }

        public string? Asset { get; init; }

        public decimal? Available { get; init; }

        public decimal? Held { get; init; }

        public decimal? AvailableAfter { get; init; }

        public decimal? HeldAfter { get; init; }

        public long? OrderId { get; init; }

        public long? FillId { get; init; }

        public Line Shown() => new(
            $"{Id}-{Asset}", new DateTimeOffset(CreatedAt!.Value, TimeSpan.Zero), Kind!, Asset!, Available!.Value, Held!.Value, AvailableAfter!.Value, HeldAfter!.Value,
            OrderId?.ToString(CultureInfo.InvariantCulture), FillId?.ToString(CultureInfo.InvariantCulture));
    }
}
