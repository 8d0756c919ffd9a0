using Dapper;
using Lastro.Core.Ledger;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>A season of an account: from one grant of virtual money to the reset that ends it. Worth is an estimate by the last trades.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="StartedAt">When the money was given.</param>
/// <param name="EndedAt">When it was reset; null for the open season.</param>
/// <param name="ValueAsset">What the amounts are in.</param>
/// <param name="StartEquity">The money given.</param>
/// <param name="FinalEquity">Worth at the end, or now; null when an asset had no price.</param>
/// <param name="Pnl">Final less start.</param>
/// <param name="Realised">What sales brought above the average cost, fees apart.</param>
/// <param name="Fees">All fees of the season.</param>
/// <param name="Trades">Fills.</param>
internal sealed record SeasonView(
    int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string ValueAsset, decimal StartEquity, decimal? FinalEquity, decimal? Pnl,
    decimal? Realised, decimal? Fees, int Trades);

/// <summary>Seasons in the database.</summary>
internal static class Seasons
{
    public static async Task<List<SeasonView>> Closed(NpgsqlConnection connection, Guid account, int before, int limit, CancellationToken cancellation)
    {
        const string sql = """
            SELECT number AS Number, started_at AS StartedAt, ended_at AS EndedAt, value_asset AS ValueAsset, trim_scale(start_equity) AS StartEquity,
                trim_scale(final_equity) AS FinalEquity, trim_scale(pnl) AS Pnl, trim_scale(realised) AS Realised, trim_scale(fees) AS Fees, trades AS Trades
            FROM seasons WHERE account_id = @account AND number < @before ORDER BY number DESC LIMIT @limit
            """;
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, new { account, before, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.Shown())];
    }

    public static Task Close(NpgsqlConnection connection, Guid account, SeasonView season, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO seasons (account_id, number, started_at, ended_at, value_asset, start_equity, final_equity, pnl, realised, fees, trades)
            VALUES (@account, @Number, @StartedAt, @EndedAt, @ValueAsset, @StartEquity, @FinalEquity, @Pnl, @Realised, @Fees, @Trades)
            """;
        var parameters = new
        {
            account,
            season.Number,
            StartedAt = season.StartedAt.UtcDateTime,
            EndedAt = season.EndedAt!.Value.UtcDateTime,
            season.ValueAsset,
            season.StartEquity,
            season.FinalEquity,
            season.Pnl,
            season.Realised,
            season.Fees,
            season.Trades,
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }

    /// <summary>The virtual money a season began with; 0 when none was given.</summary>
    public static Task<decimal> Granted(NpgsqlConnection connection, Guid account, int season, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<decimal>(new CommandDefinition(
            """
            SELECT coalesce(trim_scale(sum(p.amount)), 0) FROM journals j JOIN postings p ON p.journal_id = j.id
            WHERE j.business_key = @key AND p.account_id = @account
            """,
            new { key = Journals.GrantKey(account, season), account }, cancellationToken: cancellation));

    /// <summary>What the account owns of each asset; zeros left out.</summary>
    public static async Task<List<(string Asset, decimal Total)>> Owned(NpgsqlConnection connection, Guid account, CancellationToken cancellation) =>
        (await connection.QueryAsync<(string, decimal)>(new CommandDefinition(
            "SELECT asset, trim_scale(available + held) FROM balances WHERE account_id = @account AND available + held <> 0 ORDER BY asset",
            new { account }, cancellationToken: cancellation))).AsList();

    private sealed record Row(
        int Number, DateTime StartedAt, DateTime EndedAt, string ValueAsset, decimal StartEquity, decimal? FinalEquity, decimal? Pnl,
        decimal? Realised, decimal? Fees, int Trades)
    {
        public SeasonView Shown() => new(
            Number, new DateTimeOffset(StartedAt, TimeSpan.Zero), new DateTimeOffset(EndedAt, TimeSpan.Zero), ValueAsset, StartEquity, FinalEquity, Pnl, Realised, Fees, Trades);
    }
}
