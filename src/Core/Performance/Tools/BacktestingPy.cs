namespace Lastro.Core.Performance.Tools;

/// <summary>backtesting.py's table (backtesting/_stats.py, compute_stats) for a market open at weekends: 365 days.</summary>
internal static class BacktestingPy
{
    private const double Days = 365;
    private const double DayMs = 86_400_000;

    public static ConventionFigures Figures(EquityTracker equity, IReadOnlyList<ClosedTrade> trades)
    {
        // Its returns begin with the first day's last value, not with the start.
        var returns = Sample.Returns(equity.Daily, from: 1);
        var growth = 1 + Geometric(returns);
        var annual = Math.Pow(growth, Days) - 1;
        var deviation = Sample.Deviation(returns, 1);
        var volatility = Math.Sqrt(Math.Pow((deviation * deviation) + (growth * growth), Days) - Math.Pow(growth, 2 * Days));
        var falls = equity.Drawdowns;
        var years = (equity.LastOpenMs - equity.FirstOpenMs) / DayMs / 365.25;
        return new("backtestingPy",
        [
            Conventions.Figure("returnPercent", (equity.Final - equity.Start) / equity.Start * 100),
            Conventions.Figure("annualReturnPercent", annual * 100),
            Conventions.Figure("annualVolatilityPercent", volatility * 100),
            Conventions.Figure("cagrPercent", (Math.Pow(equity.Final / equity.Start, 1 / years) - 1) * 100),
            Conventions.Figure("sharpe", annual / volatility),
            Conventions.Figure("sortino", annual / (Sample.Downside(returns, returns.Length) * Math.Sqrt(Days))),
            Conventions.Figure("calmar", annual / falls.Deepest),
            Conventions.Figure("maxDrawdownPercent", -falls.Deepest * 100),
            Conventions.Figure("averageDrawdownPercent", -falls.Depths / falls.Falls * 100),
            new("maxDrawdownDurationDays", falls.Falls == 0 ? null : falls.LongestRowsMs / DayMs),
            .. OfTrades(trades),
            Conventions.Figure("exposureTimePercent", Exposure(equity, trades) * 100),
        ]);
    }

    private static IEnumerable<ConventionFigure> OfTrades(IReadOnlyList<ClosedTrade> trades)
    {
        var profits = trades.Select(trade => trade.Pnl).ToArray();
        var shares = trades.Select(trade => trade.PnlPercent).ToArray();
        var (gains, losses) = (Array.FindAll(profits, p => p > 0), Array.FindAll(profits, p => p < 0));
        var winRate = (double)gains.Length / profits.Length;
        var lost = Math.Abs(Sample.Sum(Array.FindAll(shares, s => s < 0)));
        return
        [
            Conventions.Figure("winRatePercent", winRate * 100),
            Conventions.Figure("profitFactor", Sample.Sum(Array.FindAll(shares, s => s > 0)) / lost),
            Conventions.Figure("expectancyPercent", Sample.Mean(shares) * 100),
            Conventions.Figure("sqn", Math.Sqrt(profits.Length) * Sample.Mean(profits) / Sample.Deviation(profits, 1)),
            Conventions.Figure("kelly", winRate - ((1 - winRate) / (Sample.Mean(gains) / -Sample.Mean(losses)))),
        ];
    }

    private static double Geometric(double[] returns)
    {
        var logs = 0.0;
        foreach (var value in returns)
            logs += Math.Log(1 + value);
        return Math.Exp(logs / returns.Length) - 1;
    }

    // Candles from an entry's to its exit's, both counted, each once. Counted by time, so a hole inside a trade counts as held.
    private static double Exposure(EquityTracker equity, IReadOnlyList<ClosedTrade> trades)
    {
        if (equity.CandleMs == 0)
            return double.NaN;
        var (held, until) = (0L, long.MinValue);
        foreach (var trade in trades.OrderBy(trade => trade.EntryTimeMs))
        {
            var from = Math.Max(trade.EntryTimeMs, until);
            if (trade.ExitTimeMs + equity.CandleMs <= from) continue;
            held += trade.ExitTimeMs + equity.CandleMs - from;
            until = trade.ExitTimeMs + equity.CandleMs;
        }

        return Math.Min(1, (double)held / equity.CandleMs / equity.Candles);
    }
}
