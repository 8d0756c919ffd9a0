using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>Runs a backtest on a thread of the crew and keeps what it made.</summary>
internal sealed class BacktestWork(MarketsRoom markets, CandlesRoom candles, LabCrew crew, IOptions<LabOptions> options)
{
    public async Task<LabOutcome> Do(LabRun run, CancellationToken cancellation)
    {
        var terms = run.Job.Terms<LabTerms>();
        if (LabEngine.OtherSource(terms, markets.SourceKey) is { } other) return other;
        if (LabEngine.Warming(terms) is { } warming)
        {
            foreach (var symbol in terms.Symbols) await candles.Complete(new Symbol(symbol), Timeframe.Parse(terms.Timeframe), warming, run.Job.User, cancellation);
        }

        var (made, failed) = await crew.Count(() => LabEngine.Run((terms, options.Value.TradesPerRun), candles, progress => run.Progress = progress, cancellation), cancellation);
        return made is null
            ? failed!
            : LabOutcome.Done(
                JsonSerializer.Serialize(made.Summary, LabJson.Options),
                connection => LabStore.WriteReport(connection, run.Job.Id, (made.Report, made.Equity), CancellationToken.None));
    }
}
