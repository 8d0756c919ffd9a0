using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lastro.Server.Orders;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>What an audit of the whole ledger found.</summary>
internal sealed record LedgerReport
{
    public required long Journals { get; init; }

    public required long Postings { get; init; }

    public required long Balances { get; init; }

    public required long OpenOrders { get; init; }

    public required long Fills { get; init; }

    /// <summary>SHA-256 over every journal line in order, then every closed season; equal ledgers have equal hashes.</summary>
    public required string StateHash { get; init; }

    public required IReadOnlyList<LedgerFinding> Findings { get; init; }

    public bool Sound => Findings.All(finding => finding.Breaches == 0);
}

/// <summary>
/// Recomputes everything that must hold from postings, orders and fills, in one snapshot of the database. It trusts no trigger and no constraint.
/// </summary>
internal static class LedgerAudit
{
    private static readonly (string Name, string Sql)[] Checks =
    [
        ("I1 every journal adds up to zero per asset",
            "SELECT journal_id || ' ' || asset FROM postings GROUP BY journal_id, asset HAVING sum(amount) <> 0"),
        ("I1 every journal has lines",
            "SELECT j.id::text FROM journals j WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.journal_id = j.id)"),
        ("I1 every line has a journal",
            "SELECT p.journal_id::text FROM postings p WHERE NOT EXISTS (SELECT 1 FROM journals j WHERE j.id = p.journal_id)"),
        ("I2 all accounts together are zero per asset",
            "SELECT asset FROM postings GROUP BY asset HAVING sum(amount) <> 0"),
        ("I3 every balance is the sum of its lines",
            """
            SELECT coalesce(b.account_id, s.account_id) || ' ' || coalesce(b.asset, s.asset)
            FROM balances b FULL JOIN (
                SELECT p.account_id, p.asset, coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'available'), 0) AS available,
                    coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'held'), 0) AS held
                FROM postings p JOIN accounts a ON a.id = p.account_id WHERE a.kind <> 'house' GROUP BY p.account_id, p.asset) s
                ON s.account_id = b.account_id AND s.asset = b.asset
            WHERE coalesce(b.available, 0) <> coalesce(s.available, 0) OR coalesce(b.held, 0) <> coalesce(s.held, 0)
            """),
        ("I4 no user account is below zero",
            "SELECT account_id || ' ' || asset FROM balances WHERE available < 0 OR held < 0"),
        ("I5 an order's hold is resolved once, and nothing moves its money afterwards",
            "SELECT j.order_id::text FROM journals r JOIN journals j ON j.order_id = r.order_id AND j.id > r.id WHERE r.business_key = 'release:' || r.order_id"),
        ("I8 every business event has one journal",
            "SELECT business_key FROM journals GROUP BY business_key HAVING count(*) > 1"),
        ("I7 the ledger still has the journals the verifier has seen",
            "SELECT verified_journal::text FROM ledger_watch WHERE verified_journal > (SELECT coalesce(max(id), 0) FROM journals)"),
        ("I8 every closed season has its grant and follows the one before",
            """
            SELECT account_id || ' ' || number FROM (
                SELECT s.account_id, s.number, s.started_at, s.start_equity, row_number() OVER w AS place, lag(s.ended_at) OVER w AS before FROM seasons s
                WINDOW w AS (PARTITION BY s.account_id ORDER BY s.number)) c
            WHERE number <> place OR (number > 1 AND started_at <> before)
                OR NOT EXISTS (SELECT 1 FROM journals WHERE business_key = 'grant:' || account_id || ':' || number + 1)
                OR start_equity <> (SELECT coalesce(sum(p.amount), 0) FROM journals g JOIN postings p ON p.journal_id = g.id AND p.account_id = c.account_id
                    WHERE g.business_key = CASE number WHEN 1 THEN 'grant:' || account_id ELSE 'grant:' || account_id || ':' || number END)
            """),
        ("I8 every reset has its season",
            "SELECT business_key FROM journals WHERE kind = 'reset' AND NOT EXISTS (SELECT 1 FROM seasons WHERE business_key = 'reset:' || account_id || ':' || number)"),
        ("I3 nothing was left in a closed season",
            """
            SELECT b.account_id || ' ' || b.number || ' ' || p.asset FROM (
                SELECT s.account_id, s.number, g.id AS ends, coalesce(lag(g.id) OVER (PARTITION BY s.account_id ORDER BY s.number), 0) AS begins
                FROM seasons s JOIN journals g ON g.business_key = 'grant:' || s.account_id || ':' || s.number + 1) b
            JOIN postings p ON p.account_id = b.account_id AND p.journal_id >= b.begins AND p.journal_id < b.ends
            GROUP BY b.account_id, b.number, p.asset, p.bucket HAVING sum(p.amount) <> 0
            """),
        ("I8 every user account was opened",
            "SELECT account_id::text FROM balances b WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = b.account_id)"),
    ];

    public static async Task<LedgerReport> Run(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var findings = new List<LedgerFinding>();
        foreach (var (name, sql) in Checks) findings.Add(await LedgerFinding.Of(connection, name, sql, cancellation));
        var orders = await OrdersRoom.Audit(connection, cancellation);
        findings.AddRange(orders.Findings);
        findings.Add(Compare("I6 what journals hold for each order is what the order holds", await HeldByOrder(connection, cancellation), orders.HeldByOrder));
        findings.Add(Compare("I9 every fill has one journal with its fee", await FeeByFill(connection, cancellation), orders.FeeByFill));
        findings.Add(await SeasonTrades(connection, orders, cancellation));
        var counts = await connection.QuerySingleAsync<(long, long, long)>(
            "SELECT (SELECT count(*) FROM journals), (SELECT count(*) FROM postings), (SELECT count(*) FROM balances)");
        return new LedgerReport
        {
            Journals = counts.Item1,
            Postings = counts.Item2,
            Balances = counts.Item3,
            OpenOrders = orders.HeldByOrder.Count,
            Fills = orders.FeeByFill.Count,
            StateHash = await Hash(connection, cancellation),
            Findings = findings,
        };
    }

    private static async Task<Dictionary<long, decimal>> HeldByOrder(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = """
            SELECT j.order_id, trim_scale(sum(p.amount)) FROM journals j JOIN postings p ON p.journal_id = j.id
            WHERE p.bucket = 'held' GROUP BY j.order_id HAVING sum(p.amount) <> 0
            """;
        return await Map(connection, sql, cancellation);
    }

    private static async Task<Dictionary<long, decimal>> FeeByFill(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = """
            SELECT j.fill_id, trim_scale(coalesce(sum(p.amount) FILTER (WHERE p.account_id = '00000000-0000-0000-0000-000000000003'), 0))
            FROM journals j JOIN postings p ON p.journal_id = j.id WHERE j.kind = 'fill' GROUP BY j.fill_id
            """;
        return await Map(connection, sql, cancellation);
    }

    private static async Task<Dictionary<long, decimal>> Map(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(long Id, decimal Amount)>(new CommandDefinition(sql, commandTimeout: 600, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => row.Amount);
    }

    private static LedgerFinding Compare(string name, Dictionary<long, decimal> ledger, IReadOnlyDictionary<long, decimal> orders)
    {
        var wrong = ledger.Keys.Union(orders.Keys).Where(id => !ledger.TryGetValue(id, out var booked) || !orders.TryGetValue(id, out var wanted) || booked != wanted).ToList();
        return new LedgerFinding(name, wrong.Count, wrong.Count == 0 ? null : wrong.Min().ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<LedgerFinding> SeasonTrades(NpgsqlConnection connection, OrderAuditReport orders, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(Guid Account, int Season, int Trades)>(new CommandDefinition(
            "SELECT account_id, number, trades FROM seasons", commandTimeout: 600, cancellationToken: cancellation));
        var archived = rows.ToDictionary(row => (row.Account, row.Season), row => row.Trades);
        var wrong = archived.Keys.Union(orders.SeasonTrades.Keys)
            .Where(key => !archived.TryGetValue(key, out var said) || !orders.SeasonTrades.TryGetValue(key, out var counted) || said != counted).ToList();
        return new LedgerFinding("I10 a closed season counts its fills", wrong.Count, wrong.Count == 0 ? null : wrong[0].ToString());
    }

    private static async Task<string> Hash(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string sql = """
            SELECT concat_ws('|', j.id, j.business_key, j.kind, j.order_id, j.fill_id, p.line, p.account_id, p.asset, p.bucket, trim_scale(p.amount))
            FROM journals j JOIN postings p ON p.journal_id = j.id ORDER BY j.id, p.line
            """;
        // What was archived is told as it was; a value by the last trades cannot be computed again. Points of equity are estimates and no part of it.
        const string seasons = """
            SELECT concat_ws('|', account_id, number, value_asset, trim_scale(start_equity), coalesce(trim_scale(final_equity)::text, '-'),
                coalesce(trim_scale(realised)::text, '-'), coalesce(trim_scale(fees)::text, '-'), trades)
            FROM seasons ORDER BY account_id, number
            """;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { sql, seasons })
        {
            await foreach (var line in connection.QueryUnbufferedAsync<string>(part, commandTimeout: 600).WithCancellation(cancellation))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(line));
                hash.AppendData("\n"u8);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
