using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>"Why, or why not?": the rules of a strategy in a graph with a node for each part. Run the graph to the row, then ask.</summary>
public sealed class StrategyTrace
{
    private readonly Strategy _strategy;
    private readonly RuleGraph _graph;
    private readonly RuleParts _parts;

    internal StrategyTrace(Strategy strategy, RuleGraph graph, StrategyNodes nodes, RuleParts parts) =>
        (_strategy, _graph, Nodes, _parts) = (strategy, graph, nodes, parts);

    /// <summary>The rules themselves.</summary>
    public StrategyNodes Nodes { get; }

    /// <summary>The nodes that must be kept by a run that keeps only some.</summary>
    public IReadOnlyCollection<NodeId> Parts => [.. _parts.Now.Values.Concat(_parts.Before.Values).Distinct()];

    /// <summary>The rule to buy at a row of the run's block: each part with its value or truth, three-valued.</summary>
    /// <param name="run">Of the graph the rules were added to, standing at the block of the row.</param>
    /// <param name="row">From 0, in the block.</param>
    public RuleTree Enter(GraphRun run, int row) => Explain(_strategy.Rules.Enter, run, row);

    /// <summary>The rule to sell at a row of the run's block; null when there is none.</summary>
    public RuleTree? Exit(GraphRun run, int row) => _strategy.Rules.Exit is { } exit ? Explain(exit, run, row) : null;

    private RuleTree Explain(RuleSource source, GraphRun run, int row)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, run.Rows);
        var trees = new RuleTrees(_strategy.Rules, _strategy.Document.Inputs) { Explain = (part, frame, tree) => At(part, frame, tree, run, row) };
        return trees.Make(source, _strategy.Document.Timeframe);
    }

    private RuleTree At(Syntax part, Timeframe frame, RuleTree tree, GraphRun run, int row)
    {
        if (!_parts.Now.TryGetValue((part, frame), out var node))
            return tree; // a text, or a call of several outputs
        if (!_graph.IsCondition(node))
        {
            var hasBefore = _parts.Before.TryGetValue((part, frame), out var before);
            return tree with { IsExplained = true, Value = Number(run, node, row), IsCrossing = hasBefore, Before = hasBefore ? Number(run, before, row) : null };
        }

        var (word, bit) = (row >> 6, 1UL << (row & 63));
        bool? truth = (run.TrueBits(node)[word] & bit) != 0 ? true : (run.FalseBits(node)[word] & bit) != 0 ? false : null;
        return tree with { IsExplained = true, IsCondition = true, Truth = truth };
    }

    private static double? Number(GraphRun run, NodeId node, int row) => run.Values(node)[row] is var value && double.IsFinite(value) ? value : null;
}
