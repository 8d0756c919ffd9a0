using Lastro.Core.Ledger;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The one place that writes journals.</summary>
internal static class LedgerWriter
{
    private const string Sql = """
        WITH written AS (
            INSERT INTO journals (business_key, kind, created_at, order_id, fill_id)
            SELECT j.key, j.kind, j.time, nullif(j.order_id, 0), nullif(j.fill_id, 0)
            FROM unnest(@keys, @kinds, @times, @orders, @fills) WITH ORDINALITY AS j (key, kind, time, order_id, fill_id, position)
            ORDER BY j.position
            RETURNING id, business_key)
        INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
        SELECT w.id, p.line, p.account, p.asset, p.bucket, p.amount
        FROM unnest(@owners, @lines, @accounts, @assets, @buckets, @amounts) AS p (owner, line, account, asset, bucket, amount)
        JOIN written w ON w.business_key = p.owner
        """;

    public static async Task Post(NpgsqlConnection connection, IReadOnlyList<Journal> journals, CancellationToken cancellation)
    {
        if (journals.Count == 0) return;
        foreach (var journal in journals)
        {
            if (LedgerChecks.Fault(journal) is { } fault)
                throw new InvalidOperationException($"Journal {journal.BusinessKey} cannot be written: {fault}.");
        }

        var lines = journals.SelectMany(journal => journal.Postings.Select((line, index) => (journal.BusinessKey, Line: (short)(index + 1), line))).ToList();
        await using var command = new NpgsqlCommand(Sql, connection);
        void Add<T>(string name, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]>(name, [.. values]));
        Add("keys", journals.Select(j => j.BusinessKey));
        Add("kinds", journals.Select(j => Word(j.Kind)));
        Add("times", journals.Select(j => j.Time.UtcDateTime));
        Add("orders", journals.Select(j => j.OrderId ?? 0));
        Add("fills", journals.Select(j => j.FillId ?? 0));
        Add("owners", lines.Select(l => l.BusinessKey));
        Add("lines", lines.Select(l => l.Line));
        Add("accounts", lines.Select(l => l.line.Account));
        Add("assets", lines.Select(l => l.line.Asset.Code));
        Add("buckets", lines.Select(l => l.line.Bucket == Bucket.Held ? "held" : "available"));
        Add("amounts", lines.Select(l => l.line.Amount));
        var written = await command.ExecuteNonQueryAsync(cancellation);
        if (written < lines.Count)
            throw new InvalidOperationException($"Of {lines.Count} postings {written} were written.");
    }

    private static string Word(JournalKind kind) => kind switch
    {
        JournalKind.Grant => "grant",
        JournalKind.Hold => "hold",
        JournalKind.Release => "release",
        JournalKind.Fill => "fill",
        JournalKind.Reset => "reset",
    };
}
