using Dapper;
using Lastro.Server.Orders;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Looks at the ledger while it works. Every few seconds a bounded slice in one snapshot: journals that came since, with the accounts they
/// touched, and a patrol that goes round all old journals and accounts; once a day the whole audit. It trusts no trigger.
/// </summary>
internal sealed class LedgerWatch(
    NpgsqlDataSource database, LedgerWatchState state, IOptions<WalletsOptions> options, TimeProvider time, ILogger<LedgerWatch> log) : BackgroundService
{
    /// <summary>New journals, and as many old ones, per look.</summary>
    private const int Slice = 2_000;

    /// <summary>Ids below the last look that are looked at again: a transaction may commit after one with higher ids.</summary>
    private const int Overlap = 500;

    /// <summary>Accounts the patrol recomputes per look, beside those that new journals touched.</summary>
    private const int Accounts = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.VerifySeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Look(stoppingToken);
                if (await IsFullDue(stoppingToken)) await LookAtAll(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                log.LogDebug("The ledger was not looked at: {Reason}", error.Message);
            }
        }
    }

    /// <summary>One slice. Gives what it found wrong.</summary>
    internal async Task<IReadOnlyList<string>> Look(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var mark = await connection.QuerySingleAsync<Mark>(new CommandDefinition(
            "SELECT verified_journal AS Verified, patrol_journal AS Patrol, patrol_account AS Account FROM ledger_watch", cancellationToken: cancellation));
        var last = await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT coalesce(max(id), 0) FROM journals", cancellationToken: cancellation));
        var found = new List<string>();
        if (last < mark.Verified) found.Add($"I7 the tail is gone: the ledger ends at journal {last}, but {mark.Verified} was verified");
        else if (!await Exists(connection, mark.Verified, cancellation)) found.Add($"I7 journal {mark.Verified} was verified and is gone");

        var ranges = new[] { (From: Math.Max(0, mark.Verified - Overlap), To: Math.Min(last, mark.Verified + Slice)), (From: mark.Patrol, To: Math.Min(last, mark.Patrol + Slice)) };
        foreach (var (from, to) in ranges) found.AddRange(await LedgerSlices.Journals(connection, from, to, cancellation));
        var touched = await LedgerSlices.Touched(connection, mark.Verified, ranges[0].To, cancellation);
        var round = await LedgerSlices.AccountsAfter(connection, mark.Account, Accounts, cancellation);
        var accounts = touched.Union(round).ToArray();
        found.AddRange(await LedgerSlices.Balances(connection, accounts, cancellation));
        found.AddRange(await Held(connection, accounts, cancellation));

        var parameters = new
        {
            Verified = Math.Max(mark.Verified, await Newest(connection, ranges[0].To, cancellation)),
            Patrol = ranges[1].To >= last ? 0 : ranges[1].To,
            Account = round.Count < Accounts ? Guid.Empty : round[^1],
            Now = time.GetUtcNow().UtcDateTime,
        };
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ledger_watch SET verified_journal = @Verified, patrol_journal = @Patrol, patrol_account = @Account, checked_at = @Now",
            parameters, cancellationToken: cancellation));
        await snapshot.CommitAsync(cancellation);
        foreach (var fault in state.Looked(found, parameters.Verified)) log.LogError("The ledger is not sound: {Fault}", fault);
        return found;
    }

    /// <summary>The whole audit. What it finds replaces what was known.</summary>
    internal async Task LookAtAll(CancellationToken cancellation)
    {
        var report = await LedgerAudit.Run(database, hash: false, cancellation);
        var found = report.Findings.Where(finding => finding.Breaches > 0).Select(finding => $"{finding.Invariant}: {finding.Breaches}, first {finding.First}").ToList();
        foreach (var fault in found) log.LogError("The ledger is not sound: {Fault}", fault);
        state.LookedAtAll(found);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("UPDATE ledger_watch SET full_at = @now", new { now = time.GetUtcNow().UtcDateTime }, cancellationToken: cancellation));
    }

    private async Task<bool> IsFullDue(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var last = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition("SELECT full_at FROM ledger_watch", cancellationToken: cancellation));
        return last is null || time.GetUtcNow().UtcDateTime - last.Value >= TimeSpan.FromHours(options.Value.VerifyAllHours);
    }

    /// <summary>The newest journal up to this id: ids have gaps.</summary>
    private static Task<long> Newest(NpgsqlConnection connection, long to, CancellationToken cancellation) => connection.ExecuteScalarAsync<long>(
        new CommandDefinition("SELECT coalesce(max(id), 0) FROM journals WHERE id <= @to", new { to }, cancellationToken: cancellation));

    private static async Task<bool> Exists(NpgsqlConnection connection, long journal, CancellationToken cancellation) =>
        journal == 0 || await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM journals WHERE id = @journal)", new { journal }, cancellationToken: cancellation));

    private static async Task<IEnumerable<string>> Held(NpgsqlConnection connection, Guid[] accounts, CancellationToken cancellation)
    {
        var orders = await OrdersRoom.Held(connection, accounts, cancellation);
        var balances = await LedgerSlices.Held(connection, accounts, cancellation);
        return balances.Keys.Union(orders.Keys)
            .Where(key => balances.GetValueOrDefault(key) != orders.GetValueOrDefault(key))
            .Select(key => $"I6 {key.Account} holds {balances.GetValueOrDefault(key)} {key.Asset}, its orders {orders.GetValueOrDefault(key)}");
    }

    private sealed record Mark
    {
        public long Verified { get; init; }

        public long Patrol { get; init; }

        public Guid Account { get; init; }
    }
}
