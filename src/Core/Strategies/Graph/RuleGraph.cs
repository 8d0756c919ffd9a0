using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>
/// The nodes of any number of strategies over one symbol's candles of one timeframe. Equal nodes are one node, so what two
/// strategies, a sweep's combinations or a hundred bots have in common is counted once. Build it on one thread; when it is
/// built any number of threads may <see cref="Start(Timeframe, GraphOptions?)"/> runs of it, which share nothing.
/// </summary>
public sealed class RuleGraph
{
    /// <summary>More nodes than any graph needs: a bound for what strangers send.</summary>
    public const int MostNodes = 1 << 20;

    private readonly List<Node> _nodes = [];
    private readonly List<NodeFacts> _facts = [];
    private readonly Dictionary<Node, int> _byNode = [];
    private readonly List<IndicatorCall> _calls = [];
    private readonly Dictionary<IndicatorCall, int> _byCall = [];
    private readonly List<RuleScope> _scopes = [];

    /// <summary>A graph without nodes.</summary>
    /// <param name="timeframe">The documents' timeframe.</param>
    public RuleGraph(Timeframe timeframe) => Root = ScopeOf(timeframe);

    /// <summary>Where rows are candles of the documents' timeframe.</summary>
    public RuleScope Root { get; }

    /// <summary>How many different nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>How many different indicators are counted.</summary>
    public int IndicatorCount => _calls.Count;

    internal IReadOnlyList<RuleScope> Scopes => _scopes;

    internal IReadOnlyList<IndicatorCall> Calls => _calls;

    /// <summary>
    /// Rows of the node's own scope before it can be known, when every row is there and known. For a node shown from a coarser
    /// timeframe enough of them: how many it takes depends on where the first row lies in the coarse candle.
    /// </summary>
    public int WarmUp(NodeId node) => _facts[Check(node)].WarmUp;

    /// <summary>True for a condition, false for a number.</summary>
    public bool IsCondition(NodeId node) => _facts[Check(node)].IsCondition;

    /// <summary>A run over the rows of a file of this timeframe that has seen nothing yet.</summary>
    /// <param name="fileTimeframe">Equal to the documents' timeframe (rows are taken as they are) or finer (they are aggregated).</param>
    /// <param name="options">Block size and which nodes are wanted; all of them unless told.</param>
    /// <exception cref="ArgumentException">The file is coarser than the documents' timeframe.</exception>
    public GraphRun Start(Timeframe fileTimeframe, GraphOptions? options = null) =>
        Start(fileTimeframe == Root.Timeframe ? null : Timeframes.LengthMs(fileTimeframe), options);

    /// <summary>The same for a file known by its most frequent step (<see cref="Timeframes.MostFrequentStep"/>), which need not be a timeframe.</summary>
    /// <param name="fileStepMs">Milliseconds; null takes the rows as they are.</param>
    /// <param name="options">Block size and which nodes are wanted; all of them unless told.</param>
    /// <exception cref="ArgumentException">The file is coarser than the documents' timeframe.</exception>
    public GraphRun Start(long? fileStepMs, GraphOptions? options = null)
    {
        if (Timeframes.IsFiner(Root.Timeframe, fileStepMs))
            throw new ArgumentException($"The file's rows are coarser than {Root.Timeframe}.", nameof(fileStepMs));
        return new GraphRun(new GraphPlan(this, options ?? new GraphOptions()), Timeframes.IsEqual(Root.Timeframe, fileStepMs));
    }

    internal Node this[int index] => _nodes[index];

    internal NodeFacts Facts(int index) => _facts[index];

    internal int Check(NodeId node)
    {
        if ((uint)node.Index >= (uint)_nodes.Count)
            throw new ArgumentOutOfRangeException(nameof(node), node.Index, "The graph has no such node.");
        return node.Index;
    }

    internal NodeId Intern(in Node node, NodeFacts facts)
    {
        if (_byNode.TryGetValue(node, out var known))
            return new NodeId(known);
        if (_nodes.Count == MostNodes)
            throw new InvalidOperationException($"A graph has at most {MostNodes} nodes.");
        _byNode.Add(node, _nodes.Count);
        _nodes.Add(node);
        _facts.Add(facts);
        return new NodeId(_nodes.Count - 1);
    }

    internal int Intern(IndicatorCall call)
    {
        if (_byCall.TryGetValue(call, out var known))
            return known;
        _byCall.Add(call, _calls.Count);
        _calls.Add(call);
        return _calls.Count - 1;
    }

    internal RuleScope ScopeOf(Timeframe timeframe)
    {
        foreach (var scope in _scopes)
        {
            if (scope.Timeframe == timeframe)
                return scope;
        }

        var made = new RuleScope(this, timeframe, _scopes.Count);
        _scopes.Add(made);
        return made;
    }
}
