using Dapper;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The invariants of some journals and some accounts, recomputed from their lines.</summary>
internal static class LedgerSlices
{
    /// <summary>Journals after one id up to another that do not add up, or have no lines.</summary>
    public static Task<IEnumerable<string>> Journals(NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT 'I1 journal ' || journal_id || ' does not add up in ' || asset FROM postings
            WHERE journal_id > @from AND journal_id <= @to GROUP BY journal_id, asset HAVING sum(amount) <> 0
            UNION ALL
            SELECT 'I1 journal ' || j.id || ' has no lines' FROM journals j
            WHERE j.id > @from AND j.id <= @to AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.journal_id = j.id)
            """;
        return connection.QueryAsync<string>(new CommandDefinition(sql, new { from, to }, cancellationToken: cancellation));
    }

    /// <summary>Users' accounts that journals of this range touched.</summary>
    public static async Task<IReadOnlyList<Guid>> Touched(NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT DISTINCT p.account_id FROM postings p JOIN accounts a ON a.id = p.account_id
            WHERE p.journal_id > @from AND p.journal_id <= @to AND a.kind <> 'house'
            """;
        return (await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { from, to }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>The next accounts of the patrol, by id.</summary>
    public static async Task<IReadOnlyList<Guid>> AccountsAfter(NpgsqlConnection connection, Guid after, int limit, CancellationToken cancellation) =>
        (await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT id FROM accounts WHERE kind <> 'house' AND id > @after ORDER BY id LIMIT @limit", new { after, limit }, cancellationToken: cancellation))).AsList();

    /// <summary>Balances that are not the sum of their lines, or below zero.</summary>
    public static Task<IEnumerable<string>> Balances(NpgsqlConnection connection, Guid[] accounts, CancellationToken cancellation)
    {
        const string sql = """
            SELECT 'I3 ' || coalesce(b.account_id, s.account_id) || ' ' || coalesce(b.asset, s.asset) || ' is not the sum of its lines'
            FROM (SELECT * FROM balances WHERE account_id = ANY (@accounts)) b FULL JOIN (
                SELECT account_id, asset, coalesce(sum(amount) FILTER (WHERE bucket = 'available'), 0) AS available,
                    coalesce(sum(amount) FILTER (WHERE bucket = 'held'), 0) AS held
                FROM postings WHERE account_id = ANY (@accounts) GROUP BY account_id, asset) s ON s.account_id = b.account_id AND s.asset = b.asset
            WHERE coalesce(b.available, 0) <> coalesce(s.available, 0) OR coalesce(b.held, 0) <> coalesce(s.held, 0)
            UNION ALL
            SELECT 'I4 ' || account_id || ' ' || asset || ' is below zero' FROM balances WHERE account_id = ANY (@accounts) AND (available < 0 OR held < 0)
            """;
        return connection.QueryAsync<string>(new CommandDefinition(sql, new { accounts }, cancellationToken: cancellation));
    }

    /// <summary>What the accounts hold, where it is not zero.</summary>
    public static async Task<Dictionary<(Guid Account, string Asset), decimal>> Held(NpgsqlConnection connection, Guid[] accounts, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(Guid Account, string Asset, decimal Held)>(new CommandDefinition(
            "SELECT account_id, asset, trim_scale(held) FROM balances WHERE account_id = ANY (@accounts) AND held <> 0", new { accounts }, cancellationToken: cancellation));
        return rows.ToDictionary(row => (row.Account, row.Asset), row => row.Held);
    }
}
