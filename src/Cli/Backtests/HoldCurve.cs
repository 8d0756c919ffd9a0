using Lastro.Core.Backtesting;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Cli.Backtests;

/// <summary>What the cash would have been worth, bought and held.</summary>
internal static class HoldCurve
{
    /// <summary>Worth at the given times, had every pair been bought in equal parts at the first open; empty for candles that are not in memory.</summary>
    public static IReadOnlyList<EquityPoint> Of(BacktestReport report, IReadOnlyList<ICandleSource> sources, Timeframe timeframe, IReadOnlyList<EquityPoint> at)
    {
        var markets = sources.OfType<ColumnSource>().ToList();
        if (markets.Count < sources.Count)
            return [];
        var points = new List<EquityPoint>(at.Count);
        foreach (var point in at)
        {
            var sum = 0.0;
            foreach (var market in markets)
                sum += CloseAt(market, timeframe, point.TimeMs) / market.Columns.Open[Math.Min(RowFrom(market, report.FromMs), market.Rows - 1)];
            points.Add(new EquityPoint(point.TimeMs, report.Start * sum / markets.Count));
        }

        return points;
    }

    /// <summary>Close of the candle that opens at a time: of the last row that begins in it.</summary>
    private static double CloseAt(ColumnSource market, Timeframe timeframe, long openMs) =>
        market.Columns.Close[Math.Max(0, RowFrom(market, timeframe.NextOpen(timeframe.OpenOf(openMs))) - 1)];

    /// <summary>The first row that opens at or after a time; the number of rows when there is none.</summary>
    private static int RowFrom(ColumnSource market, long ms)
    {
        var row = market.Columns.OpenTimeMs.AsSpan(0, market.Rows).BinarySearch(ms);
        return row < 0 ? ~row : row;
    }
}
