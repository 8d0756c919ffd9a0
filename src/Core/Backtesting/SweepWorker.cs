using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>Counts chunks of combinations one after the other on one thread; what a chunk needs is used again for the next.</summary>
internal sealed class SweepWorker(SweepSource sweep, IReadOnlyList<RowSpan> spans)
{
    private readonly List<List<TradeFigures>> _lists = [];
    private ClosedTrade[] _outcomes = [];

    /// <summary>A row for each span and combination, spans outside.</summary>
    public SweepRow[][] Run(IReadOnlyList<int> combinations, CancellationToken cancellation)
    {
        var graph = new RuleGraph(sweep.Timeframe);
        var plans = combinations.Select(combination => sweep.Add(graph, sweep.Grid[combination])).ToArray();
        var kept = plans.OfType<RunPlan>().SelectMany(plan => plan.Kept).Distinct().ToArray();
        var options = new GraphOptions { Keep = kept, BlockRows = sweep.Options.BlockRows };
        using var feed = new CandleFeed(sweep.Source, graph, options, sweep.Options.Backtest);
        var runs = spans.Select((span, at) => plans.Select((plan, index) => plan is null ? null : new SpanRun(plan, span, sweep, List((at * plans.Length) + index))).ToArray()).ToArray();
        for (var row = 0L; feed.Read(); row += feed.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            feed.Evaluate();
            foreach (var span in runs)
            {
                foreach (var run in span)
                    run?.Take(feed, row);
            }
        }

        return [.. runs.Select(span => span.Select((run, index) => Row(combinations[index], run)).ToArray())];
    }

    private SweepRow Row(int combination, SpanRun? run)
    {
        var inputs = sweep.Grid[combination];
        if (run is null || run.End() is not { Candles: > 0 } tracker)
            return new(combination, inputs, null, sweep.Options.Backtest.Cash);
        var trades = run.Trades;
        if (_outcomes.Length < trades.Count)
            _outcomes = new ClosedTrade[trades.Count * 2];
        for (var i = 0; i < trades.Count; i++)
            _outcomes[i] = new ClosedTrade { EntryTimeMs = 0, ExitTimeMs = 0, Pnl = trades[i].Pnl, PnlPercent = trades[i].PnlPercent, Fees = trades[i].Fees };
        return new(combination, inputs, Metrics.Of(tracker, _outcomes.AsSpan(0, trades.Count), run.Facts), tracker.Final);
    }

    private List<TradeFigures> List(int index)
    {
        while (_lists.Count <= index)
            _lists.Add([]);
        _lists[index].Clear();
        return _lists[index];
    }

    /// <summary>One combination over one span of rows.</summary>
    private sealed class SpanRun(RunPlan plan, RowSpan span, SweepSource sweep, List<TradeFigures> trades)
    {
        private readonly EquityTracker _tracker = new(sweep.Options.Backtest.Cash, sweep.Timeframe);
        private Simulation? _simulation;
        private double _firstOpen;
        private double _lastClose;

        public List<TradeFigures> Trades => trades;

        public RunFacts Facts => new(_firstOpen, _lastClose, _simulation?.Exposed ?? 0);

        public void Take(CandleFeed feed, long row)
        {
            var first = (int)Math.Clamp(span.From - row, 0, feed.Rows);
            var rows = (int)Math.Clamp(span.To - row, first, feed.Rows) - first;
            if (rows == 0)
                return;
            if (_simulation is null)
                _firstOpen = feed.Candles.Open[feed.Offset + first];
            _simulation ??= new Simulation(plan.Terms, new Wallet(sweep.Options.Backtest.Cash, trades), _tracker, null, null);
            _simulation.Next(feed.Candles, feed.Offset + first, rows, feed.Signals(plan).Skip(first));
            _lastClose = feed.Candles.Close[feed.Offset + first + rows - 1];
        }

        public EquityTracker End()
        {
            _simulation?.End();
            return _tracker;
        }
    }
}

/// <summary>What all workers of a sweep share.</summary>
/// <param name="Grid">The combinations.</param>
/// <param name="Timeframe">Of the document.</param>
/// <param name="Add">Adds a combination's nodes to a graph; null when the rules refuse its values. Called from any thread.</param>
/// <param name="Source">The candles.</param>
/// <param name="Options">Of the sweep.</param>
internal sealed record SweepSource(SweepGrid Grid, Timeframe Timeframe, Func<RuleGraph, IReadOnlyDictionary<string, double>, RunPlan?> Add, ICandleSource Source, SweepOptions Options);
