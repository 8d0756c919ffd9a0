using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The one-shot <c>ledger verify</c>: prints what the audit found. Exit code 0 when everything holds, else 1.</summary>
internal static class VerifyLedger
{
    public static async Task<int> Run(NpgsqlDataSource database, TextWriter output, CancellationToken cancellation)
    {
        var report = await LedgerAudit.Run(database, cancellation);
        await output.WriteLineAsync(
            $"ledger: {report.Journals} journals, {report.Postings} postings, {report.Balances} balances, {report.OpenOrders} open orders, {report.Fills} fills");
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync(finding.Breaches == 0
                ? $"ok      {finding.Invariant}"
                : $"BROKEN  {finding.Invariant}: {finding.Breaches}, first {finding.First}");
        }

        await output.WriteLineAsync($"state sha256 {report.StateHash}");
        await output.WriteLineAsync(report.Sound ? "the ledger is sound" : "THE LEDGER IS NOT SOUND");
        return report.Sound ? 0 : 1;
    }
}
