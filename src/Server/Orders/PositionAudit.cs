using System.Globalization;
using System.Numerics;
using Dapper;
using Lastro.Core.Ledger;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Tells every open season's fills again by Core's arithmetic and compares the positions that the database's trigger kept.</summary>
internal static class PositionAudit
{
    private const string Name = "I3 every position, with what it cost, realised and paid in fees, follows from its season's fills";

    public static async Task<LedgerFinding> Run(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var told = await Told(connection, cancellation);
        var stored = await Stored(connection, cancellation);
        var wrong = told.Keys.Union(stored.Keys).Where(key => told.GetValueOrDefault(key) != stored.GetValueOrDefault(key)).ToList();
        return new LedgerFinding(Name, wrong.Count, wrong.Count == 0 ? null : wrong[0].ToString());
    }

    private static async Task<Dictionary<Key, CostBasis>> Told(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = """
            SELECT f.account_id AS Account, f.base AS Base, f.quote AS Quote, f.side AS Side, trim_scale(f.price) AS Price,
                trim_scale(f.quantity) AS Quantity, trim_scale(f.fee) AS Fee
            FROM fills f LEFT JOIN (SELECT account_id, max(after_fill) AS last FROM season_marks GROUP BY account_id) m ON m.account_id = f.account_id
            WHERE f.id > coalesce(m.last, 0) ORDER BY f.id
            """;
        var told = new Dictionary<Key, CostBasis>();
        await foreach (var fill in connection.QueryUnbufferedAsync<Fill>(sql, commandTimeout: 600).WithCancellation(cancellation))
        {
            var key = new Key(fill.Account, fill.Base, fill.Quote);
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
            stored[new Key(row.Account, row.Asset, row.Quote)] = new CostBasis(Whole(row.Quantity), Whole(row.Cost), Whole(row.Realised), Whole(row.Fees), row.Trades);
        return stored;
    }

    private static BigInteger Whole(string text) => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private readonly record struct Key(Guid Account, string Base, string Quote);

    private sealed record Fill(Guid Account, string Base, string Quote, string Side, decimal Price, decimal Quantity, decimal Fee);

    private sealed record Row(Guid Account, string Asset, string Quote, string Quantity, string Cost, string Realised, string Fees, int Trades);
}
