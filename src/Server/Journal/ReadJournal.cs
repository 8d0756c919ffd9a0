using Dapper;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Journaling;

/// <summary>The caller's notes with their orders, newest order first.</summary>
internal sealed class ReadJournal(NpgsqlDataSource database)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;
    private const int LongestSearch = 200;

    /// <param name="Note">What was written.</param>
    /// <param name="Order">About which order.</param>
    public sealed record Item(NoteView Note, OrderGlimpse Order);

    /// <summary>The query of GET /journal.</summary>
    /// <param name="Q">Only notes that have this in text, tags or pair, in whatever case.</param>
    /// <param name="Tag">Only notes with exactly this tag, in whatever case.</param>
    /// <param name="Symbol">Only this pair.</param>
    /// <param name="From">Only orders not placed before this time, ISO 8601.</param>
    /// <param name="To">Only orders placed before this time.</param>
    /// <param name="Limit">1 to 500, default 50.</param>
    /// <param name="Cursor">From the page before.</param>
    public sealed record Query(string? Q, string? Tag, string? Symbol, string? From, string? To, int? Limit, string? Cursor);

    public static async Task<Results<Ok<Paged<Item>>, ProblemHttpResult>> Route([AsParameters] Query query, ReadJournal verb, HttpContext context)
    {
        if (query.Limit is < 1 or > MaxLimit) return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{query.Limit}", $"1..{MaxLimit}"));
        if (query.Q?.Length > LongestSearch) return Problems.Result(new Refused(ErrorCode.InvalidField, "q", null, $"at most {LongestSearch} characters"));
        if (query.Cursor is not null && JournalRoom.OrderOf(query.Cursor) is null) return Problems.Result(new Refused(ErrorCode.InvalidField, "cursor", query.Cursor));
        if ((Moment.Read("from", query.From).Refused ?? Moment.Read("to", query.To).Refused) is { } refused) return Problems.Result(refused);
        return TypedResults.Ok(await verb.Handle(UserId.Of(context.User), query, context.RequestAborted));
    }

    public async Task<Paged<Item>> Handle(UserId user, Query query, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {NoteRow.Columns} FROM order_notes
            WHERE user_id = @User AND order_id < @Before AND (@Symbol::text IS NULL OR symbol = @Symbol)
                AND (@From::timestamptz IS NULL OR ordered_at >= @From) AND (@To::timestamptz IS NULL OR ordered_at < @To)
                AND (@Tag::text IS NULL OR strpos(folded, chr(31) || @Tag || chr(31)) > 0) AND (@Q::text IS NULL OR strpos(folded, @Q) > 0)
            ORDER BY order_id DESC LIMIT @Limit
            """;
        var limit = query.Limit ?? DefaultLimit;
        var parameters = new
        {
            User = user.Value,
            Before = query.Cursor is null ? long.MaxValue : JournalRoom.OrderOf(query.Cursor) ?? 0,
            Symbol = query.Symbol?.ToUpperInvariant(),
            From = Moment.Read("from", query.From).Time?.UtcDateTime,
            To = Moment.Read("to", query.To).Time?.UtcDateTime,
            Tag = Plain(query.Tag),
            Q = Plain(query.Q),
            Limit = limit + 1,
        };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<NoteRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        var page = Paged<NoteRow>.Of(rows, limit, row => row.OrderId);
        var orders = await OrdersRoom.Glimpses(connection, user, [.. page.Items.Select(row => row.OrderId)], cancellation);
        return new Paged<Item>([.. page.Items.Select(row => new Item(row.Shown(), orders[row.OrderId]))], page.NextCursor);
    }

    /// <summary>An empty search is no search; PostgreSQL's text holds no NUL.</summary>
    private static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : NoteText.Fold(text.Trim().Replace("\0", "", StringComparison.Ordinal));
}
