using System.Globalization;
using System.Numerics;
using Lastro.Bounds;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Bench;

/// <summary>
/// Rules alone, without a simulation, over a million minutes of chance: candles a second of typical documents, beside the bare
/// indicator they rest on, and strategies a second of a sweep's graph of 1,000 crosses of averages.
/// </summary>
internal static class GraphScenario
{
    private const int Rows = 1_000_000;

    public static Task Run(string shared)
    {
        var (tape, to) = (Walk(), new double[Rows]);
        var bare = Meter.Measure(Rows, () => BareIndicators.Rsi(tape.Close, to, 14));
        Line("rsi document", Timeframe.Minute, tape, bare, ">= 30 M/s", scope =>
        {
            var rsi = Of(scope, "rsi", 14);
            return [scope.Compare(CompareOperator.Less, rsi, scope.Constant(30)), scope.Compare(CompareOperator.Greater, rsi, scope.Constant(70))];
        });
        Line("sma 10/30 cross", Timeframe.Minute, tape, bare, ">= 30 M/s", scope => Cross(scope, 10, 30));
        Line("ten indicators", Timeframe.Minute, tape, bare, ">= 8 M/s", Ten);
        Line("ten indicators, on 1h", Timeframe.Minute, tape, bare, ">= 8 M/s", scope =>
        {
            var hour = scope.Coarser(Timeframe.Parse("1h"));
            return [.. Ten(hour).Select(node => scope.Show(hour, node))];
        });
        Line("ten indicators, 15m of a 1m file", Timeframe.Parse("15m"), tape, bare, ">= 8 M/s", Ten);
        Sweep(tape);
        return Task.CompletedTask;
    }

    private static void Line(
        string what, Timeframe timeframe, CandleColumns tape, (double PerSecond, double Bytes) bare, string wanted, Func<RuleScope, NodeId[]> build)
    {
        var graph = new RuleGraph(timeframe);
        var options = new GraphOptions { Keep = build(graph.Root) };
        Meter.Print($"rules, {what}", Meter.Measure(Rows, () => Signals(graph, options, tape)), "bare rsi 14", bare, wanted);
    }

    private static void Sweep(CandleColumns tape)
    {
        var (graph, roots) = (new RuleGraph(Timeframe.Minute), new List<NodeId>());
        for (var fast = 5; fast < 30; fast++)
        {
            for (var slow = 40; slow < 80; slow++)
                roots.AddRange(Cross(graph.Root, fast, slow));
        }

        foreach (var block in new[] { 512, 1_024, 2_048, 4_096 })
        {
            var options = new GraphOptions { Keep = roots, BlockRows = block };
            var (perSecond, _) = Meter.Measure(roots.Count / 2, () => Signals(graph, options, tape));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"rules, 1,000 sma crosses, blocks of {block}: {perSecond:F0} strategies/s over 1M candles | {graph.Count} nodes, {graph.IndicatorCount} averages | wanted >= 50 with the simulation"));
        }
    }

    // Reads every root's bits, as a simulation does.
    private static int Signals(RuleGraph graph, GraphOptions options, CandleColumns tape)
    {
        var (run, signals) = (graph.Start(Timeframe.Minute, options), 0);
        for (var offset = 0; offset < Rows; offset += options.BlockRows)
        {
            run.Next(tape, offset, Math.Min(options.BlockRows, Rows - offset));
            foreach (var root in options.Keep!)
            {
                foreach (var word in run.TrueBits(root))
                    signals += BitOperations.PopCount(word);
            }
        }

        return signals;
    }

    private static NodeId[] Cross(RuleScope scope, int fast, int slow)
    {
        var (a, b) = (Of(scope, "sma", fast), Of(scope, "sma", slow));
        var (aBefore, bBefore) = (scope.Lag(a, 1), scope.Lag(b, 1));
        return
        [
            scope.And(scope.Compare(CompareOperator.LessOrEqual, aBefore, bBefore), scope.Compare(CompareOperator.Greater, a, b)),
            scope.And(scope.Compare(CompareOperator.GreaterOrEqual, aBefore, bBefore), scope.Compare(CompareOperator.Less, a, b)),
        ];
    }

    private static NodeId[] Ten(RuleScope scope)
    {
        var close = scope.Price(PriceColumn.Close);
        NodeId Above(NodeId a, NodeId b) => scope.Compare(CompareOperator.Greater, a, b);
        NodeId[] conditions =
        [
            Above(Of(scope, "ema", 20), Of(scope, "ema", 50)),
            Above(close, Of(scope, "sma", 100)),
            Above(Of(scope, "rsi", 14), scope.Constant(40)),
            Above(Of(scope, "macd", 12, 26, 9), scope.Constant(0)),
            Above(close, Of(scope, "bollinger", 20, 2)),
            Above(Of(scope, "adx", 14), scope.Constant(15)),
            Above(Of(scope, "atr", 14), scope.Lag(Of(scope, "atr", 14), 10)),
            Above(Of(scope, "stoch", 14, 3, 3), scope.Constant(20)),
            Above(Of(scope, "mfi", 14), scope.Constant(30)),
        ];
        return [conditions.Aggregate(scope.And), scope.Not(conditions.Aggregate(scope.Or))];
    }

    private static NodeId Of(RuleScope scope, string name, params double[] arguments)
    {
        var entry = IndicatorCatalog.Find(name) ?? throw new InvalidDataException($"no indicator {name}");
        NodeId[] series = entry.SeriesCount == 0 ? [] : [scope.Price(PriceColumn.Close)];
        return scope.Indicator(entry, series, arguments, 0);
    }

    private static CandleColumns Walk()
    {
        var random = new Random(7);
        var tape = new CandleColumns
        {
            OpenTimeMs = new long[Rows],
            Open = new double[Rows],
            High = new double[Rows],
            Low = new double[Rows],
            Close = new double[Rows],
            Volume = new double[Rows],
        };
        for (var (row, price) = (0, 30_000.0); row < Rows; row++)
        {
            tape.OpenTimeMs[row] = row * 60_000L;
            tape.Open[row] = price;
            tape.Close[row] = price *= 1 + ((random.NextDouble() - 0.5) / 500);
            tape.High[row] = Math.Max(tape.Open[row], price) * (1 + (random.NextDouble() / 2_000));
            tape.Low[row] = Math.Min(tape.Open[row], price) * (1 - (random.NextDouble() / 2_000));
            tape.Volume[row] = random.NextDouble();
        }

        return tape;
    }
}
