namespace Lastro.Core.Performance.Tools;

/// <summary>LEAN's daily figures (Common/Statistics/Statistics.cs, PortfolioStatistics.cs), risk-free rate 0.</summary>
internal static class Lean
{
    public static ConventionFigures Figures(EquityTracker equity, int days)
    {
        var returns = Sample.Returns(equity.Daily);
        var mean = Sample.Mean(returns);
        var annual = Math.Pow(1 + mean, days) - 1;
        var losing = Array.FindAll(returns, value => value < 0);
        var drawdown = Sample.Drawdown(equity.Daily);
        var last = returns.AsSpan(Math.Max(0, returns.Length - days));
        var (lastMean, lastDeviation) = (Sample.Mean(last), Sample.Deviation(last, 1));
        return new("lean",
        [
            Conventions.Figure("annualReturn", annual),
            Conventions.Figure("sharpe", annual / (Sample.Deviation(returns, 1) * Math.Sqrt(days))),
            Conventions.Figure("sortino", annual / (Sample.Deviation(losing, 1) * Math.Sqrt(days))),
            Conventions.Figure("drawdown", Math.Round(drawdown, 3)),
            Conventions.Figure("drawdownUnrounded", drawdown),
            Conventions.Figure("probabilisticSharpe", Probabilistic(returns, 1 / Math.Sqrt(days))),
            Conventions.Figure("cagr", Math.Pow(equity.Final / equity.Start, 365.0 / returns.Length) - 1),
            Conventions.Figure("valueAtRisk99", lastMean + (lastDeviation * NormalDistribution.Quantile(0.01))),
            Conventions.Figure("valueAtRisk95", lastMean + (lastDeviation * NormalDistribution.Quantile(0.05))),
        ]);
    }

    // The unbiased skewness and the unbiased excess kurtosis, put where the formula wants the plain kurtosis: LEAN's own reading.
    private static double Probabilistic(double[] returns, double benchmark)
    {
        double n = returns.Length;
        var (mean, deviation) = (Sample.Mean(returns), Sample.Deviation(returns, 1));
        var (cubes, fourths) = (0.0, 0.0);
        foreach (var value in returns)
        {
            var off = (value - mean) / deviation;
            cubes += off * off * off;
            fourths += off * off * off * off;
        }

        var skewness = n / ((n - 1) * (n - 2)) * cubes;
        var kurtosis = (n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourths) - (3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)));
        var sharpe = mean / deviation;
        var error = Math.Sqrt((1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe)) / (n - 1));
        return NormalDistribution.Cdf((sharpe - benchmark) / error);
    }
}
