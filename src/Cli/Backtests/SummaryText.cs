using System.Text;
using Lastro.Cli.Output;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;

namespace Lastro.Cli.Backtests;

/// <summary>A report in a few lines for people.</summary>
internal static class SummaryText
{
    public static string Of(BacktestReport report, IReadOnlyList<ReportWarning> warnings)
    {
        var metrics = report.Metrics;
        var text = new StringBuilder();
        text.Append(report.Strategy.Length > 0 ? report.Strategy : "strategy").Append(" on ").AppendJoin(", ", report.Symbols).Append('\n');
        text.Append(Shown.Time(report.FromMs)).Append(" to ").Append(Shown.Time(report.ToMs)).Append(" UTC, ")
            .Append(Shown.Count(report.Candles)).Append(" candles\n\n");
        text.Append(Shown.Table(
        [
            ["start", Shown.Money(report.Start), "final", Shown.Money(report.Final)],
            ["return", Shown.Percent(metrics.Return, true), "buy and hold", Shown.Percent(metrics.BuyAndHold, true)],
            ["cagr", Shown.Percent(metrics.Cagr, true), "max drawdown", Shown.Percent(metrics.MaxDrawdown)],
            ["sharpe", Shown.Ratio(metrics.Sharpe), "drawdown days", Shown.Ratio(metrics.MaxDrawdownDays)],
            ["sortino", Shown.Ratio(metrics.Sortino), "calmar", Shown.Ratio(metrics.Calmar)],
            ["trades", Shown.Count(metrics.Trades), "win rate", Shown.Percent(metrics.WinRate)],
            ["profit factor", Shown.Ratio(metrics.ProfitFactor), "expectancy", Shown.Ratio(metrics.Expectancy)],
            ["sqn", Shown.Ratio(metrics.Sqn), "exposure", Shown.Percent(metrics.Exposure)],
            ["best trade", Shown.Percent(metrics.BestTrade, true), "worst trade", Shown.Percent(metrics.WorstTrade, true)],
            ["fees", Shown.Money(metrics.Fees), "", ""],
        ], 1, 3));
        foreach (var warning in warnings)
            text.Append("\nwarning: ").Append(WarningWords.Of(warning));
        if (warnings.Count > 0)
            text.Append('\n');
        return text.ToString();
    }
}
