using System.Globalization;
using Lastro.Cli.Html;
using Lastro.Cli.Output;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Backtests;

/// <summary>How far a report can be believed: resampled histories, other costs, runs on data that ends earlier.</summary>
internal static class Doubts
{
    private const int Cuts = 10;

    /// <summary>In words, line by line.</summary>
    public static List<(string Name, string Value)> Words(BacktestReport report, Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        var trades = Backtest.Outcomes(report.Trades, report.Symbols);
        var days = Bootstrap.Run(report.Equity, new BootstrapOptions { Seed = report.Seed });
        var shuffled = MonteCarlo.Run(report.Start, trades, new MonteCarloOptions { Seed = report.Seed });
        var drawn = MonteCarlo.Run(report.Start, trades, new MonteCarloOptions { Seed = report.Seed, Method = MonteCarloMethod.Resample });
        var doubts = new List<(string Name, string Value)>
        {
            ("chance that the Sharpe ratio is above 0", Shown.Percent(SharpeConfidence.Probabilistic(ReturnMoments.OfDays(report.Equity)))),
            ("Sharpe, 95 % of days drawn anew", days.SharpeInterval is { } sharpe ? $"{Shown.Ratio(sharpe.Low)} to {Shown.Ratio(sharpe.High)}" : "-"),
            ("CAGR, 95 % of days drawn anew", days.CagrInterval is { } growth ? $"{Shown.Percent(growth.Low, true)} to {Shown.Percent(growth.High, true)}" : "-"),
        };
        if (trades.Length > 1)
        {
            doubts.Add(("drawdown, the same trades in another order", $"half below {Shown.Percent(shuffled.Drawdowns.Percentile(0.5))}, 95 % below {Shown.Percent(shuffled.Drawdowns.Percentile(0.95))}"));
            doubts.Add(("a loss, trades drawn anew", $"{Shown.Percent(drawn.LossShare)} of 1,000 histories"));
            doubts.Add(("half of the money gone, trades drawn anew", $"{Shown.Percent(drawn.RuinShare)} of 1,000 histories"));
        }

        if (sources is [ColumnSource only] && options.Detail.Count == 0)
        {
            var check = LookAheadCheck.Run(strategy.Plan(options), only, Plain(options), Cuts);
            doubts.Add(("looking ahead", check.Findings.Count == 0
                ? $"none: {check.Cuts} runs on data that ends earlier decided the same at {Shown.Count(check.Compared)} closes"
                : $"found at {Shown.Time(check.Findings[0].TimeMs)}: {check.Findings[0].What}"));
        }

        return doubts;
    }

    /// <summary>The run under other costs.</summary>
    public static IReadOnlyList<CostRow> OtherCosts(BacktestReport report, Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        var rows = new List<CostRow> { Row("as asked for", report.Metrics) };
        foreach (var other in strategy.Sensitivity(sources, Plain(options), report.Metrics).Rows)
            rows.Add(Row(Name(other.Case), other.Metrics));
        return rows;
    }

    private static string Name(SensitivityCase varied) => varied.Kind switch
    {
        SensitivityKind.Fee => $"fee {Shown.Share(varied.Share)}",
        SensitivityKind.Slippage => $"slippage {Shown.Share(varied.Share)}",
        SensitivityKind.FillModel => $"entries filled: {varied.Setting}",
        SensitivityKind.Detail => $"inside of candles: {varied.Setting}",
    };

    private static CostRow Row(string name, Metrics metrics) => new(
        name, Shown.Percent(metrics.Return, true), Shown.Ratio(metrics.Sharpe), Shown.Percent(metrics.MaxDrawdown), metrics.Trades.ToString(CultureInfo.InvariantCulture),
        Math.Sign(metrics.Return ?? 0));

    private static BacktestOptions Plain(BacktestOptions options) => options with { Equity = null, Progress = null, Clock = null, CurvePoints = 0, Conventions = false };
}
