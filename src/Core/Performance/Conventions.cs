namespace Lastro.Core.Performance;

/// <summary>A figure as a tool computes it.</summary>
/// <param name="Name">As our reports write it.</param>
/// <param name="Value">In the tool's own unit and sign; null where it cannot be computed.</param>
public sealed record ConventionFigure(string Name, double? Value);

/// <summary>The figures of one tool.</summary>
/// <param name="Tool">Key of the report's <c>conventions</c>.</param>
/// <param name="Figures">In the tool's order.</param>
public sealed record ConventionFigures(string Tool, IReadOnlyList<ConventionFigure> Figures)
{
    /// <summary>A figure by its name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tool has no such figure.</exception>
    public double? this[string name] => (Figures.FirstOrDefault(figure => figure.Name == name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"{Tool} has no such figure.")).Value;
}

/// <summary>
/// One run's result in the words of other tools, so that a report can be laid beside theirs: same equity, same trades, their
/// formulas with their peculiarities. Each formula was read from the named tool's source as of 2026 and is written anew; the
/// golden figures of the tests come from running or porting those sources. Differences that remain: freqtrade takes its wallet at
/// candle opens, we have closes; every tool sees the trades of our engine, not its own.
/// </summary>
public static class Conventions
{
    /// <summary>All tools, in the report's order.</summary>
    /// <param name="equity">Made with <see cref="EquityTrackerOptions.Conventions"/>, with at least one candle.</param>
    /// <param name="trades">Closed trades in the order of their exits.</param>
    public static IReadOnlyList<ConventionFigures> All(EquityTracker equity, IReadOnlyList<ClosedTrade> trades)
    {
        if (!equity.ForConventions)
            throw new ArgumentException("The tracker was not made for conventions.", nameof(equity));
        return
        [
            FreqtradeClosed(equity, trades), FreqtradeWallet(equity), Lean(equity), BacktestingPy(equity, trades), Jesse(equity),
            StockSharp(equity), Nautilus(equity), Hummingbot(equity),
        ];
    }

    /// <summary>
    /// freqtrade, report of closed trades (data/metrics.py): profits over the starting balance per trade. A ratio whose denominator
    /// is 0 or unknown reads -100; without trades it reads 0.
    /// </summary>
    public static ConventionFigures FreqtradeClosed(EquityTracker equity, IReadOnlyList<ClosedTrade> trades) =>
        Tools.Freqtrade.Closed(equity, trades);

    /// <summary>freqtrade, report of the daily wallet balance (data/metrics.py).</summary>
    public static ConventionFigures FreqtradeWallet(EquityTracker equity) => Tools.Freqtrade.Wallet(equity);

    /// <summary>LEAN (Common/Statistics/Statistics.cs, PortfolioStatistics.cs) with a risk-free rate of 0.</summary>
    /// <param name="equity">The run.</param>
    /// <param name="tradingDays">365 with a crypto brokerage model, else 252.</param>
    public static ConventionFigures Lean(EquityTracker equity, int tradingDays = 365) => Tools.Lean.Figures(equity, tradingDays);

    /// <summary>backtesting.py (backtesting/_stats.py) for a market that is open at weekends.</summary>
    public static ConventionFigures BacktestingPy(EquityTracker equity, IReadOnlyList<ClosedTrade> trades) =>
        Tools.BacktestingPy.Figures(equity, trades);

    /// <summary>
    /// Jesse (services/metrics.py), 365 days. Its serenity index is left out: it came out infinite where it was run.
    /// </summary>
    public static ConventionFigures Jesse(EquityTracker equity)
    {
        var returns = Sample.Returns(equity.Daily);
        var (gains, losses) = (0.0, 0.0);
        foreach (var value in returns)
            (gains, losses) = value > 0 ? (gains + value, losses) : (gains, losses - value);
        var growth = Math.Pow(equity.Final / equity.Start, 365.0 / returns.Length) - 1;
        var drawdown = Sample.Drawdown(equity.Daily);
        var mean = Sample.Mean(returns);
        return new("jesse",
        [
            Figure("sharpe", mean / Sample.Deviation(returns, 1) * Math.Sqrt(365)),
            // Its series of returns begins with an empty one, which the count of days keeps.
            Figure("sortino", mean / Sample.Downside(returns, returns.Length + 1) * Math.Sqrt(365)),
            Figure("calmar", growth / drawdown),
            Figure("cagr", growth),
            Figure("omega", gains / losses),
            Figure("maxDrawdown", -drawdown),
        ]);
    }

    /// <summary>StockSharp: a grid of one day from the first report, 365.25 days a year.</summary>
    public static ConventionFigures StockSharp(EquityTracker equity) => DailyRatios("stockSharp", Sample.Returns(equity.Grid), 365.25);

    /// <summary>NautilusTrader: returns by UTC day.</summary>
    /// <param name="equity">The run.</param>
    /// <param name="days">252 by default there, for any market.</param>
    public static ConventionFigures Nautilus(EquityTracker equity, int days = 252) =>
        DailyRatios("nautilus", Sample.Returns(equity.Daily), days);

    /// <summary>Hummingbot: ratio of mean and deviation of the profit so far, over candles; no ratio of returns and not annualised.</summary>
    public static ConventionFigures Hummingbot(EquityTracker equity)
    {
        double count = equity.Candles;
        var mean = equity.Levels.Sum / count;
        var variance = (equity.Levels.Squares - (count * mean * mean)) / (count - 1);
        return new("hummingbot",
        [
            Figure("sharpe", mean / Math.Sqrt(variance)),
            Figure("maxDrawdown", -equity.Drawdowns.Loss / equity.Start),
        ]);
    }

    internal static ConventionFigure Figure(string name, double value) => new(name, Sample.OrNull(value));

    private static ConventionFigures DailyRatios(string tool, double[] returns, double days)
    {
        var mean = Sample.Mean(returns);
        return new(tool,
        [
            Figure("sharpe", mean / Sample.Deviation(returns, 1) * Math.Sqrt(days)),
            Figure("sortino", mean / Sample.Downside(returns, returns.Length) * Math.Sqrt(days)),
        ]);
    }
}
