using Dapper;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The orders' and fills' share of the ledger's audit.</summary>
internal static class OrderAudit
{
    private static readonly (string Name, string Sql)[] Checks =
    [
        ("I10 what an order has filled is the sum of its fills",
            """
            SELECT o.id::text FROM orders o LEFT JOIN (
                SELECT order_id, sum(quantity) AS quantity, sum(quote_quantity) AS quote, sum(fee) AS fee, count(*) AS fills, max(number) AS last
                FROM fills GROUP BY order_id) f ON f.order_id = o.id
            WHERE o.filled_quantity <> coalesce(f.quantity, 0) OR o.filled_quote <> coalesce(f.quote, 0) OR o.fee <> coalesce(f.fee, 0)
                OR o.fills <> coalesce(f.fills, 0) OR o.fills <> coalesce(f.last, 0)
            """),
        ("I10 no order is filled beyond what it wanted",
            "SELECT id::text FROM orders WHERE filled_quantity > quantity OR filled_quote > quote_quantity"),
        ("I10 an order that has ended holds nothing, one that works something",
            """
            SELECT id::text FROM orders
            WHERE CASE WHEN status IN ('triggered', 'new', 'partiallyFilled') THEN held <= 0 WHEN status NOT IN ('waiting', 'paused') THEN held <> 0 END
            """),
        // An amended order (placed is kept) may have filled at a price that is worse than its limit is now.
        ("I10 no fill is worse than its order's limit",
            "SELECT f.id::text FROM fills f JOIN orders o ON o.id = f.order_id WHERE o.placed IS NULL AND CASE o.side WHEN 'buy' THEN f.price > o.price ELSE f.price < o.price END"),
        ("I8 every key of an account has one order",
            "SELECT account_id || ' ' || client_order_id FROM orders GROUP BY account_id, client_order_id HAVING count(*) > 1"),
        ("I9 fees are in the asset received and at most what was received",
            """
            SELECT id::text FROM fills
            WHERE fee_asset <> CASE side WHEN 'buy' THEN base ELSE quote END OR fee > CASE side WHEN 'buy' THEN quantity ELSE quote_quantity END
            """),
    ];

    public static async Task<OrderAuditReport> Run(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var findings = new List<LedgerFinding>();
        foreach (var (name, sql) in Checks) findings.Add(await LedgerFinding.Of(connection, name, sql, cancellation));
        var (positions, ended) = await PositionAudit.Run(connection, cancellation);
        findings.Add(positions);
        return new OrderAuditReport(
            findings,
            await Map(connection, "SELECT id, trim_scale(held) FROM orders WHERE held <> 0", cancellation),
            await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT count(*) FROM fills", commandTimeout: 600, cancellationToken: cancellation)),
            await FeesByThousand(connection, cancellation),
            ended);
    }

    private static async Task<Dictionary<long, string>> FeesByThousand(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = "SELECT id / 1000, md5(string_agg(id || ':' || trim_scale(fee), ',' ORDER BY id)) FROM fills GROUP BY id / 1000";
        var rows = await connection.QueryAsync<(long Id, string Digest)>(new CommandDefinition(sql, commandTimeout: 600, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => row.Digest);
    }

    private static async Task<Dictionary<long, decimal>> Map(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(long Id, decimal Amount)>(new CommandDefinition(sql, commandTimeout: 600, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => row.Amount);
    }
}
