using Lastro.Core.Backtesting;
using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Backtests;

/// <summary>What a report's warnings and charts need of the candles themselves. Known for candles in memory; of streamed files nothing is told.</summary>
internal sealed class MarketFacts(BacktestReport report, IReadOnlyList<ICandleSource> sources, Timeframe timeframe)
{
    private readonly List<ColumnSource> _markets = [.. sources.OfType<ColumnSource>()];

    private WarningFacts Facts() => _markets.Count < sources.Count
        ? new WarningFacts()
        : new WarningFacts
        {
            Fills = report.Trades.Count * 2,
            StaleFills = report.Trades.Sum(trade => Stale(_markets[trade.Symbol], trade.EntryTimeMs) + Stale(_markets[trade.Symbol], trade.ExitTimeMs)),
            HoldDrawdown = _markets.Count == 1 ? HoldDrawdown(_markets[0]) : null,
            MissingCandles = _markets.Sum(Missing),
        };

    /// <summary>The warnings of the run.</summary>
    /// <param name="trials">Combinations run on these candles; 1 when nothing was chosen.</param>
    /// <param name="trialVariance">Variance of their daily Sharpe ratios.</param>
    public IReadOnlyList<ReportWarning> Warnings(int trials = 1, double? trialVariance = null) => ReportWarnings.Of(
        report.Metrics, report.Equity, Backtest.Outcomes(report.Trades, report.Symbols), Facts() with { Chosen = trials > 1, Trials = trials, TrialVariance = trialVariance });

    /// <summary>What the cash would be worth had it bought every pair in equal parts at the first open; empty for streamed files.</summary>
    public IReadOnlyList<EquityPoint> BuyAndHold(IReadOnlyList<EquityPoint> at)
    {
        if (_markets.Count < sources.Count)
            return [];
        var points = new List<EquityPoint>(at.Count);
        foreach (var point in at)
        {
            var sum = 0.0;
            foreach (var market in _markets)
                sum += CloseAt(market, point.TimeMs) / market.Columns.Open[RowFrom(market, report.FromMs)];
            points.Add(new EquityPoint(point.TimeMs, report.Start * sum / _markets.Count));
        }

        return points;
    }

    /// <summary>Close of the candle that opens at a time: of the last row that begins in it.</summary>
    private double CloseAt(ColumnSource market, long openMs) =>
        market.Columns.Close[Math.Max(0, RowFrom(market, timeframe.NextOpen(timeframe.OpenOf(openMs))) - 1)];

    /// <summary>The first row that opens at or after a time; the last one when there is none.</summary>
    private static int RowFrom(ColumnSource market, long ms)
    {
        var row = market.Columns.OpenTimeMs.AsSpan(0, market.Rows).BinarySearch(ms);
        return Math.Min(row < 0 ? ~row : row, market.Rows);
    }

    private int Stale(ColumnSource market, long openMs)
    {
        var row = RowFrom(market, openMs);
        var end = RowFrom(market, timeframe.NextOpen(timeframe.OpenOf(openMs)));
        for (; row < end; row++)
        {
            if (!StaleCandles.IsStale(market.Columns[row], row > 0 ? market.Columns.Close[row - 1] : double.NaN))
                return 0;
        }

        return 1;
    }

    private double HoldDrawdown(ColumnSource market)
    {
        var (peak, deepest) = (market.Columns.Open[RowFrom(market, report.FromMs)], 0.0);
        foreach (var close in market.Columns.Close.AsSpan(0, RowFrom(market, report.ToMs))[RowFrom(market, report.FromMs)..])
        {
            peak = Math.Max(peak, close);
            deepest = Math.Max(deepest, 1 - (close / peak));
        }

        return deepest;
    }

    private long Missing(ColumnSource market)
    {
        var spans = new CandleSpans();
        foreach (var time in market.Columns.OpenTimeMs.AsSpan(0, RowFrom(market, report.ToMs))[RowFrom(market, report.FromMs)..])
            spans.Add(time);
        return spans.Gaps().Sum(gap => gap.Missing);
    }
}
