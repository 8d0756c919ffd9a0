using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>
/// A graph at work: takes a file's rows block by block and gives the nodes' values over the rows of the documents' timeframe
/// that have ended with them. It is given every row of the file and nothing else: where the file is finer it makes the
/// documents' candles itself (<see cref="Candles"/>), and those of every <c>on</c> from the same rows. However the rows are cut
/// into blocks, the values have the same bits; a value depends on no later row, since none has been seen. Allocates nothing
/// after the first block. Not thread-safe.
/// </summary>
public sealed class GraphRun
{
    /// <summary>The most rows of a block.</summary>
    public const int BlockRows = 4096;

    private readonly GraphPlan _plan;
    private readonly ScopeRows[] _scopes;
    private readonly FileRows? _file;
    private readonly MadeRows[] _made;
    private readonly ShowMap[] _maps;
    private readonly GraphOp[] _ops;
    private readonly GraphMemory _memory;
    private long _lastMs = long.MinValue;
    private bool _finished;

    internal GraphRun(GraphPlan plan, bool isFile)
    {
        var (graph, capacity) = (plan.Graph, Blocks.Capacity(plan.BlockRows));
        _plan = plan;
        _scopes = new ScopeRows[graph.Scopes.Count];
        for (var index = 0; index < _scopes.Length; index++)
        {
            var timeframe = graph.Scopes[index].Timeframe;
            _scopes[index] = index == 0 && isFile
                ? new FileRows(timeframe, capacity, plan.Columns(), needsEnds: _scopes.Length > 1)
                : new MadeRows(new CandleAggregator(timeframe, plan.BlockRows, capacity));
        }

        _file = _scopes[0] as FileRows;
        _made = [.. _scopes.OfType<MadeRows>()];
        _memory = new GraphMemory(plan, _scopes, capacity);
        _maps = [.. _memory.Maps];
        _ops = [.. _memory.Ops];
        Candles = _scopes[0].Candles;
    }

    /// <summary>Rows of the documents' timeframe that ended with this block.</summary>
    public int Rows => _scopes[0].Rows;

    /// <summary>Their candles are rows <see cref="Offset"/> to <see cref="Offset"/> + <see cref="Rows"/> - 1 of these columns: the caller's own where the file has the documents' timeframe.</summary>
    public CandleColumns Candles { get; private set; }

    /// <summary>The block's first row in <see cref="Candles"/>.</summary>
    public int Offset { get; private set; }

    /// <summary>How many columns of numbers the run works in, candles not counted.</summary>
    public int Columns => _memory.ColumnsMade;

    /// <summary>Takes the next rows of the file.</summary>
    /// <param name="candles">The file's rows: ascending times, prices as they are; what is not finite is unknown.</param>
    /// <param name="offset">The first one to take.</param>
    /// <param name="rows">How many to take, at most the run's block.</param>
    /// <param name="untilMs">
    /// For rows as they happen, in a file finer than the documents' timeframe: no later row opens before this time, so candles
    /// that end by then have ended. Without it they end when a row behind them comes.
    /// </param>
    /// <returns><see cref="Rows"/>: 0 to <paramref name="rows"/> + 1.</returns>
    public int Next(CandleColumns candles, int offset, int rows, long? untilMs = null)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _plan.BlockRows);
        if (_finished)
            throw new InvalidOperationException("The rows have ended.");
        if (rows > 0)
            Follow(candles.OpenTimeMs[offset], candles.OpenTimeMs[offset + rows - 1]);
        foreach (var made in _made)
            made.Aggregator.Clear();
        if (_file is not null)
        {
            _file.Take(candles, offset, rows);
            (Candles, Offset) = (candles, offset);
        }

        foreach (var made in _made)
        {
            made.Aggregator.Take(candles, offset, rows, _file is null ? default : _file.EndMs.AsSpan(0, rows));
            if (_file is null && untilMs is { } until)
                made.Aggregator.End(until);
        }

        return Run();
    }

    /// <summary>The rows have ended: the candle of the documents' timeframe that is still open counts as it is. A last block of at most one row.</summary>
    /// <returns><see cref="Rows"/>: 1 or 0.</returns>
    public int Finish()
    {
        _finished = true;
        foreach (var made in _made)
            made.Aggregator.Clear();
        if (_file is not null)
        {
            _file.Take(Candles, Offset, 0);
            return 0;
        }

        var root = _made[0].Aggregator;
        root.End(long.MaxValue);
        foreach (var made in _made.Where(_ => root.Rows > 0))
            made.Aggregator.End(root.EndMs[0]);
        return Run();
    }

    /// <summary>A number's values over this block's rows of its scope, <see cref="Rows"/> of them for a node of the root; NaN is unknown. Valid until the next block.</summary>
    /// <exception cref="ArgumentException">The node is a condition, or was not kept.</exception>
    public ReadOnlySpan<double> Values(NodeId node) =>
        _memory.Column(Kept(node, isCondition: false)).AsSpan(0, RowsOf(node));

    /// <summary>Where a condition is known to hold: bit i % 64 of word i / 64 is row i; bits behind the last row are 0. Valid until the next block.</summary>
    /// <exception cref="ArgumentException">The node is a number, or was not kept.</exception>
    public ReadOnlySpan<ulong> TrueBits(NodeId node) =>
        _memory.BitsOf(Kept(node, isCondition: true)).True.AsSpan(0, Blocks.Words(RowsOf(node)));

    /// <summary>Where a condition is known not to hold, as <see cref="TrueBits"/>; a row in neither is unknown.</summary>
    /// <exception cref="ArgumentException">The node is a number, or was not kept.</exception>
    public ReadOnlySpan<ulong> FalseBits(NodeId node) =>
        _memory.BitsOf(Kept(node, isCondition: true)).False.AsSpan(0, Blocks.Words(RowsOf(node)));

    private int Run()
    {
        foreach (var map in _maps)
            map.Prepare();
        foreach (var op in _ops)
            op.Run();
        return Rows;
    }

    private void Follow(long firstMs, long lastMs)
    {
        if (firstMs <= _lastMs || lastMs < firstMs)
            throw new ArgumentException($"The row of {firstMs} does not follow {_lastMs}.", nameof(firstMs));
        _lastMs = lastMs;
    }

    private int RowsOf(NodeId node) => _scopes[_plan.Graph[node.Index].Scope].Rows;

    private int Kept(NodeId node, bool isCondition)
    {
        if ((uint)node.Index >= (uint)_plan.Kept.Length || !_plan.Kept[node.Index])
            throw new ArgumentException("This run does not keep the node.", nameof(node));
        if (_plan.Graph.Facts(node.Index).IsCondition != isCondition)
            throw new ArgumentException(isCondition ? "The node is a number." : "The node is a condition.", nameof(node));
        return node.Index;
    }
}
