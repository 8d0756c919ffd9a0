using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Random rules over nasty files, in blocks of all sizes, against the twin: the same bits.</summary>
public sealed class GraphTwinTests
{
    private const int RulesEach = 6;

    [Theory]
    [InlineData("1h", "1h", 1)]
    [InlineData("15m", "1h", 2)]
    [InlineData("1m", "3m", 3)]
    [InlineData("4h", "4h", 4)]
    [InlineData("3m", "5m", 5)]
    [InlineData("1d", "1d", 6)]
    [InlineData("1d", "1w", 7)]
    [InlineData("8h", "1M", 8)]
    public void Any_rules_in_any_blocks_are_the_twins(string fileCode, string code, int seed)
    {
        var (file, timeframe) = (Timeframe.Parse(fileCode), Timeframe.Parse(code));
        foreach (var (name, tape) in Files.All(file))
        {
            var random = new Random(seed++);
            var (graph, rules) = (new RuleGraph(timeframe), new RandomRules(random));
            var roots = new List<(Rule Rule, NodeId Node)>();
            for (var count = 0; count < RulesEach; count++)
            {
                foreach (var rule in new[] { rules.Condition(timeframe, 5), rules.Number(timeframe, 5) })
                    roots.Add((rule, rule.AddTo(graph.Root)));
            }

            var twin = new RuleTwin(Files.Bars(tape), file, timeframe);
            void Check(IEnumerable<int> cuts, GraphOptions? options, string how)
            {
                var collected = Collected.From(graph, file, tape, cuts, roots.Select(root => root.Node), options);
                foreach (var (rule, node) in roots)
                    collected.ShouldBeThoseOf(twin, rule, node, $"{name}, {how}");
            }

            NodeId[] keep = [.. roots.Select(root => root.Node)];
            Check(Files.Cuts(700, 4096), null, "one block");
            Check(Files.Cuts(700, 1), new GraphOptions { BlockRows = 1, Keep = keep }, "row by row");
            Check(Files.Cuts(700, 150, random), new GraphOptions { BlockRows = 150, Keep = keep }, "blocks of chance");
            Check(Files.Cuts(700, 64), new GraphOptions { BlockRows = 64 }, "words");
        }
    }

    [Fact]
    public void A_value_depends_on_no_later_row()
    {
        var (hour, random) = (Timeframe.Parse("1h"), new Random(3));
        var (graph, rules) = (new RuleGraph(hour), new RandomRules(random));
        var roots = Enumerable.Range(0, 40).Select(_ => rules.Condition(hour, 5).AddTo(graph.Root)).ToList();
        foreach (var (name, tape) in Files.All(hour))
        {
            var other = Files.At(tape.OpenTimeMs, new CandleColumns
            {
                OpenTimeMs = tape.OpenTimeMs,
                Open = Changed(tape.Open),
                High = Changed(tape.High),
                Low = Changed(tape.Low),
                Close = Changed(tape.Close),
                Volume = Changed(tape.Volume),
            });
            var before = Collected.From(graph, hour, tape, Files.Cuts(700, 4096), roots);
            var after = Collected.From(graph, hour, other, Files.Cuts(700, 4096), roots);
            foreach (var root in roots)
                after.Truth[root].Take(ChangedFrom).ShouldBe(before.Truth[root].Take(ChangedFrom), name);
        }
    }

    private const int ChangedFrom = 403;

    private static double[] Changed(double[] column) => [.. column.Select((value, row) => row < ChangedFrom ? value : 7 + (row % 5))];
}
