namespace Lastro.Core.Strategies;

/// <summary>
/// The memory and operations of one run. Walks the plan once: gives each node its column or bit sets, takes those of nodes
/// that nobody reads any more, so that a graph of thousands of nodes works in little memory.
/// </summary>
internal sealed class GraphMemory
{
    private readonly GraphPlan _plan;
    private readonly RuleGraph _graph;
    private readonly int _capacity;
    private readonly ScopeRows[] _scopes;
    private readonly double[]?[] _columns;
    private readonly Bits[] _bits;
    private readonly Stack<double[]> _freeColumns = [];
    private readonly Stack<Bits> _freeBits = [];
    private readonly Dictionary<(int Outer, int Inner), ShowMap> _maps = [];
    private readonly List<GraphOp> _ops = [];
    private double[]? _thrownAway;

    public GraphMemory(GraphPlan plan, ScopeRows[] scopes, int capacity)
    {
        (_plan, _graph, _scopes, _capacity) = (plan, plan.Graph, scopes, capacity);
        _columns = new double[]?[_graph.Count];
        _bits = new Bits[_graph.Count];
        for (var node = 0; node < _graph.Count; node++)
            PlaceSource(node);
        var (ends, outputs) = (Ends(), Outputs());
        for (var step = 0; step < plan.Steps.Count; step++)
        {
            // A lag and a show still read their operand when they have begun to write; all others may write in its place.
            var mayReplace = plan.Steps[step] is not { Node: >= 0 and var node } || _graph[node].Kind is not (NodeKind.Lag or NodeKind.Show);
            if (mayReplace)
                Free(ends[step]);
            _ops.Add(plan.Steps[step].Call >= 0 ? IndicatorOf(plan.Steps[step].Call, outputs) : OpOf(plan.Steps[step].Node));
            if (!mayReplace)
                Free(ends[step]);
        }
    }

    public IReadOnlyList<GraphOp> Ops => _ops;

    public IEnumerable<ShowMap> Maps => _maps.Values;

    /// <summary>How many columns of numbers there are.</summary>
    public int ColumnsMade { get; private set; }

    /// <summary>The column of a node that is kept and a number.</summary>
    public double[] Column(int node) => _columns[node]!;

    /// <summary>The bit sets of a node that is kept and a condition.</summary>
    public Bits BitsOf(int node) => _graph[node].Kind == NodeKind.Not ? _bits[_graph[node].A].Opposite : _bits[node];

    // Prices stand in the scope's candles, constants are written once.
    private void PlaceSource(int index)
    {
        var node = _graph[index];
        if (!_plan.IsNeeded(index))
            return;
        if (node.Kind == NodeKind.Price)
        {
            var candles = _scopes[node.Scope].Candles;
            _columns[index] = (PriceColumn)node.Detail switch
            {
                PriceColumn.Open => candles.Open,
                PriceColumn.High => candles.High,
                PriceColumn.Low => candles.Low,
                PriceColumn.Close => candles.Close,
                PriceColumn.Volume => candles.Volume,
                PriceColumn.Hl2 or PriceColumn.Hlc3 => throw new InvalidOperationException("These are made of others."),
            };
        }
        else if (node.Kind == NodeKind.Constant && _plan.IsColumn(index))
        {
            var column = new double[_capacity];
            Array.Fill(column, BitConverter.Int64BitsToDouble(node.Detail));
            _columns[index] = column;
        }
    }

    // Nodes by the step after which nobody reads them.
    private List<int>?[] Ends()
    {
        var ends = new List<int>?[_plan.Steps.Count];
        for (var node = 0; node < _graph.Count; node++)
        {
            var isMade = _plan.IsNeeded(node) && _graph[node].Kind is not (NodeKind.Price or NodeKind.Constant or NodeKind.Not);
            if (isMade && _plan.LastReader(node) < ends.Length)
                (ends[_plan.LastReader(node)] ??= []).Add(node);
        }

        return ends;
    }

    private Dictionary<int, List<int>> Outputs()
    {
        var outputs = new Dictionary<int, List<int>>();
        for (var node = 0; node < _graph.Count; node++)
        {
            if (!_plan.IsNeeded(node) || _graph[node].Kind != NodeKind.Output)
                continue;
            if (!outputs.TryGetValue(_graph[node].A, out var nodes))
                outputs.Add(_graph[node].A, nodes = []);
            nodes.Add(node);
        }

        return outputs;
    }

    private IndicatorOp IndicatorOf(int index, Dictionary<int, List<int>> outputs)
    {
        var call = _graph.Calls[index];
        var columns = new double[call.Entry.Outputs.Count][];
        foreach (var node in outputs[index])
            columns[_graph[node].Detail] = _columns[node] = TakeColumn();
        for (var output = 0; output < columns.Length; output++)
            columns[output] ??= _thrownAway ??= new double[_capacity];
        return new IndicatorOp(_scopes[call.Scope], call.Entry.Start(call.Arguments), [.. call.Series.Select(Column)], columns);
    }

    private GraphOp OpOf(int index)
    {
        var (node, isCondition) = (_graph[index], _graph.Facts(index).IsCondition);
        var scope = _scopes[node.Scope];
        if (isCondition)
        {
            var to = TakeBits();
            _bits[index] = to;
            return node.Kind switch
            {
                NodeKind.Greater => CompareOps.Of<IsGreater>(scope, OperandOf(node.A), OperandOf(node.B), to),
                NodeKind.Equal => CompareOps.Of<IsEqual>(scope, OperandOf(node.A), OperandOf(node.B), to),
                NodeKind.And => new AndOp(scope, BitsOf(node.A), BitsOf(node.B), to),
                NodeKind.True => new TrueOp(scope, to),
                NodeKind.Lag => new LagBitsOp(scope, (int)node.Detail, BitsOf(node.A), to),
                NodeKind.Show => new ShowBitsOp(scope, MapOf(node), BitsOf(node.A), to),
                _ => throw new InvalidOperationException($"{node.Kind} is no condition."),
            };
        }

        var column = TakeColumn();
        _columns[index] = column;
        return node.Kind switch
        {
            NodeKind.Arithmetic => ArithmeticOps.Of((ArithmeticOperator)node.Detail, scope, OperandOf(node.A), OperandOf(node.B), column),
            NodeKind.Negate => new NegateOp(scope, Column(node.A), column),
            NodeKind.Lag => new LagOp(scope, (int)node.Detail, Column(node.A), column),
            NodeKind.Show => new ShowOp(MapOf(node), Column(node.A), column),
            _ => throw new InvalidOperationException($"{node.Kind} is no number that is computed."),
        };
    }

    private Operand OperandOf(int node) => _graph[node].Kind == NodeKind.Constant
        ? new Operand(null, BitConverter.Int64BitsToDouble(_graph[node].Detail))
        : new Operand(Column(node), 0);

    private ShowMap MapOf(in Node node)
    {
        var pair = (node.Scope, _graph[node.A].Scope);
        if (!_maps.TryGetValue(pair, out var map))
            _maps.Add(pair, map = new ShowMap(_scopes[pair.Item1], _scopes[pair.Item2], _capacity));
        return map;
    }

    private double[] TakeColumn()
    {
        if (_freeColumns.TryPop(out var column))
            return column;
        ColumnsMade++;
        return new double[_capacity];
    }

    // Every word of a block is written before it is read: a set that is taken over needs no clearing.
    private Bits TakeBits() => _freeBits.TryPop(out var bits)
        ? bits
        : new Bits(new ulong[_capacity / 64], new ulong[_capacity / 64]);

    private void Free(List<int>? nodes)
    {
        foreach (var node in nodes ?? [])
        {
            if (_graph.Facts(node).IsCondition)
                _freeBits.Push(_bits[node]);
            else
                _freeColumns.Push(Column(node));
        }
    }
}
