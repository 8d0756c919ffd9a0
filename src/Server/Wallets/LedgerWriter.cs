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
            FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS j (key, kind, time, order_id, fill_id, position)
            ORDER BY j.position
            RETURNING id, business_key)
        INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
        SELECT w.id, p.line, p.account, p.asset, p.bucket, p.amount
        FROM unnest($6, $7, $8, $9, $10, $11) AS p (owner, line, account, asset, bucket, amount)
        LEFT JOIN written w ON w.business_key = p.owner
        """;

    public static async Task Post(NpgsqlConnection connection, IReadOnlyList<Journal> journals, CancellationToken cancellation)
    {
        if (journals.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(connection, journals) } };
        _ = await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The statement that writes journals and postings, on this connection, all or none: a posting whose journal was not written has no id,
    /// which the table refuses.
    /// </summary>
    public static NpgsqlBatchCommand Command(NpgsqlConnection connection, IReadOnlyList<Journal> journals)
    {
        foreach (var journal in journals)
        {
            if (LedgerChecks.Fault(journal) is { } fault)
                throw new InvalidOperationException($"Journal {journal.BusinessKey} cannot be written: {fault}.");
        }

        LedgerPulse.Begin(connection, journals);
        var lines = journals.SelectMany(journal => journal.Postings.Select((line, index) => (journal.BusinessKey, Line: (short)(index + 1), line))).ToList();
        var command = new NpgsqlBatchCommand(Sql);
        void Add<T>(IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
        Add(journals.Select(j => j.BusinessKey));
        Add(journals.Select(j => Word(j.Kind)));
        Add(journals.Select(j => j.Time.UtcDateTime));
        Add(journals.Select(j => j.OrderId ?? 0));
        Add(journals.Select(j => j.FillId ?? 0));
        Add(lines.Select(l => l.BusinessKey));
        Add(lines.Select(l => l.Line));
        Add(lines.Select(l => l.line.Account));
        Add(lines.Select(l => l.line.Asset.Code));
        Add(lines.Select(l => l.line.Bucket == Bucket.Held ? "held" : "available"));
        Add(lines.Select(l => l.line.Amount));
        return command;
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
