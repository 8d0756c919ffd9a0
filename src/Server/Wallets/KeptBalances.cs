using System.Collections.Concurrent;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Balance sheets in memory. A sheet is given out only while <see cref="LedgerPulse"/> has not beaten since before it was read; while a
/// transaction is on its way the database is asked. What another process commits is seen when the sheet has had its second.
/// </summary>
internal sealed class KeptBalances(NpgsqlDataSource database, TimeProvider time) : BalanceSheets
{
    /// <summary>For commits of other processes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Sheets kept; with more the whole is begun anew.</summary>
    private const int Most = 20_000;

    // One look at the index per account for the time of its last posting.
    private const string Sql = """
        SELECT a.id, a.created_at, (SELECT j.created_at FROM postings p JOIN journals j ON j.id = p.journal_id
                                    WHERE p.account_id = a.id ORDER BY p.journal_id DESC LIMIT 1),
            b.asset, trim_scale(b.available), trim_scale(b.held)
        FROM accounts a LEFT JOIN balances b ON b.account_id = a.id
        WHERE a.id = ANY ($1)
        ORDER BY a.id, b.asset
        """;

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();

    public override ValueTask<BalanceSheet?> Of(Guid account, CancellationToken cancellation) =>
        Find(account) is { } sheet ? new ValueTask<BalanceSheet?>(sheet) : new ValueTask<BalanceSheet?>(One(account, cancellation));

    public override async ValueTask<IReadOnlyDictionary<Guid, BalanceSheet>> OfMany(IReadOnlyCollection<Guid> accounts, CancellationToken cancellation)
    {
        var sheets = new Dictionary<Guid, BalanceSheet>(accounts.Count);
        var missing = new List<Guid>();
        foreach (var account in accounts)
        {
            if (Find(account) is { } sheet) sheets[account] = sheet;
            else missing.Add(account);
        }

        if (missing.Count > 0) await Read(missing, sheets, cancellation);
        return sheets;
    }

    private BalanceSheet? Find(Guid account) =>
        _kept.TryGetValue(account, out var kept) && LedgerPulse.Since(account, kept.Beat) && time.GetElapsedTime(kept.ReadAt) < Longest ? kept.Sheet : null;

    private async Task<BalanceSheet?> One(Guid account, CancellationToken cancellation)
    {
        var sheets = new Dictionary<Guid, BalanceSheet>(1);
        await Read([account], sheets, cancellation);
        return sheets.GetValueOrDefault(account);
    }

    private async Task Read(List<Guid> accounts, Dictionary<Guid, BalanceSheet> sheets, CancellationToken cancellation)
    {
        // The beats are taken before the reading: a commit in between makes it count as old.
        var beats = accounts.ConvertAll(account => (Account: account, Beat: LedgerPulse.Quiet(account)));
        var begun = time.GetTimestamp();
        await using (var command = database.CreateCommand(Sql))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. accounts] });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var (current, changed, lines) = (Guid.Empty, default(DateTimeOffset), new List<BalanceLine>());
            while (await reader.ReadAsync(cancellation))
            {
                var account = reader.GetGuid(0);
                if (account != current)
                {
                    if (current != Guid.Empty) sheets[current] = new BalanceSheet(current, lines, changed);
                    (current, lines) = (account, []);
                    changed = await reader.GetFieldValueAsync<DateTimeOffset>(await reader.IsDBNullAsync(2, cancellation) ? 1 : 2, cancellation);
                }

                if (!await reader.IsDBNullAsync(3, cancellation)) lines.Add(new BalanceLine(reader.GetString(3), reader.GetDecimal(4), reader.GetDecimal(5)));
            }

            if (current != Guid.Empty) sheets[current] = new BalanceSheet(current, lines, changed);
        }

        if (_kept.Count > Most) _kept.Clear();
        foreach (var (account, beat) in beats)
        {
            if (beat is { } known && sheets.TryGetValue(account, out var sheet)) _kept[account] = new Kept(sheet, known, begun);
        }
    }

    private sealed record Kept(BalanceSheet Sheet, long Beat, long ReadAt);
}
