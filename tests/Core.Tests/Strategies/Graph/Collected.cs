using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>What a run gave over a whole file, block after block.</summary>
internal sealed class Collected
{
    public List<Bar> Candles { get; } = [];

    public Dictionary<NodeId, List<double>> Values { get; } = [];

    public Dictionary<NodeId, List<bool?>> Truth { get; } = [];

    public static Collected From(RuleGraph graph, Timeframe file, CandleColumns tape, IEnumerable<int> cuts, IEnumerable<NodeId> nodes, GraphOptions? options = null)
    {
        var (run, collected, offset) = (graph.Start(file, options), new Collected(), 0);
        var wanted = nodes.Distinct().ToList();
        foreach (var rows in cuts)
        {
            run.Next(tape, offset, rows).ShouldBe(run.Rows);
            collected.Take(graph, run, wanted);
            offset += rows;
        }

        offset.ShouldBe(tape.Close.Length);
        run.Finish();
        collected.Take(graph, run, wanted);
        return collected;
    }

    /// <summary>The same bits as the twin's, unknown being unknown.</summary>
    public void ShouldBeThoseOf(RuleTwin twin, Rule rule, NodeId node, string what)
    {
        Candles.Select(bar => bar.OpenTimeMs).ShouldBe(twin.Candles.Select(bar => bar.OpenTimeMs), what);
        if (Truth.TryGetValue(node, out var truth))
        {
            First(truth, twin.Truth(rule), (a, b) => a == b, rule, what);
            return;
        }

        First(Values[node], twin.Values(rule), IsSame, rule, what);
    }

    private static void First<T>(List<T> ours, T[] theirs, Func<T, T, bool> isSame, Rule rule, string what)
    {
        ours.Count.ShouldBe(theirs.Length, what);
        for (var row = 0; row < theirs.Length; row++)
        {
            if (!isSame(ours[row], theirs[row]))
                Assert.Fail($"{what}, row {row}: {ours[row]} is not {theirs[row]} in {rule}");
        }
    }

    private static bool IsSame(double a, double b) =>
        double.IsNaN(a) ? double.IsNaN(b) : BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private void Take(RuleGraph graph, GraphRun run, List<NodeId> nodes)
    {
        for (var row = 0; row < run.Rows; row++)
            Candles.Add(run.Candles[run.Offset + row]);
        foreach (var node in nodes)
        {
            if (graph.IsCondition(node))
                Take(Truth, node, run.Rows, BitsAt(run.TrueBits(node), run.FalseBits(node), run.Rows));
            else
                Take(Values, node, run.Rows, run.Values(node).ToArray());
        }
    }

    private static void Take<T>(Dictionary<NodeId, List<T>> to, NodeId node, int rows, T[] block)
    {
        block.Length.ShouldBe(rows);
        if (!to.TryGetValue(node, out var list))
            to.Add(node, list = []);
        list.AddRange(block);
    }

    private static bool?[] BitsAt(ReadOnlySpan<ulong> holds, ReadOnlySpan<ulong> fails, int rows)
    {
        holds.Length.ShouldBe((rows + 63) / 64);
        var truth = new bool?[rows];
        for (var bit = 0; bit < holds.Length * 64; bit++)
        {
            var (yes, no) = (IsSet(holds, bit), IsSet(fails, bit));
            (yes && no).ShouldBeFalse($"bit {bit} is true and false");
            (bit >= rows && (yes || no)).ShouldBeFalse($"bit {bit} stands behind the last row");
            if (bit < rows)
                truth[bit] = yes ? true : no ? false : null;
        }

        return truth;
    }

    private static bool IsSet(ReadOnlySpan<ulong> bits, int bit) => (bits[bit / 64] >> (bit % 64) & 1) != 0;
}
