using System.Security.Cryptography;
using System.Text;
using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>A strategy over candles. The same document, rows and options give the same report, bit for bit.</summary>
public static class Backtest
{
    /// <summary>Tests a strategy over one or several symbols that share the cash.</summary>
    /// <param name="plan">The strategy; several runs may use it at once.</param>
    /// <param name="sources">A source a symbol. At one moment they are served in this order (<see cref="Portfolio"/>).</param>
    /// <param name="options">Cash, costs, from, to.</param>
    /// <exception cref="BacktestRefusedException">A source is coarser than the document, or nothing lies between from and to.</exception>
    /// <exception cref="OperationCanceledException">As the options said.</exception>
    public static BacktestReport Run(RunPlan plan, IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count, nameof(sources));
        var timeframe = plan.Graph.Root.Timeframe;
        CheckSteps(timeframe, sources, options);
        var tracker = new EquityTracker(options.Cash, timeframe, new EquityTrackerOptions { CurvePoints = options.CurvePoints, Conventions = options.Conventions });
        var trades = new List<Trade<double>>();
        var feeds = new List<CandleFeed>();
        var details = new List<DetailRows?>();
        try
        {
            foreach (var source in sources)
            {
                feeds.Add(new CandleFeed(source, plan.Graph, new GraphOptions { Keep = plan.Kept }, options) { Hash = new DataHash() });
                details.Add(DetailOf(source, options) is { } finer ? new DetailRows(finer.Open(), timeframe) : null);
            }

            var wallet = new Wallet(options.Cash, trades);
            var totals = feeds.Count == 1
                ? RunAlone(plan, feeds[0], new Simulation(plan.Terms, wallet, tracker, options.Equity, details[0]), options)
                : new Portfolio(plan, wallet, tracker, options).Run(feeds, details);
            string[] symbols = [.. sources.Select(source => source.Symbol)];
            string[] hashes = [.. feeds.Select(feed => feed.Hash!.End()), .. sources.SelectMany(source => DetailHash(source, options, tracker))];
            return Report(plan, options, tracker, trades, totals) with
            {
                Symbols = symbols,
                DataHash = hashes.Length == 1 ? hashes[0] : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', hashes)))),
            };
        }
        finally
        {
            feeds.ForEach(feed => feed.Dispose());
            details.ForEach(detail => detail?.Dispose());
        }
    }

    /// <summary>Closed trades as statistics take them.</summary>
    /// <param name="trades">In the order of their exits.</param>
    /// <param name="symbols">The run's; null where there is one.</param>
    public static ClosedTrade[] Outcomes(IReadOnlyList<Trade<double>> trades, IReadOnlyList<string>? symbols = null)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return [.. trades.Select(trade => Outcome(trade, symbols?[trade.Symbol]))];
    }

    internal static ClosedTrade Outcome(in Trade<double> trade, string? symbol) => new()
    {
        EntryTimeMs = trade.EntryTimeMs,
        ExitTimeMs = trade.ExitTimeMs,
        Pnl = trade.Pnl,
        PnlPercent = trade.PnlPercent,
        Fees = trade.Fees,
        Reason = ExitReasons.Word(trade.Reason),
        Symbol = symbol,
    };

    private static RunTotals RunAlone(RunPlan plan, CandleFeed feed, Simulation simulation, BacktestOptions options)
    {
        var (lap, firstOpen, lastClose) = (new Lap(options.Clock), 0.0, 0.0);
        EquityTracker? hold = null;
        while (feed.Read())
        {
            options.Cancellation.ThrowIfCancellationRequested();
            lap.Begin();
            feed.Evaluate();
            simulation.Next(feed.Candles, feed.Offset, feed.Rows, feed.Signals(plan));
            lap.End();
            if (feed.Rows == 0)
                continue;
            if (simulation.Candles == feed.Rows)
            {
                firstOpen = feed.Candles.Open[feed.Offset];
                hold = options.Conventions ? new EquityTracker(firstOpen, plan.Graph.Root.Timeframe) : null;
            }

            hold?.Add(feed.Candles.OpenTimeMs.AsSpan(feed.Offset, feed.Rows), 0, 1, feed.Candles.Close.AsSpan(feed.Offset, feed.Rows));
            lastClose = feed.Candles.Close[feed.Offset + feed.Rows - 1];
            options.Progress?.Invoke(feed.Candles.OpenTimeMs[feed.Offset + feed.Rows - 1]);
        }

        simulation.End();
        return new RunTotals
        {
            Candles = simulation.Candles,
            Exposed = simulation.Exposed,
            FirstOpen = firstOpen,
            LastClose = lastClose,
            Final = simulation.Cash,
            Time = lap.Sum,
            Fills = simulation.Desk.Fills,
            StaleFills = simulation.Desk.StaleFills,
            HoldDrawdown = hold?.MaxDrawdown,
        };
    }

    private static BacktestReport Report(RunPlan plan, BacktestOptions options, EquityTracker tracker, List<Trade<double>> trades, in RunTotals totals)
    {
        if (totals.Candles == 0)
            throw new BacktestRefusedException(BacktestRefusal.NoCandles, "There is no candle between from and to.");
        var outcomes = Outcomes(trades);
        return new BacktestReport
        {
            Strategy = plan.Name,
            Inputs = plan.Inputs,
            Symbols = [],
            FromMs = tracker.FirstOpenMs,
            ToMs = tracker.LastCloseMs,
            Candles = totals.Candles,
            Start = options.Cash,
            Final = totals.Final,
            Trades = trades,
            Metrics = Metrics.Of(tracker, outcomes, new RunFacts(totals.FirstOpen, totals.LastClose, totals.Exposed)),
            Conventions = options.Conventions ? Conventions.All(tracker, outcomes) : [],
            Facts = new WarningFacts
            {
                StaleFills = totals.StaleFills,
                Fills = totals.Fills,
                HoldDrawdown = totals.HoldDrawdown,
                MissingCandles = tracker.CandleMs > 0 ? Math.Max(0, ((tracker.LastCloseMs - tracker.FirstOpenMs) / tracker.CandleMs) - tracker.Candles) : 0,
            },
            DataHash = "",
            Seed = options.Seed,
            Equity = tracker,
            CandlesPerSecond = totals.Time > TimeSpan.Zero ? totals.Candles / totals.Time.TotalSeconds : null,
        };
    }

    private static void CheckSteps(Timeframe timeframe, IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        foreach (var source in sources)
        {
            if (Timeframes.IsFiner(timeframe, source.StepMs))
                throw new BacktestRefusedException(BacktestRefusal.CoarserCandles, $"The candles of {source.Symbol} are coarser than {timeframe}.");
            if (DetailOf(source, options) is { } detail && (Timeframes.IsFiner(timeframe, detail.StepMs) || Timeframes.IsEqual(timeframe, detail.StepMs)))
                throw new BacktestRefusedException(BacktestRefusal.CoarserDetail, $"The detail of {detail.Symbol} is not finer than {timeframe}.");
        }
    }

    private static ICandleSource? DetailOf(ICandleSource source, BacktestOptions options) =>
        options.Detail.FirstOrDefault(detail => detail.Symbol == source.Symbol);

    // The finer candles within the time of the run.
    private static IEnumerable<string> DetailHash(ICandleSource source, BacktestOptions options, EquityTracker tracker)
    {
        if (DetailOf(source, options) is not { } detail || tracker.Candles == 0)
            yield break;
        using var hash = new DataHash();
        using var reader = detail.Open();
        while (reader.Read(GraphRun.BlockRows) is var rows and > 0)
        {
            var times = reader.Columns.OpenTimeMs.AsSpan(reader.Offset, rows);
            var first = CandleFeed.Before(times, tracker.FirstOpenMs);
            hash.Add(reader.Columns, reader.Offset + first, CandleFeed.Before(times, tracker.LastCloseMs) - first);
        }

        yield return hash.End();
    }
}
