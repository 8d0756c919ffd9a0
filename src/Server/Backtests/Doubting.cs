using Lastro.Core.Backtesting;
using Lastro.Core.Performance;

namespace Lastro.Server.Backtests;

/// <summary>Asks Core how far a run or the best of a sweep can be believed.</summary>
internal static class Doubting
{
    private const double Confidence = 0.95;

    /// <summary>Histories are drawn a thousand times, fewer where a run has very many trades.</summary>
    private const int Histories = 1_000;

    private const int MostDraws = 20_000_000;

    public static LabDoubts Of(BacktestReport report, IReadOnlyList<ClosedTrade> trades, int trials)
    {
        var (moments, days) = (ReturnMoments.OfDays(report.Equity), Bootstrap.Run(report.Equity, new BootstrapOptions { Seed = report.Seed, Runs = Histories }));
        var drawn = trades.Count < 2 ? ((MonteCarlo Shuffled, MonteCarlo Anew)?)null : (Draw(MonteCarloMethod.Shuffle), Draw(MonteCarloMethod.Resample));
        return new LabDoubts
        {
            ProbabilisticSharpe = Finite(SharpeConfidence.Probabilistic(moments)),
            DeflatedSharpe = trials > 1 ? Finite(SharpeConfidence.Deflated(moments, trials)) : null,
            SharpeLow = Finite(days.SharpeInterval?.Low),
            SharpeHigh = Finite(days.SharpeInterval?.High),
            CagrLow = Finite(days.CagrInterval?.Low),
            CagrHigh = Finite(days.CagrInterval?.High),
            DrawdownMedian = Finite(drawn?.Shuffled.Drawdowns.Percentile(0.5)),
            DrawdownMost = Finite(drawn?.Shuffled.Drawdowns.Percentile(Confidence)),
            LossShare = Finite(drawn?.Anew.LossShare),
            RuinShare = Finite(drawn?.Anew.RuinShare),
        };

        MonteCarlo Draw(MonteCarloMethod method) => MonteCarlo.Run(
            report.Start, trades, new MonteCarloOptions { Seed = report.Seed, Method = method, Runs = Math.Clamp(MostDraws / trades.Count, 50, Histories) });
    }

    /// <summary>What the best of a sweep is worth: how its neighbours fare, and how much of it may be the luck of the many.</summary>
    /// <param name="terms">The sweep's.</param>
    /// <param name="ranked">All rows, best first.</param>
    /// <param name="best">A run of the best alone; null when it has no figures.</param>
    public static SweepSummary Of(SweepTerms terms, IReadOnlyList<SweepRow> ranked, BacktestReport? best)
    {
        var points = ranked.Select(row => new SweepPoint([.. terms.Set.Keys.Select(name => row.Inputs[name])], row.Metrics.GetValueOrDefault(terms.Rank))).ToList();
        var variance = SharpeConfidence.VarianceOfTrials(ranked.Select(row => row.Metrics.GetValueOrDefault("sharpe")));
        return new SweepSummary(
            ranked[0],
            Finite(Stability.Around(points, 0, Metrics.HigherIsBetter(terms.Rank)).KeptNearby),
            best is null || ranked.Count < 2 ? null : Finite(SharpeConfidence.Deflated(ReturnMoments.OfDays(best.Equity), ranked.Count, variance)));
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
