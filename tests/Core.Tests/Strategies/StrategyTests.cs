using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

/// <summary>Small candles whose values can be counted by hand, in every construct of the language.</summary>
public sealed class StrategyTests
{
    private const double U = double.NaN;

    [Fact]
    public void Arithmetic_goes_by_rank_from_the_left()
    {
        Values("1 + 2 * close", [8, 2]).ShouldBe([17, 5]);
        Values("16 / close / 2", [8, 2]).ShouldBe([1, 4]);
        Values("-close + 3 - 1", [8, 2]).ShouldBe([-6, 0]);
        Values("-close[1]", [8, 2]).ShouldBe([U, -8]);
        Values("16 / (close / 2)", [8, 2]).ShouldBe([4, 16]);
        Values("1 / (close - 2)", [2, 3]).ShouldBe([U, 1]);
        Values("hlc3 + hl2 + open + volume", [3]).ShouldBe([10]);
    }

    [Theory]
    [InlineData("close[1] > 0 and close > 0", null)]
    [InlineData("close[1] > 0 and close < 0", false)]
    [InlineData("close < 0 and close[1] > 0", false)]
    [InlineData("close[1] > 0 or close > 0", true)]
    [InlineData("close[1] > 0 or close < 0", null)]
    [InlineData("not close[1] > 0", null)]
    [InlineData("close[1] != 1", null)]
    [InlineData("(close > 0)[1] or not (close > 0)[1]", null)]
    [InlineData("not close > 4 and close > 0 or close > 7", true)]
    [InlineData("30[1] == 30", null)]
    [InlineData("30[0] == 30", true)]
    public void Logic_has_three_values(string condition, bool? expected) => Truths(condition, [1]).ShouldBe([expected]);

    [Fact]
    public void Crossing_needs_the_row_before_on_the_other_side_or_level()
    {
        Truths("crosses_above(close, 2)", [1, 2, 3, 3, 2, 1, 2]).ShouldBe([false, false, true, false, false, false, false]);
        Truths("crosses_below(close, 2)", [1, 2, 3, 3, 2, 1, 2]).ShouldBe([null, false, false, false, false, true, false]);
    }

    [Fact]
    public void Inputs_and_definitions_may_hide_a_candles_value()
    {
        var document = new StrategyDocument
        {
            Timeframe = Timeframe.Parse("1h"),
            Inputs = new Dictionary<string, double> { ["low"] = 2 },
            Define = new OrderedDictionary<string, string> { ["middle"] = "b.middle", ["b"] = "donchian(low)", ["high"] = "b.upper[low - 1] + low" },
            Enter = "close >= low and high - middle == 1.5",
        };
        Truths(document, [1, 3, 3]).ShouldBe([false, null, false]);
        Truths(document with { Enter = "high - middle == 2" }, [1, 3, 3]).ShouldBe([null, null, true]);
    }

    [Fact]
    public void On_shows_the_last_ended_candle_of_the_longer_timeframe()
    {
        double[] closes = [1, 2, 3, 4, 5];
        Values("on(\"2h\", close)", closes).ShouldBe([U, 2, 2, 4, 4]);
        Values("on(\"2h\", close[1])", closes).ShouldBe([U, U, U, 2, 2]);
        Values("on(\"2h\", close)[1]", closes).ShouldBe([U, U, 2, 2, 4]);
        Values("on(\"1h\", close[1])", closes).ShouldBe([U, 1, 2, 3, 4]);
        Values("on(\"2h\", sma(close, 2) - on(\"4h\", open))", closes).ShouldBe([U, U, U, 2, 2]);
        Truths("on(\"2h\", close > 3)", closes).ShouldBe([null, false, false, true, true]);
    }

    [Fact]
    public void Exit_is_never_true_when_there_is_none_and_risk_is_a_value()
    {
        var document = new StrategyDocument { Timeframe = Timeframe.Parse("1h"), Enter = "close > 1", Size = new RiskSizing(0.01, "2 * (close - 1)") };
        var graph = new RuleGraph(document.Timeframe);
        var nodes = Checked(document).AddTo(graph);
        var run = Run(graph, [1, 2, 3]);
        Bits(run, nodes.Exit, 3).ShouldBe([false, false, false]);
        run.Values(nodes.Risk.ShouldNotBeNull()).ToArray().ShouldBe([0, 2, 4]);
    }

    [Fact]
    public void Equal_rules_are_one_node_and_other_inputs_are_another()
    {
        var strategy = Checked(new()
        {
            Timeframe = Timeframe.Parse("1h"),
            Inputs = new Dictionary<string, double> { ["n"] = 3, ["k"] = 1.5 },
            Define = new Dictionary<string, string> { ["a"] = "sma(close, n)" },
            Enter = "a > k",
        });
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var nodes = strategy.AddTo(graph);
        var count = graph.Count;
        strategy.AddTo(graph).ShouldBe(nodes);
        graph.Count.ShouldBe(count);
        var other = strategy.With(new Dictionary<string, double> { ["n"] = 2 });
        other.Document.Inputs.ShouldBe(new Dictionary<string, double> { ["n"] = 2, ["k"] = 1.5 });
        other.AddTo(graph).Enter.ShouldNotBe(nodes.Enter);
        var run = Run(graph, [0, 1, 2, 3]);
        Bits(run, nodes.Enter, 4).ShouldBe([null, null, false, true]);
        Bits(run, other.AddTo(graph).Enter, 4).ShouldBe([null, false, false, true]);
    }

    [Theory]
    [InlineData("n", 0, "define.a setting_out_of_range")]
    [InlineData("n", 2.5, "define.a not_whole")]
    [InlineData("m", 1, "inputs.m unknown_input")]
    [InlineData("k", double.NaN, "inputs.k needs_number")]
    public void Inputs_of_a_sweep_are_checked(string name, double value, string expected)
    {
        var strategy = Checked(new()
        {
            Timeframe = Timeframe.Parse("1h"),
            Inputs = new Dictionary<string, double> { ["n"] = 3, ["k"] = 1.5 },
            Define = new Dictionary<string, string> { ["a"] = "sma(close, n)" },
            Enter = "a > k",
        });
        var inputs = new Dictionary<string, double> { [name] = value };
        strategy.With(inputs, out var errors).ShouldBeNull();
        errors.Select(error => $"{error.Field} {error.Code}").ShouldBe([expected]);
        Should.Throw<ArgumentException>(() => strategy.With(inputs));
    }

    [Fact]
    public void Plots_are_the_definitions_and_the_indicators_of_the_rules()
    {
        var strategy = Checked(new()
        {
            Timeframe = Timeframe.Parse("1h"),
            Define = new OrderedDictionary<string, string>
            {
                ["two"] = "1 + 1",
                ["b"] = "bollinger(close, 2, 2)",
                ["r"] = "sma(rsi(close, 2), 2)",
                ["stop"] = "close - two * atr(2)",
                ["gap"] = "close - open",
                ["up"] = "close > open",
            },
            Enter = "crosses_above(ema(close, 2), on(\"2h\", ema(close, 2))) and b.upper > 1",
        });
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var plots = strategy.AddPlotsTo(graph);
        plots.Select(plot => $"{plot.Name} {plot.Pane} {plot.IsCondition}").ShouldBe(
        [
            "b.upper Price False", "b.middle Price False", "b.lower Price False", "b.width Own False", "b.percentB Own False", "r Own False", "stop Price False",
            "gap Own False", "up Own True", "ema(close, 2) Price False", "on(\"2h\", ema(close, 2)) Price False",
        ]);
        plots.ShouldAllBe(plot => graph.IsCondition(plot.Node) == plot.IsCondition);
    }

    private static double[] Values(string expression, double[] closes)
    {
        var strategy = Checked(new() { Timeframe = Timeframe.Parse("1h"), Enter = "close > 0", Size = new RiskSizing(0.01, expression) });
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var nodes = strategy.AddTo(graph);
        return Run(graph, closes).Values(nodes.Risk.ShouldNotBeNull()).ToArray();
    }

    private static bool?[] Truths(string condition, double[] closes) => Truths(new StrategyDocument { Timeframe = Timeframe.Parse("1h"), Enter = condition }, closes);

    private static bool?[] Truths(StrategyDocument document, double[] closes)
    {
        var graph = new RuleGraph(document.Timeframe);
        var nodes = Checked(document).AddTo(graph);
        return Bits(Run(graph, closes), nodes.Enter, closes.Length);
    }

    private static Strategy Checked(StrategyDocument document) => Strategy.Check(document, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "");

    internal static bool?[] Bits(GraphRun run, NodeId node, int rows)
    {
        var (known, isFalse) = (run.TrueBits(node).ToArray(), run.FalseBits(node).ToArray());
        return [.. Enumerable.Range(0, rows).Select(row => (known[row / 64] >> (row % 64) & 1) == 1 ? true : (isFalse[row / 64] >> (row % 64) & 1) == 1 ? false : (bool?)null)];
    }

    internal static GraphRun Run(RuleGraph graph, double[] closes)
    {
        var run = graph.Start(graph.Root.Timeframe);
        run.Next(Candles(closes), 0, closes.Length).ShouldBe(closes.Length);
        return run;
    }

    /// <summary>Hours from the epoch on, flat at their close, volume 1.</summary>
    internal static CandleColumns Candles(double[] closes) => new()
    {
        OpenTimeMs = [.. closes.Select((_, row) => row * 3_600_000L)],
        Open = closes,
        High = closes,
        Low = closes,
        Close = closes,
        Volume = [.. closes.Select(_ => 1.0)],
    };
}
