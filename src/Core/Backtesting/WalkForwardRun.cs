using Lastro.Core.Indicators;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>A window of walking forward with what was chosen in it.</summary>
/// <param name="Result">The rows, and the figures of the choice in training and in test.</param>
/// <param name="Inputs">The values chosen; null when no combination had the ranking figure in the training: then the test was not traded.</param>
/// <param name="TrainFromMs">Open time of the first candle of the training.</param>
/// <param name="TestFromMs">Open time of the first candle of the test.</param>
/// <param name="TestToMs">End of its last candle.</param>
public sealed record WalkForwardStep(WalkForwardResult Result, IReadOnlyDictionary<string, double>? Inputs, long TrainFromMs, long TestFromMs, long TestToMs);

/// <summary>What walking forward gave.</summary>
/// <param name="Steps">Window by window.</param>
/// <param name="OutOfSample">The tests one after the other, each beginning with the cash the one before left.</param>
/// <param name="Trades">Their trades.</param>
/// <param name="Equity">Their equity.</param>
public sealed record WalkForwardReport(IReadOnlyList<WalkForwardStep> Steps, Metrics OutOfSample, IReadOnlyList<Trade<double>> Trades, EquityTracker Equity);

/// <summary>Walking forward: in each window the best combination of the training is traded on the candles that follow, which the choice has not seen.</summary>
public sealed class WalkForwardRun
{
    private readonly Sweep _sweep;
    private readonly SweepSource _source;
    private readonly List<Bar> _candles = [];
    private readonly EquityTracker _tracker;

    private WalkForwardRun(Sweep sweep)
    {
        (_sweep, _source) = (sweep, sweep.Shared);
        _tracker = new EquityTracker(_source.Options.Backtest.Cash, _source.Timeframe);
        var graph = new RuleGraph(_source.Timeframe);
        using var feed = new CandleFeed(_source.Source, graph, new GraphOptions { Keep = [] }, _source.Options.Backtest);
        while (feed.Read())
        {
            feed.Evaluate();
            for (var row = 0; row < feed.Rows; row++)
                _candles.Add(feed.Candles[feed.Offset + row]);
        }
    }

    /// <summary>Runs every combination over every training, then the best of each over its test.</summary>
    /// <param name="sweep">Combinations, costs, the ranking figure, threads.</param>
    /// <param name="options">How the candles are cut.</param>
    /// <param name="cancellation">Ends the run at the next block.</param>
    /// <exception cref="BacktestRefusedException">There are too few candles for as many windows.</exception>
    public static WalkForwardReport Run(Sweep sweep, WalkForwardOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return new WalkForwardRun(sweep).Run(options, cancellation);
    }

    private WalkForwardReport Run(WalkForwardOptions options, CancellationToken cancellation)
    {
        var windows = WalkForward.Split(_candles.Count, options);
        if (windows.Count == 0)
            throw new BacktestRefusedException(BacktestRefusal.NoCandles, "There are too few candles to walk forward.");
        var trainings = _sweep.RunSpans([.. windows.Select(window => new RowSpan(window.TrainFrom, window.TrainTo))], cancellation);
        var (steps, trades) = (new List<WalkForwardStep>(), new List<Trade<double>>());
        var (cash, exposed) = (_source.Options.Backtest.Cash, 0.0);
        for (var at = 0; at < windows.Count; at++)
        {
            var window = windows[at];
            var best = Sweep.Rank(trainings[at], _source.Options.Rank)[0];
            var isKnown = best.Metrics?[_source.Options.Rank] is not null;
            var test = Test(isKnown ? best : null, window, cash, cancellation);
            var result = new WalkForwardResult(window, best.Metrics ?? Metrics.Of([]), test.Metrics);
            steps.Add(new WalkForwardStep(result, isKnown ? best.Inputs : null, _candles[window.TrainFrom].OpenTimeMs, test.FromMs, test.ToMs));
            trades.AddRange(test.Trades);
            exposed += (test.Metrics.Exposure ?? 0) * test.Candles;
            cash = test.Final;
        }

        var facts = new RunFacts(_candles[windows[0].TestFrom].Open, _candles[windows[^1].TestTo - 1].Close, (long)Math.Round(exposed));
        return new WalkForwardReport(steps, Metrics.Of(_tracker, Backtest.Outcomes(trades), facts), trades, _tracker);
    }

    private BacktestReport Test(SweepRow? best, WalkForwardWindow window, double cash, CancellationToken cancellation)
    {
        var graph = new RuleGraph(_source.Timeframe);
        // Without a choice the test keeps its cash.
        var plan = best is null ? null : _source.Add(graph, best.Inputs);
        return Backtest.Run(plan ?? Idle(graph), [_source.Source], _source.Options.Backtest with
        {
            Cash = cash,
            FromMs = _candles[window.TestFrom].OpenTimeMs,
            ToMs = window.TestTo < _candles.Count ? _candles[window.TestTo].OpenTimeMs : _source.Options.Backtest.ToMs,
            Equity = _tracker.Add,
            Progress = null,
            Clock = null,
            Conventions = false,
            Cancellation = cancellation,
        });
    }

    private RunPlan Idle(RuleGraph graph) => new()
    {
        Name = "",
        Inputs = new Dictionary<string, double>(StringComparer.Ordinal),
        Graph = graph,
        Enter = graph.Root.False(),
        Exit = graph.Root.False(),
        Terms = new RunTerms { Size = EntrySize.Percent(1), Position = new() { Fee = _source.Options.Backtest.Fee, Slippage = _source.Options.Backtest.Slippage } },
    };
}
