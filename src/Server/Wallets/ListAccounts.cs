using System.ComponentModel.DataAnnotations;
using Dapper;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The caller's accounts, oldest first.</summary>
internal sealed class ListAccounts(NpgsqlDataSource database)
{
    /// <param name="Id">UUID.</param>
    /// <param name="Kind">"paper" or "live".</param>
    /// <param name="Exchange">Where it trades; "paper" for virtual money.</param>
    /// <param name="Name">For people.</param>
    /// <param name="CreatedAt">UTC.</param>
    /// <param name="FillModel">How its resting orders are filled; "default" is queue with depth, else through.</param>
    /// <param name="LatencyMs">Milliseconds between an order's acceptance and its arrival at the market.</param>
    /// <param name="SlippageBps">Basis points the last price is moved against a taker where there is no book; null: the server's.</param>
    /// <param name="Season">The open season, counted from 1.</param>
    /// <param name="SeasonStartedAt">When its virtual money was given.</param>
    public sealed record Item(
        Guid Id, [property: AllowedValues("paper", "live")] string Kind, string Exchange, string Name, DateTimeOffset CreatedAt,
        [property: AllowedValues("default", "touch", "through", "queue", "book")] string FillModel, int LatencyMs, int? SlippageBps, int Season, DateTimeOffset SeasonStartedAt);

    public async Task<Paged<Item>> Handle(UserId user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return new Paged<Item>(await Read(connection, user, null, cancellation), null);
    }

    /// <summary>One account as it stands in the caller's transaction; null when it is not the user's.</summary>
    public static async Task<Item?> One(NpgsqlConnection connection, UserId user, Guid account, CancellationToken cancellation) =>
        (await Read(connection, user, account, cancellation)).SingleOrDefault();

    private static async Task<IReadOnlyList<Item>> Read(NpgsqlConnection connection, UserId user, Guid? account, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.id AS Id, a.kind AS Kind, a.exchange AS Exchange, a.name AS Name, a.created_at AS CreatedAt, a.fill_model AS FillModel,
                a.latency_ms AS LatencyMs, a.slippage_bps AS SlippageBps, coalesce(s.number, 0) + 1 AS Season, coalesce(s.ended_at, a.created_at) AS SeasonStartedAt
            FROM accounts a LEFT JOIN LATERAL (
                SELECT number, ended_at FROM seasons WHERE account_id = a.id ORDER BY number DESC LIMIT 1) s ON true
            WHERE a.user_id = @User AND (@Account::uuid IS NULL OR a.id = @Account)
            ORDER BY a.created_at, a.id LIMIT 100
            """;
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, new { User = user.Value, Account = account }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.Shown())];
    }

    private sealed record Row(
        Guid Id, string Kind, string Exchange, string Name, DateTime CreatedAt, string FillModel, int LatencyMs, int? SlippageBps, int Season, DateTime SeasonStartedAt)
    {
        public Item Shown() => new(
            Id, Kind, Exchange, Name, new DateTimeOffset(CreatedAt, TimeSpan.Zero), FillModel, LatencyMs, SlippageBps, Season, new DateTimeOffset(SeasonStartedAt, TimeSpan.Zero));
    }
}
