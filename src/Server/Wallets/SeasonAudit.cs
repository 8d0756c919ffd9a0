using System.Globalization;
using System.Numerics;
using Dapper;
using Lastro.Server.Orders;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Compares archived seasons with what their fills come to. Gains and fees of a season that traded against the value asset only are proved to
/// the last digit; those that were converted by a last trade cannot be computed again, nor can a billion and more, which is told to 8 places.
/// </summary>
internal static class SeasonAudit
{
    private static readonly BigInteger Billion = BigInteger.Pow(10, 27);

    public static async Task<LedgerFinding> Run(
        NpgsqlConnection connection, IReadOnlyDictionary<(Guid Account, int Season), SeasonFills> told, CancellationToken cancellation)
    {
        const string sql = """
            SELECT account_id AS Account, number AS Number, value_asset AS ValueAsset, trades AS Trades,
                trim_scale(realised * 1e18)::text AS Realised, trim_scale(fees * 1e18)::text AS Fees
            FROM seasons
            """;
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, commandTimeout: 600, cancellationToken: cancellation));
        var archived = rows.ToDictionary(row => (row.Account, row.Number));
        var wrong = archived.Keys.Union(told.Keys)
            .Where(key => !archived.TryGetValue(key, out var row) || !told.TryGetValue(key, out var fills) || !Agree(row, fills)).ToList();
        return new LedgerFinding("I10 a closed season's trades, gains and fees follow from its fills", wrong.Count, wrong.Count == 0 ? null : wrong[0].ToString());
    }

    private static bool Agree(Row row, SeasonFills fills)
    {
        if (row.Trades != fills.Trades) return false;
        if (fills.Quotes.Any(quote => quote != row.ValueAsset)) return true;
        return Agree(row.Realised, fills.Realised) && Agree(row.Fees, fills.Fees);
    }

    private static bool Agree(string? archived, BigInteger told) =>
        BigInteger.Abs(told) >= Billion || (archived is not null && BigInteger.Parse(archived, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) == told);

    private sealed record Row(Guid Account, int Number, string ValueAsset, int Trades, string? Realised, string? Fees);
}
