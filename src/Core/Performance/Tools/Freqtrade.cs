using System.Runtime.InteropServices;

namespace Lastro.Core.Performance.Tools;

/// <summary>freqtrade's two families of figures (data/metrics.py, optimize/optimize_reports, 2026.7).</summary>
internal static class Freqtrade
{
    private const long DayMs = 86_400_000;
    private const double Unknown = -100;
    private static readonly double _year = Math.Sqrt(365);

    public static ConventionFigures Closed(EquityTracker equity, IReadOnlyList<ClosedTrade> trades)
    {
        var profits = trades.OrderBy(trade => trade.ExitTimeMs).Select(trade => trade.Pnl).ToArray();
        var shares = Array.ConvertAll(profits, profit => profit / equity.Start);
        var days = DaysOf(equity);
        var mean = Sample.Sum(shares) / days;
        var fall = new Fall(equity.Start, profits);
        var score = Math.Sqrt(shares.Length) * Sample.Mean(shares) / Sample.Deviation(shares, 1);
        var (gains, losses) = (profits.Where(p => p > 0).ToArray(), profits.Where(p => p < 0).ToArray());
        var (expectancy, ratio) = Expectancy(gains, losses, profits.Length);
        var final = equity.Start + Sample.Sum(profits);
        return new("freqtradeClosed",
        [
            Ratio("sharpe", mean / Sample.Deviation(shares, 0) * _year, profits.Length),
            Ratio("sortino", mean / Sample.Deviation(Array.ConvertAll(losses, loss => loss / equity.Start), 0) * _year, profits.Length),
            Ratio("calmar", mean * 100 / fall.LossShare * _year, profits.Length),
            Ratio("sqn", Math.Round(score, 4), profits.Length),
            Conventions.Figure("pValue", StudentDistribution.TwoSided(score, shares.Length - 1)),
            new("cagr", final < 0 ? 0 : Sample.OrNull(Math.Pow(final / equity.Start, 365.0 / days) - 1)),
            new("expectancy", expectancy),
            new("expectancyRatio", ratio),
            new("profitFactor", losses.Length == 0 ? 0 : Sample.Sum(gains) / Math.Abs(Sample.Sum(losses))),
            new("maxDrawdownAbsolute", fall.Loss),
            new("maxDrawdownAccount", fall.LossShare),
            new("maxUnderwater", fall.Deepest),
        ]);
    }

    public static ConventionFigures Wallet(EquityTracker equity)
    {
        // Its returns begin with the first day's last value, not with the start.
        var returns = Sample.Returns(equity.Daily, from: 1);
        var mean = Sample.Mean(returns);
        var falls = equity.Drawdowns;
        var growth = (equity.Final - equity.Start) / equity.Start / DaysOf(equity) * 100;
        var losing = Array.FindAll(returns, value => value < 0);
        return new("freqtradeWallet",
        [
            Ratio("sharpe", mean / Sample.Deviation(returns, 0) * _year, returns.Length),
            Ratio("sortino", mean / Sample.Deviation(losing, 0) * _year, returns.Length),
            Ratio("calmar", growth / falls.LossShare * _year, returns.Length),
            new("maxDrawdownAbsolute", falls.Loss),
            new("maxDrawdownAccount", falls.LossShare),
            new("maxUnderwater", falls.Deepest),
        ]);
    }

    private static long DaysOf(EquityTracker equity) => Math.Max(1, (equity.LastOpenMs - equity.FirstOpenMs) / DayMs);

    private static ConventionFigure Ratio(string name, double value, int count) =>
        new(name, count == 0 ? 0 : Sample.OrNull(value) ?? Unknown);

    // Without a loss the ratio stands at 100.
    private static (double Expectancy, double Ratio) Expectancy(double[] gains, double[] losses, int count)
    {
        if (count == 0) return (0, 100);
        var win = gains.Length == 0 ? 0 : Sample.Mean(gains);
        var loss = losses.Length == 0 ? 0 : Math.Abs(Sample.Mean(losses));
        var (winRate, lossRate) = ((double)gains.Length / count, (double)losses.Length / count);
        return ((winRate * win) - (lossRate * loss), loss > 0 ? ((1 + (win / loss)) * winRate) - 1 : 100);
    }

    // The largest loss in money from a peak of the closed profit, which starts at 0, its share of the balance there, and the largest share.
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Fall
    {
        public Fall(double start, double[] profits)
        {
            var (level, peak) = (0.0, 0.0);
            foreach (var profit in profits)
            {
                level += profit;
                peak = Math.Max(peak, level);
                var share = (peak - level) / (start + peak);
                if (peak - level > Loss) (Loss, LossShare) = (peak - level, share);
                Deepest = Math.Max(Deepest, share);
            }
        }

        public double Loss { get; }

        public double LossShare { get; }

        public double Deepest { get; }
    }
}
