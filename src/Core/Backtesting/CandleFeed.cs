using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>
/// The rows of a source, through a graph, as blocks of the documents' candles between from and to. Memory is that of a block however
/// long the source. The rows after the last candle that counts are neither evaluated nor hashed.
/// </summary>
internal sealed class CandleFeed : IDisposable
{
    /// <summary>Year 10000, where the calendar ends.</summary>
    private const long LastMs = 253_402_300_800_000;

    private readonly ICandleReader _reader;
    private readonly GraphRun _run;
    private readonly int _blockRows;
    private readonly long _fromMs;
    private readonly long _toMs;
    private readonly long _endMs;
    private int _read;
    private bool _isCut;
    private bool _ended;

    /// <summary>Opens the source.</summary>
    /// <param name="source">Its step must be equal to or finer than the graph's timeframe.</param>
    /// <param name="graph">Of the documents.</param>
    /// <param name="graphOptions">Block size, nodes to keep.</param>
    /// <param name="options">From and to.</param>
    public CandleFeed(ICandleSource source, RuleGraph graph, GraphOptions graphOptions, BacktestOptions options)
    {
        var timeframe = graph.Root.Timeframe;
        _run = graph.Start(source.StepMs, graphOptions);
        _blockRows = graphOptions.BlockRows;
        (_fromMs, _toMs) = (options.FromMs ?? long.MinValue, options.ToMs ?? long.MaxValue);
        _endMs = Timeframes.IsEqual(timeframe, source.StepMs) ? _toMs : EndOf(timeframe, _toMs);
        _reader = source.Open();
    }

    /// <summary>Told of every row that is evaluated; null when nobody asks.</summary>
    public DataHash? Hash { get; init; }

    /// <summary>The graph at work, for the nodes' values.</summary>
    public GraphRun Run => _run;

    /// <summary>The block's candles are <see cref="Rows"/> rows of it from <see cref="Offset"/> on.</summary>
    public CandleColumns Candles => _run.Candles;

    /// <summary>The first candle of the block that counts.</summary>
    public int Offset => _run.Offset + First;

    /// <summary>Rows of the graph's block that come before it.</summary>
    public int First { get; private set; }

    /// <summary>Candles of the block that count; may be 0.</summary>
    public int Rows { get; private set; }

    /// <summary>Reads the next rows; false when there are none that count any more.</summary>
    public bool Read()
    {
        if (_ended)
            return false;
        _read = _isCut ? 0 : _reader.Read(_blockRows);
        while (_read > 0 && _reader.Columns.OpenTimeMs[_reader.Offset + _read - 1] >= _endMs)
            (_isCut, _read) = (true, _read - 1);
        _ended = _read == 0;
        Hash?.Add(_reader.Columns, _reader.Offset, _read);
        return true;
    }

    /// <summary>Evaluates the rows read.</summary>
    public void Evaluate()
    {
        var rows = _read > 0 ? _run.Next(_reader.Columns, _reader.Offset, _read) : _run.Finish();
        var times = _run.Candles.OpenTimeMs.AsSpan(_run.Offset, rows);
        First = Before(times, _fromMs);
        Rows = Before(times, _toMs) - First;
    }

    public RowSignals Signals(RunPlan plan) => Signals(plan.Enter, plan.Exit, plan.StopDistance);

    public RowSignals Signals(NodeId enter, NodeId exit, NodeId? stopDistance) =>
        new(_run.TrueBits(enter), _run.TrueBits(exit), stopDistance is { } distance ? _run.Values(distance) : default, First);

    public void Dispose() => _reader.Dispose();

    // Rows behind the last candle that begins before `to` cannot change anything.
    private static long EndOf(Timeframe timeframe, long toMs) =>
        toMs is > 0 and < LastMs ? timeframe.NextOpen(timeframe.OpenOf(toMs - 1)) : toMs;

    internal static int Before(ReadOnlySpan<long> timesMs, long limitMs)
    {
        if (timesMs.IsEmpty || timesMs[0] >= limitMs)
            return 0;
        if (timesMs[^1] < limitMs)
            return timesMs.Length;
        var at = timesMs.BinarySearch(limitMs);
        return at < 0 ? ~at : at;
    }
}
