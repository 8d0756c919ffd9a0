using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>The figures of the trades that share something.</summary>
/// <param name="Key">What they share: a reason or a pair; empty where a trade does not say.</param>
/// <param name="Pnl">Sum of their profits, quote units.</param>
/// <param name="MeanHours">Mean time between the candles of entry and exit, hours.</param>
/// <param name="Figures">What trades alone tell: winRate, profitFactor, expectancy, sqn, bestTrade, worstTrade, averageTrade, trades, fees.</param>
public sealed record BreakdownRow(string Key, double Pnl, double MeanHours, Metrics Figures);

/// <summary>Growth of one calendar month in UTC.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Return">Last equity of the month over the last one before it, minus 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MonthlyReturn(int Year, int Month, double Return);

/// <summary>A run taken apart: by reason of the exit, by pair, by month.</summary>
public static class Breakdown
{
    /// <summary>By reason of the exit, reasons in alphabetical order.</summary>
    public static IReadOnlyList<BreakdownRow> ByReason(IReadOnlyList<ClosedTrade> trades) => By(trades, trade => trade.Reason);

    /// <summary>By pair, in alphabetical order.</summary>
    public static IReadOnlyList<BreakdownRow> BySymbol(IReadOnlyList<ClosedTrade> trades) => By(trades, trade => trade.Symbol);

    /// <summary>The growth of every month from the first candle's to the last one's, in order; months multiply to the whole.</summary>
    public static IReadOnlyList<MonthlyReturn> Months(EquityTracker equity)
    {
        var months = new List<MonthlyReturn>();
        var before = equity.Start;
        for (var i = 1; i < equity.Daily.Count; i++)
        {
            var day = DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (int)(equity.FirstDay + i - 1));
            if (i + 1 < equity.Daily.Count && day.AddDays(1).Month == day.Month)
                continue;
            months.Add(new(day.Year, day.Month, (equity.Daily[i] / before) - 1));
            before = equity.Daily[i];
        }

        return months;
    }

    /// <summary>The growth of every year, from its months.</summary>
    public static IReadOnlyList<(int Year, double Return)> Years(IReadOnlyList<MonthlyReturn> months) =>
        [.. months.GroupBy(month => month.Year).Select(year => (year.Key, year.Aggregate(1.0, (all, one) => all * (1 + one.Return)) - 1))];

    private static IReadOnlyList<BreakdownRow> By(IReadOnlyList<ClosedTrade> trades, Func<ClosedTrade, string?> key) =>
    [
        .. trades.GroupBy(trade => key(trade) ?? "", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new BreakdownRow(
                group.Key,
                Sample.Sum([.. group.Select(trade => trade.Pnl)]),
                Sample.Mean([.. group.Select(trade => (trade.ExitTimeMs - trade.EntryTimeMs) / 3_600_000.0)]),
                Metrics.Of(group.ToArray()))),
    ];
}
