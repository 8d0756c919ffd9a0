using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>
/// Where nodes count their rows: the documents' timeframe, or that of an <c>on</c>. Rules are brought into one form where that
/// changes no bit of the result, so that more of them are equal: a &lt; b is b &gt; a, a &lt;= b is not a &gt; b (both unknown
/// together), or is and by De Morgan (which holds in three-valued logic), and comparing lagged values is lagging the comparison.
/// </summary>
public sealed class RuleScope
{
    private readonly RuleGraph _graph;
    private readonly int _index;

    internal RuleScope(RuleGraph graph, Timeframe timeframe, int index) => (_graph, Timeframe, _index) = (graph, timeframe, index);

    /// <summary>The length of a row.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>A number of the candle.</summary>
    public NodeId Price(PriceColumn column) => column switch
    {
        PriceColumn.Hl2 => Arithmetic(ArithmeticOperator.Divide, HighAndLow(), Constant(2)),
        PriceColumn.Hlc3 => Arithmetic(
            ArithmeticOperator.Divide, Arithmetic(ArithmeticOperator.Add, HighAndLow(), Price(PriceColumn.Close)), Constant(3)),
        PriceColumn.Open or PriceColumn.High or PriceColumn.Low or PriceColumn.Close or PriceColumn.Volume =>
            Value(NodeKind.Price, 0, 0, (long)column, warmUp: 0),
    };

    /// <summary>The same number in every row; one that is not finite is unknown.</summary>
    public NodeId Constant(double value) =>
        Value(NodeKind.Constant, 0, 0, BitConverter.DoubleToInt64Bits(double.IsFinite(value) ? value : double.NaN), warmUp: 0);

    /// <summary>Arithmetic row by row.</summary>
    public NodeId Arithmetic(ArithmeticOperator op, NodeId a, NodeId b)
    {
        var (x, y) = (Number(a), Number(b));
        if (ConstantOf(x) is { } left && ConstantOf(y) is { } right)
            return Constant(Scalars.Of(op, left, right));
        // a + b and b + a have the same bits.
        if (op is ArithmeticOperator.Add or ArithmeticOperator.Multiply && x > y)
            (x, y) = (y, x);
        return Value(NodeKind.Arithmetic, x, y, (long)op, Math.Max(WarmUp(x), WarmUp(y)));
    }

    /// <summary>-a.</summary>
    public NodeId Negate(NodeId a)
    {
        var x = Number(a);
        return ConstantOf(x) is { } value ? Constant(-value) : Value(NodeKind.Negate, x, 0, 0, WarmUp(x));
    }

    /// <summary>One output of an indicator; the indicator is counted once for all its outputs.</summary>
    /// <param name="entry">Of the catalog.</param>
    /// <param name="series">As many as <see cref="Indicators.Indicator.SeriesCount"/>; none for an indicator of candles.</param>
    /// <param name="arguments">A value for each parameter, each accepted by it.</param>
    /// <param name="output">Its place in <see cref="Indicators.Indicator.Outputs"/>.</param>
    public NodeId Indicator(Indicator entry, ReadOnlySpan<NodeId> series, ReadOnlySpan<double> arguments, int output)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (series.Length != entry.SeriesCount)
            throw new ArgumentOutOfRangeException(nameof(series), series.Length, $"{entry.Name} takes {entry.SeriesCount}.");
        if (arguments.Length != entry.Parameters.Count)
            throw new ArgumentOutOfRangeException(nameof(arguments), arguments.Length, $"{entry.Name} takes {entry.Parameters.Count}.");
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, entry.Outputs.Count);
        var (nodes, values, warmUp) = (new int[series.Length], arguments.ToArray(), 0);
        for (var index = 0; index < nodes.Length; index++)
        {
            nodes[index] = Number(series[index]);
            warmUp = Math.Max(warmUp, WarmUp(nodes[index]));
        }

        for (var index = 0; index < values.Length; index++)
        {
            if (!entry.Parameters[index].Accepts(values[index]))
                throw new ArgumentException($"{entry.Name}: {entry.Parameters[index].Name} may not be {values[index]}.", nameof(arguments));
        }

        var call = _graph.Intern(new IndicatorCall(_index, entry, nodes, values));
        return Value(NodeKind.Output, call, 0, output, Sum(warmUp, entry.Outputs[output].WarmUp(values)));
    }

    /// <summary>A value or condition so many rows ago; unknown in as many first rows.</summary>
    public NodeId Lag(NodeId a, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var x = Mine(a);
        var node = _graph[x];
        if (rows == 0)
            return a;
        if (node.Kind == NodeKind.Not)
            return Not(Lag(new NodeId(node.A), rows));
        if (node.Kind == NodeKind.Lag)
            return Lag(new NodeId(node.A), checked(rows + (int)node.Detail));
        return Add(NodeKind.Lag, x, 0, rows, _graph.Facts(x).IsCondition, Sum(WarmUp(x), rows));
    }

    /// <summary>A comparison row by row.</summary>
    public NodeId Compare(CompareOperator op, NodeId a, NodeId b) => op switch
    {
        CompareOperator.Less => Compare(NodeKind.Greater, b, a),
        CompareOperator.LessOrEqual => Not(Compare(NodeKind.Greater, a, b)),
        CompareOperator.Greater => Compare(NodeKind.Greater, a, b),
        CompareOperator.GreaterOrEqual => Not(Compare(NodeKind.Greater, b, a)),
        CompareOperator.Equal => Compare(NodeKind.Equal, a, b),
        CompareOperator.NotEqual => Not(Compare(NodeKind.Equal, a, b)),
    };

    /// <summary>True where both are, false where one is, else unknown.</summary>
    public NodeId And(NodeId a, NodeId b)
    {
        var (x, y) = (Condition(a), Condition(b));
        if (x == y || Is(y, NodeKind.True) || IsFalse(x))
            return new NodeId(x);
        if (Is(x, NodeKind.True) || IsFalse(y))
            return new NodeId(y);
        return Add(NodeKind.And, Math.Min(x, y), Math.Max(x, y), 0, isCondition: true, Math.Max(WarmUp(x), WarmUp(y)));
    }

    /// <summary>True where one is, false where both are, else unknown.</summary>
    public NodeId Or(NodeId a, NodeId b) => Not(And(Not(a), Not(b)));

    /// <summary>True where it is false, unknown where it is unknown.</summary>
    public NodeId Not(NodeId a)
    {
        var x = Condition(a);
        return Is(x, NodeKind.Not) ? new NodeId(_graph[x].A) : Add(NodeKind.Not, x, 0, 0, isCondition: true, WarmUp(x));
    }

    /// <summary>A condition that holds in every row.</summary>
    public NodeId True() => Add(NodeKind.True, 0, 0, 0, isCondition: true, warmUp: 0);

    /// <summary>A condition that holds in no row.</summary>
    public NodeId False() => Not(True());

    /// <summary>Where rows are candles of an equal (then it is this scope) or coarser timeframe, built from the file's rows.</summary>
    /// <exception cref="ArgumentException">The timeframe is finer.</exception>
    public RuleScope Coarser(Timeframe timeframe)
    {
        if (Timeframes.IsCoarser(Timeframe, timeframe))
            throw new ArgumentException($"{timeframe} is finer than {Timeframe}.", nameof(timeframe));
        return _graph.ScopeOf(timeframe);
    }

    /// <summary>
    /// <c>on</c>: a value or condition of a coarser scope. Each row sees that of the last coarse candle whose end is at or before
    /// the row's close; unknown before there is one, and where it is unknown there.
    /// </summary>
    public NodeId Show(RuleScope inner, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(inner);
        var x = inner.Mine(node);
        if (inner == this)
            return node;
        if (inner._graph != _graph || !Timeframes.IsCoarser(inner.Timeframe, Timeframe))
            throw new ArgumentException($"{inner.Timeframe} is not coarser than {Timeframe}, or of another graph.", nameof(inner));
        if (_graph[x].Kind == NodeKind.Not)
            return Not(Show(inner, new NodeId(_graph[x].A)));
        // The first coarse candle may have begun before the first row: then it is dropped.
        var ratio = (double)Timeframes.LengthMs(inner.Timeframe) / Timeframes.LengthMs(Timeframe);
        var warmUp = (int)Math.Min(int.MaxValue, Math.Ceiling((WarmUp(x) + 2.0) * ratio));
        return Add(NodeKind.Show, x, 0, 0, _graph.Facts(x).IsCondition, warmUp);
    }

    private NodeId HighAndLow() => Arithmetic(ArithmeticOperator.Add, Price(PriceColumn.High), Price(PriceColumn.Low));

    private NodeId Compare(NodeKind kind, NodeId a, NodeId b)
    {
        var (x, y) = (Number(a), Number(b));
        var (left, right) = (_graph[x], _graph[y]);
        if (left.Kind == NodeKind.Lag && right.Kind == NodeKind.Lag && left.Detail == right.Detail)
            return Lag(Compare(kind, new NodeId(left.A), new NodeId(right.A)), (int)left.Detail);
        if (kind == NodeKind.Equal && x > y)
            (x, y) = (y, x);
        return Add(kind, x, y, 0, isCondition: true, Math.Max(WarmUp(x), WarmUp(y)));
    }

    private NodeId Value(NodeKind kind, int a, int b, long detail, int warmUp) => Add(kind, a, b, detail, isCondition: false, warmUp);

    private NodeId Add(NodeKind kind, int a, int b, long detail, bool isCondition, int warmUp) =>
        _graph.Intern(new Node(kind, _index, a, b, detail), new NodeFacts(isCondition, warmUp));

    private int Number(NodeId node) => _graph.Facts(Mine(node)).IsCondition
        ? throw new ArgumentException("A number is needed here, not a condition.", nameof(node))
        : node.Index;

    private int Condition(NodeId node) => _graph.Facts(Mine(node)).IsCondition
        ? node.Index
        : throw new ArgumentException("A condition is needed here, not a number.", nameof(node));

    private int Mine(NodeId node) => _graph[_graph.Check(node)].Scope == _index
        ? node.Index
        : throw new ArgumentException("The node counts other rows: show it first.", nameof(node));

    private bool Is(int node, NodeKind kind) => _graph[node].Kind == kind;

    private bool IsFalse(int node) => Is(node, NodeKind.Not) && Is(_graph[node].A, NodeKind.True);

    private double? ConstantOf(int node) => Is(node, NodeKind.Constant) ? BitConverter.Int64BitsToDouble(_graph[node].Detail) : null;

    private int WarmUp(int node) => _graph.Facts(node).WarmUp;

    private static int Sum(int a, int b) => (int)Math.Min(int.MaxValue, (long)a + b);
}
