using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>What is one node, what is refused, and what a run costs.</summary>
public sealed class RuleGraphTests
{
    private static readonly Timeframe _hour = Timeframe.Parse("1h");

    [Fact]
    public void Bots_with_equal_rules_share_every_node()
    {
        var graph = new RuleGraph(_hour);
        var alone = Reversal(14, 30).AddTo(graph.Root);
        var count = graph.Count;
        for (var bot = 0; bot < 200; bot++)
            Reversal(14, 30).AddTo(graph.Root).ShouldBe(alone);
        graph.Count.ShouldBe(count);
        graph.IndicatorCount.ShouldBe(2);

        // Another limit: the constant and the comparison, and what hangs on it; the indicators stay shared.
        Reversal(14, 25).AddTo(graph.Root).ShouldNotBe(alone);
        graph.IndicatorCount.ShouldBe(2);
        graph.Count.ShouldBeLessThan(2 * count);
    }

    [Fact]
    public void A_thousand_crosses_count_each_average_once()
    {
        var graph = new RuleGraph(_hour);
        for (var fast = 1; fast <= 32; fast++)
        {
            for (var slow = 33; slow <= 64; slow++)
                Rule.CrossesAbove(Rule.Of("sma", Rule.Close, fast), Rule.Of("sma", Rule.Close, slow)).AddTo(graph.Root);
        }

        graph.IndicatorCount.ShouldBe(64);

        // close, 64 averages, those one row ago (which no run needs in the end), and per cross: the comparison, it one row ago,
        // the opposite of that, both.
        graph.Count.ShouldBe(1 + 64 + 64 + (4 * 32 * 32));
    }

    [Fact]
    public void All_outputs_of_an_indicator_are_counted_once()
    {
        var (graph, macd) = (new RuleGraph(_hour), IndicatorCatalog.Find("macd")!);
        NodeId[] close = [graph.Root.Price(PriceColumn.Close)];
        var line = graph.Root.Indicator(macd, close, [12, 26, 9], 0);
        graph.Root.Indicator(macd, close, [12, 26, 9], 1).ShouldNotBe(line);
        graph.Root.Indicator(macd, close, [12, 26, 9], 0).ShouldBe(line);
        graph.IndicatorCount.ShouldBe(1);
        graph.Root.Indicator(macd, close, [12, 26, 10], 0).ShouldNotBe(line);
        graph.Root.Indicator(macd, [graph.Root.Price(PriceColumn.Open)], [12, 26, 9], 0).ShouldNotBe(line);
        graph.IndicatorCount.ShouldBe(3);
    }

    [Fact]
    public void What_is_the_same_by_logic_is_one_node()
    {
        var scope = new RuleGraph(_hour).Root;
        var (a, b) = (scope.Price(PriceColumn.Open), scope.Price(PriceColumn.Close));
        var (p, q) = (scope.Compare(CompareOperator.Greater, a, b), scope.Compare(CompareOperator.Equal, a, b));
        scope.Compare(CompareOperator.Less, b, a).ShouldBe(p);
        scope.Compare(CompareOperator.LessOrEqual, a, b).ShouldBe(scope.Not(p));
        scope.Compare(CompareOperator.GreaterOrEqual, b, a).ShouldBe(scope.Not(p));
        scope.Compare(CompareOperator.Equal, b, a).ShouldBe(q);
        scope.Compare(CompareOperator.NotEqual, b, a).ShouldBe(scope.Not(q));
        scope.Not(scope.Not(p)).ShouldBe(p);
        scope.And(p, q).ShouldBe(scope.And(q, p));
        scope.Or(p, q).ShouldBe(scope.Not(scope.And(scope.Not(q), scope.Not(p))));
        scope.And(p, p).ShouldBe(p);
        scope.And(scope.True(), p).ShouldBe(p);
        scope.And(p, scope.False()).ShouldBe(scope.False());
        scope.Or(p, scope.True()).ShouldBe(scope.True());
        scope.Or(scope.False(), p).ShouldBe(p);
        scope.Lag(a, 0).ShouldBe(a);
        scope.Lag(scope.Lag(a, 2), 3).ShouldBe(scope.Lag(a, 5));
        scope.Compare(CompareOperator.Greater, scope.Lag(a, 1), scope.Lag(b, 1)).ShouldBe(scope.Lag(p, 1));
        scope.Arithmetic(ArithmeticOperator.Add, b, a).ShouldBe(scope.Arithmetic(ArithmeticOperator.Add, a, b));
        scope.Arithmetic(ArithmeticOperator.Subtract, b, a).ShouldNotBe(scope.Arithmetic(ArithmeticOperator.Subtract, a, b));
        scope.Arithmetic(ArithmeticOperator.Divide, scope.Constant(1), scope.Constant(4)).ShouldBe(scope.Constant(0.25));
        scope.Arithmetic(ArithmeticOperator.Divide, scope.Constant(1), scope.Constant(0)).ShouldBe(scope.Constant(double.NaN));
    }

    [Fact]
    public void Shared_parts_are_walked_once()
    {
        var graph = new RuleGraph(_hour);
        var node = graph.Root.Price(PriceColumn.Close);
        for (var level = 0; level < 5_000; level++)
            node = graph.Root.Arithmetic(ArithmeticOperator.Subtract, node, node);
        graph.Count.ShouldBe(5_001);
        var run = graph.Start(_hour, new GraphOptions { BlockRows = 64, Keep = [node] });
        run.Next(Tapes.Walk(64), 0, 64);
        run.Values(node)[63].ShouldBe(0);

        // 5,000 nodes one after the other need one column.
        run.Columns.ShouldBe(1);
    }

    [Fact]
    public void A_graph_is_bounded()
    {
        var graph = new RuleGraph(_hour);
        for (var number = 0; number < RuleGraph.MostNodes; number++)
            graph.Root.Constant(number);
        graph.Root.Constant(5);
        Should.Throw<InvalidOperationException>(() => graph.Root.Constant(-1));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var graph = new RuleGraph(_hour);
        var (scope, day) = (graph.Root, graph.Root.Coarser(Timeframe.Parse("1d")));
        var (close, rises, daily) = (scope.Price(PriceColumn.Close), scope.True(), day.Price(PriceColumn.Close));
        scope.Coarser(_hour).ShouldBe(scope);
        day.ShouldBe(graph.Root.Coarser(Timeframe.Parse("4h")).Coarser(Timeframe.Parse("1d")));
        Should.Throw<ArgumentException>(() => day.Coarser(_hour));
        Should.Throw<ArgumentException>(() => scope.And(close, rises));
        Should.Throw<ArgumentException>(() => scope.Negate(rises));
        Should.Throw<ArgumentException>(() => scope.Arithmetic(ArithmeticOperator.Add, close, daily));
        Should.Throw<ArgumentException>(() => day.Show(scope, close));
        Should.Throw<ArgumentException>(() => scope.Show(scope, daily));
        Should.Throw<ArgumentOutOfRangeException>(() => scope.Lag(close, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => scope.Negate(new NodeId(99)));
        Should.Throw<ArgumentException>(() => scope.Indicator(IndicatorCatalog.Find("sma")!, [close], [0], 0));
        Should.Throw<ArgumentException>(() => scope.Indicator(IndicatorCatalog.Find("sma")!, [], [5], 0));
        Should.Throw<ArgumentException>(() => graph.Start(Timeframe.Parse("4h")));
    }

    [Fact]
    public void A_run_keeps_what_it_was_asked_to_and_takes_rows_in_order()
    {
        var (graph, tape) = (new RuleGraph(_hour), Tapes.Walk(100));
        var (close, open) = (graph.Root.Price(PriceColumn.Close), graph.Root.Price(PriceColumn.Open));
        var rises = graph.Root.Compare(CompareOperator.Greater, close, open);
        var run = graph.Start(_hour, new GraphOptions { BlockRows = 50, Keep = [rises] });
        run.Next(tape, 0, 50);
        run.TrueBits(rises).Length.ShouldBe(1);
        Should.Throw<ArgumentException>(() => { run.Values(close); });
        Should.Throw<ArgumentException>(() => { run.Values(rises); });
        Should.Throw<ArgumentOutOfRangeException>(() => run.Next(tape, 50, 51));
        Should.Throw<ArgumentException>(() => run.Next(tape, 49, 10));
        run.Next(tape, 50, 50);
        run.Finish().ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => run.Next(tape, 0, 1));
    }

    [Fact]
    public void After_the_first_block_nothing_is_allocated()
    {
        var (graph, rules) = (new RuleGraph(_hour), new RandomRules(new Random(12)));
        for (var count = 0; count < 40; count++)
            rules.Condition(_hour, 5).AddTo(graph.Root);
        foreach (var (file, rows) in new[] { ("1h", 512), ("1h", 1), ("15m", 512) })
        {
            var timeframe = Timeframe.Parse(file);
            var tape = Files.At(Files.Times(timeframe, 20_000, new Random(1), gaps: true, jitter: false), Tapes.Walk(20_000));
            var run = graph.Start(timeframe, new GraphOptions { BlockRows = rows });
            var offset = 0;
            for (; offset < 4_096; offset += rows)
                run.Next(tape, offset, rows);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (; offset < 16_384; offset += rows)
                run.Next(tape, offset, rows);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, $"{file} in blocks of {rows}");
        }
    }

    [Fact]
    public void Warm_up_is_when_a_value_is_first_known()
    {
        var (graph, file) = (new RuleGraph(_hour), Tapes.Walk(3_000));
        var scope = graph.Root;
        NodeId[] exact =
        [
            Rule.Close.AddTo(scope),
            Rule.Of("sma", Rule.Of("rsi", Rule.Close, 14), 20).Ago(3).AddTo(scope),
            (Rule.Of("ema", Rule.Close, 50) + Rule.Of("atr", null, 14)).AddTo(scope),
        ];
        var daily = Rule.On("1d", Rule.Of("sma", Rule.Close, 10)).AddTo(scope);
        var tape = Files.At(Files.Times(_hour, 3_000, new Random(1), gaps: false, jitter: false), file);
        var collected = Collected.From(graph, _hour, tape, Files.Cuts(3_000, 4096), [.. exact, daily]);
        foreach (var node in exact)
            collected.Values[node].FindIndex(double.IsFinite).ShouldBe(graph.WarmUp(node));
        collected.Values[daily].FindIndex(double.IsFinite).ShouldBeInRange(10 * 24 - 1, graph.WarmUp(daily));
    }

    private static Rule Reversal(double length, double low) =>
        (Rule.Of("rsi", Rule.Close, length) < low) & Rule.On("4h", Rule.Close > Rule.Of("sma", Rule.Close, 50));
}
