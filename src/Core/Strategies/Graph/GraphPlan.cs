using System.Runtime.InteropServices;

namespace Lastro.Core.Strategies;

/// <summary>A thing to do in a block: compute a node, or an indicator with all its outputs.</summary>
/// <param name="Node">The node; -1 for an indicator.</param>
/// <param name="Call">The indicator; -1 for a node.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlanStep(int Node, int Call);

/// <summary>
/// What a run does in which order: the nodes that are wanted and what they need, operands first. Says after which step nobody
/// reads a node any more.
/// </summary>
internal sealed class GraphPlan
{
    private readonly RuleGraph _graph;
    private readonly bool[] _needed;
    private readonly bool[] _asColumn;
    private readonly int[] _lastReader;
    private readonly List<PlanStep> _steps = [];

    public GraphPlan(RuleGraph graph, GraphOptions options)
    {
        if (options.BlockRows is <= 0 or > GraphRun.BlockRows)
            throw new ArgumentOutOfRangeException(nameof(options), options.BlockRows, $"A block has 1 to {GraphRun.BlockRows} rows.");
        (_graph, BlockRows) = (graph, options.BlockRows);
        _needed = new bool[graph.Count];
        _asColumn = new bool[graph.Count];
        Kept = new bool[graph.Count];
        _lastReader = new int[graph.Count];
        for (var node = 0; node < graph.Count && options.Keep is null; node++)
            Keep(node);
        foreach (var node in options.Keep ?? [])
            Keep(graph.Check(node));
        MarkNeeded();
        Order();
        MarkReaders();
    }

    public RuleGraph Graph => _graph;

    public int BlockRows { get; }

    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <summary>Nodes that can be read after a block.</summary>
    public bool[] Kept { get; }

    public bool IsNeeded(int node) => _needed[node];

    /// <summary>True when somebody reads the constant as a column.</summary>
    public bool IsColumn(int constant) => _asColumn[constant];

    /// <summary>The last step that reads the node; <see cref="int.MaxValue"/> for one that is kept.</summary>
    public int LastReader(int node) => _lastReader[node];

    /// <summary>The node whose memory a node is read from: that of a negated condition is that of the condition.</summary>
    public int Owner(int node) => _graph[node].Kind == NodeKind.Not ? _graph[node].A : node;

    /// <summary>What a step reads, as nodes.</summary>
    public IEnumerable<int> Inputs(PlanStep step) => step.Call >= 0 ? _graph.Calls[step.Call].Series : Operands(_graph[step.Node]);

    /// <summary>Columns of the root's candles that are read.</summary>
    public ColumnUse Columns()
    {
        var use = ColumnUse.None;
        foreach (var step in _steps)
        {
            if (step.Call >= 0 && _graph.Calls[step.Call] is { Scope: 0, Series.Length: 0 })
                use |= ColumnUse.All;
        }

        for (var index = 0; index < _needed.Length; index++)
        {
            if (_needed[index] && _graph[index] is { Kind: NodeKind.Price, Scope: 0 } price)
                use |= (ColumnUse)(1 << (int)price.Detail);
        }

        return use;
    }

    private void Keep(int node)
    {
        Kept[node] = true;
        _needed[node] = true;
        _asColumn[node] = true;
    }

    // Operands stand before their readers, so one pass backwards reaches all.
    private void MarkNeeded()
    {
        for (var index = _needed.Length - 1; index >= 0; index--)
        {
            if (!_needed[index])
                continue;
            var node = _graph[index];
            foreach (var operand in node.Kind == NodeKind.Output ? _graph.Calls[node.A].Series : Operands(node))
            {
                _needed[operand] = true;
                // Operators take a constant as a number; whatever looks back or over needs rows of it.
                _asColumn[operand] |= node.Kind is not (NodeKind.Arithmetic or NodeKind.Greater or NodeKind.Equal);
            }
        }
    }

    private void Order()
    {
        var isPlanned = new bool[_graph.Calls.Count];
        for (var index = 0; index < _needed.Length; index++)
        {
            if (!_needed[index])
                continue;
            var node = _graph[index];
            if (node.Kind == NodeKind.Output)
            {
                if (!isPlanned[node.A])
                    _steps.Add(new PlanStep(-1, node.A));
                isPlanned[node.A] = true;
            }
            else if (node.Kind is not (NodeKind.Price or NodeKind.Constant or NodeKind.Not))
            {
                _steps.Add(new PlanStep(index, -1));
            }
        }
    }

    private void MarkReaders()
    {
        for (var step = 0; step < _steps.Count; step++)
        {
            foreach (var operand in Inputs(_steps[step]))
                _lastReader[Owner(operand)] = step;
        }

        for (var node = 0; node < Kept.Length; node++)
        {
            if (Kept[node])
                _lastReader[Owner(node)] = int.MaxValue;
        }
    }

    private static int[] Operands(in Node node) => node.Kind switch
    {
        NodeKind.Price or NodeKind.Constant or NodeKind.True or NodeKind.Output => [],
        NodeKind.Negate or NodeKind.Lag or NodeKind.Show or NodeKind.Not => [node.A],
        NodeKind.Arithmetic or NodeKind.Greater or NodeKind.Equal or NodeKind.And => [node.A, node.B],
    };
}
