using Dapper;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>What an account was worth at a moment, by the last trades: an estimate.</summary>
/// <param name="Season">Of the account, counted from 1.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">grant, sample or reset.</param>
/// <param name="Equity">In the value asset.</param>
internal sealed record EquityPoint(int Season, DateTime At, string Kind, decimal Equity)
{
    public const string Grant = "grant";
    public const string Reset = "reset";
}

/// <summary>Writes single points in the transaction that causes them.</summary>
internal static class EquityPoints
{
    public static Task Add(NpgsqlConnection connection, Guid account, IReadOnlyList<EquityPoint> points, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO equity_points (account_id, season, at, kind, equity)
            SELECT @account, p.season, p.at, p.kind, p.equity FROM unnest(@Seasons, @Times, @Kinds, @Values) AS p (season, at, kind, equity)
            ON CONFLICT (account_id, season, at) DO NOTHING
            """,
            new
            {
                account,
                Seasons = points.Select(point => point.Season).ToArray(),
                Times = points.Select(point => point.At).ToArray(),
                Kinds = points.Select(point => point.Kind).ToArray(),
                Values = points.Select(point => point.Equity).ToArray(),
            },
            cancellationToken: cancellation));
}
