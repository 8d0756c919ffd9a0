using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>Checked strategies as runs, sweeps and checks take them.</summary>
public static class StrategyRuns
{
    /// <summary>The strategy in a graph of its timeframe, under the costs of the options.</summary>
    public static RunPlan PlanIn(this Strategy strategy, RuleGraph graph, BacktestOptions options)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(options);
        var (document, nodes) = (strategy.Document, strategy.AddTo(graph));
        return new RunPlan
        {
            Name = document.Name,
            Inputs = document.Inputs,
            Graph = graph,
            Enter = nodes.Enter,
            Exit = nodes.Exit,
            StopDistance = nodes.Risk,
            Terms = TermsOf(document, options),
        };
    }

    /// <summary>The strategy in a graph of its own.</summary>
    public static RunPlan Plan(this Strategy strategy, BacktestOptions options)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return strategy.PlanIn(new RuleGraph(strategy.Document.Timeframe), options);
    }

    /// <summary>Tests the strategy over one or several symbols that share the cash: <see cref="Backtest.Run(RunPlan, IReadOnlyList{ICandleSource}, BacktestOptions)"/>.</summary>
    public static BacktestReport Backtest(this Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options) =>
        Backtesting.Backtest.Run(strategy.Plan(options), sources, options);

    /// <summary>
    /// The run again with other fees, slippages (<see cref="SensitivityCase.Usual"/>) and the other ways to fill an entry: what the result
    /// owes to what nobody can be sure of.
    /// </summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="sources">As for the run.</param>
    /// <param name="options">As for the run.</param>
    /// <param name="baseline">The run's figures.</param>
    public static Sensitivity Sensitivity(this Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options, Metrics baseline)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plain = options with { Conventions = false, CurvePoints = 0, Equity = null, Clock = null };
        var cases = new List<(SensitivityCase Case, BacktestOptions Options)>();
        foreach (var usual in SensitivityCase.Usual(options.Fee, options.Slippage))
            cases.Add((usual, usual.Kind == SensitivityKind.Fee ? plain with { Fee = usual.Share ?? 0 } : plain with { Slippage = usual.Share ?? 0 }));
        foreach (var fill in Enum.GetValues<EntryFill>().Where(fill => fill != options.Fill))
            cases.Add((new SensitivityCase(SensitivityKind.FillModel, EntryFills.Word(fill)), plain with { Fill = fill }));
        if (options.Detail.Count > 0)
            cases.Add((new SensitivityCase(SensitivityKind.Detail, "none"), plain with { Detail = [] }));
        var results = cases.Where(item => item.Options is { Fee: < 1, Slippage: < 1 })
            .Select(item => (item.Case, strategy.Backtest(sources, item.Options).Metrics)).ToArray();
        return Performance.Sensitivity.Compare(baseline, options.Fee, options.Slippage, results);
    }

    /// <summary>How many rows its conditions, definitions and indicators need before they no longer depend on where the candles begin: <see cref="WarmUpCheck"/>.</summary>
    public static IReadOnlyList<WarmUpFinding> WarmUp(this Strategy strategy, ICandleSource source, double tolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var nodes = strategy.AddTo(graph);
        var watched = new List<WatchedNode> { new("enter", nodes.Enter), new("exit", nodes.Exit) };
        if (nodes.Risk is { } distance)
            watched.Add(new("size.stop", distance));
        watched.AddRange(strategy.AddPlotsTo(graph).Select(plot => new WatchedNode(plot.Name, plot.Node)));
        return WarmUpCheck.Run(graph, watched, source, tolerance);
    }

    /// <summary>A sweep of the strategy; combinations whose values the rules refuse have no metrics.</summary>
    public static Sweep Sweep(this Strategy strategy, SweepGrid grid, ICandleSource source, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(options);
        return new Sweep(
            strategy.Document.Timeframe, grid, (graph, inputs) => strategy.With(inputs, out _)?.PlanIn(graph, options.Backtest), source, options);
    }

    private static RunTerms TermsOf(StrategyDocument document, BacktestOptions options) => new()
    {
        Fill = options.Fill,
        Guards = document.Protections,
        Size = document.Size switch
        {
            PercentSizing percent => EntrySize.Percent(percent.Fraction),
            FixedSizing amount => EntrySize.Fixed((double)amount.Amount),
            RiskSizing risk => EntrySize.Risk(risk.Fraction),
            KellySizing kelly => EntrySize.Kelly(kelly.Fraction, kelly.Trades, kelly.Start),
            _ => throw new ArgumentException($"{document.Size} is no size.", nameof(document)),
        },
        Position = new PositionTerms<double>
        {
            Fee = options.Fee,
            Slippage = options.Slippage,
            TakeProfit = document.TakeProfit,
            StopLoss = document.StopLoss,
            TrailingStop = document.TrailingStop,
            MaxBars = document.MaxBars,
            CooldownBars = document.CooldownBars,
        },
    };
}
