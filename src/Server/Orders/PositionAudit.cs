using System.Globalization;
using System.Numerics;
using Dapper;
using Lastro.Core.Ledger;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>
/// Tells every season's fills again by Core's arithmetic: compares the open one's with the positions that the database's trigger kept, and
/// gives what the ended ones came to.
/// </summary>
internal static class PositionAudit
{
    /// <summary>The season of fills after the last mark.</summary>
    private const int Open = 0;

    private const string Name = "I3 every position, with what it cost, realised and paid in fees, follows from its season's fills";

    public static async Task<(LedgerFinding Finding, Dictionary<(Guid Account, int Season), SeasonFills> Ended)> Run(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var told = await Told(connection, cancellation);
        var open = told.Where(one => one.Key.Season == Open).ToDictionary(one => one.Key, one => one.Value);
        var stored = await Stored(connection, cancellation);
        var wrong = open.Keys.Union(stored.Keys).Where(key => open.GetValueOrDefault(key) != stored.GetValueOrDefault(key)).ToList();
        var finding = new LedgerFinding(Name, wrong.Count, wrong.Count == 0 ? null : wrong[0].ToString());
        return (finding, await Ended(connection, told, cancellation));
    }

    private static async Task<Dictionary<(Guid Account, int Season), SeasonFills>> Ended(
        NpgsqlConnection connection, Dictionary<Key, CostBasis> told, CancellationToken cancellation)
    {
        var marks = await connection.QueryAsync<(Guid Account, int Season)>(new CommandDefinition(
            "SELECT account_id, season FROM season_marks", commandTimeout: 600, cancellationToken: cancellation));
        var ended = marks.ToDictionary(mark => mark, _ => new SeasonFills(0, [], 0, 0));
        foreach (var (key, basis) in told.Where(one => one.Key.Season != Open))
        {
            var (trades, quotes, realised, fees) = ended[(key.Account, key.Season)];
            ended[(key.Account, key.Season)] = new SeasonFills(trades + basis.Trades, [.. quotes.Union([key.Quote], StringComparer.Ordinal)], realised + basis.Realised, fees + basis.Fees);
        }

        return ended;
    }

    private static async Task<Dictionary<Key, CostBasis>> Told(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = """
            SELECT f.account_id AS Account, coalesce(m.season, 0) AS Season, f.base AS Base, f.quote AS Quote, f.side AS Side, trim_scale(f.price) AS Price,
                trim_scale(f.quantity) AS Quantity, trim_scale(f.fee) AS Fee
            FROM fills f LEFT JOIN LATERAL (SELECT min(season) AS season FROM season_marks WHERE account_id = f.account_id AND after_fill >= f.id) m ON true
            ORDER BY f.id
            """;
        var told = new Dictionary<Key, CostBasis>();
        await foreach (var fill in connection.QueryUnbufferedAsync<Fill>(sql, commandTimeout: 600).WithCancellation(cancellation))
        {
            var key = new Key(fill.Account, fill.Season, fill.Base, fill.Quote);
            var side = OrderWords.ToSide(fill.Side) ?? throw new InvalidOperationException($"The fills table holds the side '{fill.Side}'.");
            told[key] = told.GetValueOrDefault(key).After(side, fill.Price, fill.Quantity, fill.Fee);
        }

        return told;
    }

    private static async Task<Dictionary<Key, CostBasis>> Stored(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // In whole units of 10^-18 and as text: a large cost with all its decimals has more digits than decimal holds.
        const string sql = """
            SELECT account_id AS Account, asset AS Asset, quote AS Quote, trim_scale(quantity * 1e18)::text AS Quantity, trim_scale(cost * 1e18)::text AS Cost,
                trim_scale(realised * 1e18)::text AS Realised, trim_scale(fees * 1e18)::text AS Fees, trades AS Trades
            FROM positions
            """;
        var stored = new Dictionary<Key, CostBasis>();
        await foreach (var row in connection.QueryUnbufferedAsync<Row>(sql, commandTimeout: 600).WithCancellation(cancellation))
            stored[new Key(row.Account, Open, row.Asset, row.Quote)] = new CostBasis(Whole(row.Quantity), Whole(row.Cost), Whole(row.Realised), Whole(row.Fees), row.Trades);
        return stored;
    }

    private static BigInteger Whole(string text) => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private readonly record struct Key(Guid Account, int Season, string Base, string Quote);

    private sealed record Fill(Guid Account, int Season, string Base, string Quote, string Side, decimal Price, decimal Quantity, decimal Fee);

    private sealed record Row(Guid Account, string Asset, string Quote, string Quantity, string Cost, string Realised, string Fees, int Trades);
}
