using System.Runtime.InteropServices;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>A node to watch.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Node">Of the graph's root; a condition counts as 1 and 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WatchedNode(string Name, NodeId Node);

/// <summary>How far a value is from the one of the whole history when fewer rows are known.</summary>
/// <param name="Rows">Rows of the file up to and including the one looked at.</param>
/// <param name="Difference">Largest relative difference over the rows looked at; infinite where one of the two is unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WarmUpPoint(int Rows, double Difference);

/// <summary>What the check found for a node.</summary>
/// <param name="Name">The node.</param>
/// <param name="SettledRows">From so many rows on the value stays the same; null when it never did.</param>
/// <param name="Points">Fewest rows first.</param>
public sealed record WarmUpFinding(string Name, int? SettledRows, IReadOnlyList<WarmUpPoint> Points);

/// <summary>
/// How many rows before the first that counts a strategy needs: recursive indicators (EMA, RSI, ATR) never forget their start, they only
/// outweigh it. The same rows are counted again from later and later starts, and compared with the whole history.
/// </summary>
public static class WarmUpCheck
{
    private const int FewestRows = 32;

    /// <summary>Watches nodes at several rows of the candles.</summary>
    /// <param name="graph">Where the nodes are.</param>
    /// <param name="nodes">What to watch.</param>
    /// <param name="source">The candles.</param>
    /// <param name="tolerance">Relative difference that counts as the same; 0 asks for the same bits.</param>
    /// <param name="places">Rows looked at, evenly over the second half and the last one.</param>
    public static IReadOnlyList<WarmUpFinding> Run(RuleGraph graph, IReadOnlyList<WatchedNode> nodes, ICandleSource source, double tolerance = 1e-9, int places = 5)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(places);
        var data = Candles.Load(source);
        int[] ends = [.. Enumerable.Range(0, places).Select(place => data.Rows - (int)((long)place * data.Rows / (2 * places))).Distinct()];
        var whole = ends.Select(end => Values(graph, nodes, data, 0, end)).ToArray();
        var points = nodes.Select(_ => new List<WarmUpPoint>()).ToArray();
        for (var rows = FewestRows; rows < data.Rows / 2; rows *= 2)
        {
            var part = ends.Select(end => Values(graph, nodes, data, end - rows, end)).ToArray();
            for (var node = 0; node < nodes.Count; node++)
                points[node].Add(new(rows, Enumerable.Range(0, ends.Length).Max(place => Difference(whole[place][node], part[place][node]))));
        }

        return [.. nodes.Select((node, at) => new WarmUpFinding(node.Name, Settled(points[at], tolerance), points[at]))];
    }

    private static int? Settled(List<WarmUpPoint> points, double tolerance)
    {
        var last = points.FindLastIndex(point => !(point.Difference <= tolerance));
        return last + 1 < points.Count ? points[last + 1].Rows : null;
    }

    private static double Difference(double whole, double part) => (double.IsNaN(whole), double.IsNaN(part)) switch
    {
        (true, true) => 0,
        (false, false) when whole == part => 0,
        (false, false) => Math.Abs(part - whole) / Math.Max(Math.Abs(whole), Math.Abs(part)),
        _ => double.PositiveInfinity,
    };

    // The nodes in the last candle that has ended with the rows.
    private static double[] Values(RuleGraph graph, IReadOnlyList<WatchedNode> nodes, ColumnSource data, int from, int to)
    {
        var run = graph.Start(data.StepMs, new GraphOptions { Keep = [.. nodes.Select(node => node.Node)] });
        var values = new double[nodes.Count];
        Array.Fill(values, double.NaN);
        for (var at = Math.Max(from, 0); at < to; at += GraphRun.BlockRows)
        {
            var rows = run.Next(data.Columns, at, Math.Min(GraphRun.BlockRows, to - at));
            for (var node = 0; node < nodes.Count && rows > 0; node++)
                values[node] = graph.IsCondition(nodes[node].Node) ? Truth(run, nodes[node].Node, rows - 1) : run.Values(nodes[node].Node)[rows - 1];
        }

        return values;
    }

    private static double Truth(GraphRun run, NodeId node, int row)
    {
        if ((run.TrueBits(node)[row / 64] >> (row % 64) & 1) != 0)
            return 1;
        return (run.FalseBits(node)[row / 64] >> (row % 64) & 1) != 0 ? 0 : double.NaN;
    }
}
