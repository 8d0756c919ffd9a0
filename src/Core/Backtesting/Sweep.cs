using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>
/// A strategy with every combination of values for some inputs. Combinations are counted in chunks, each on one graph over one pass of the
/// candles, so what they have in common is counted once. A combination's figures do not depend on its chunk or thread.
/// </summary>
public sealed class Sweep
{
    private readonly SweepSource _source;

    /// <summary>A sweep to be run.</summary>
    /// <param name="timeframe">Of the document.</param>
    /// <param name="grid">The combinations.</param>
    /// <param name="add">Adds a combination's nodes to a graph; null when the rules refuse its values. Called from any thread.</param>
    /// <param name="source">The candles; several threads read it at once, each through a reader of its own.</param>
    /// <param name="options">Costs, ranking, threads.</param>
    public Sweep(Timeframe timeframe, SweepGrid grid, Func<RuleGraph, IReadOnlyDictionary<string, double>, RunPlan?> add, ICandleSource source, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ChunkSize, 1, nameof(options));
        if (!Metrics.Names.Contains(options.Rank, StringComparer.Ordinal))
            throw new ArgumentException($"'{options.Rank}' is no metric.", nameof(options));
        if (Timeframes.IsFiner(timeframe, source.StepMs))
            throw new BacktestRefusedException(BacktestRefusal.CoarserCandles, $"The candles of {source.Symbol} are coarser than {timeframe}.");
        _source = new SweepSource(grid, timeframe, add, source, options);
    }

    /// <summary>The combinations.</summary>
    public SweepGrid Grid => _source.Grid;

    internal SweepSource Shared => _source;

    /// <summary>How many chunks there are.</summary>
    public int Chunks => (Grid.Count + _source.Options.ChunkSize - 1) / _source.Options.ChunkSize;

    /// <summary>Runs every chunk that is not yet done and gives all rows, best first (<see cref="Rank"/>).</summary>
    /// <param name="done">Chunks of an earlier run with the same options, and their rows.</param>
    /// <param name="cancellation">Ends the run at the next block of each thread.</param>
    /// <exception cref="OperationCanceledException">What was told as progress stays done.</exception>
    public IReadOnlyList<SweepRow> Run(IReadOnlyDictionary<int, IReadOnlyList<SweepRow>>? done = null, CancellationToken cancellation = default)
    {
        var rows = new List<SweepRow>(done?.Values.SelectMany(chunk => chunk) ?? []);
        var chunks = Enumerable.Range(0, Chunks).Where(chunk => done?.ContainsKey(chunk) != true).ToArray();
        RunChunks(chunks, [RowSpan.All], (chunk, spans) =>
        {
            rows.AddRange(spans[0]);
            _source.Options.Progress?.Invoke(new SweepProgress(chunk, spans[0], rows.Count, Grid.Count));
        }, cancellation);
        return Rank(rows, _source.Options.Rank);
    }

    /// <summary>One chunk on the calling thread, for callers that share out the work themselves.</summary>
    public IReadOnlyList<SweepRow> RunChunk(int chunk, CancellationToken cancellation = default) =>
        new SweepWorker(_source, [RowSpan.All]).Run(Combinations(chunk), cancellation)[0];

    /// <summary>Best first by a metric; those without it last; equal ones in the order of the grid.</summary>
    public static IReadOnlyList<SweepRow> Rank(IEnumerable<SweepRow> rows, string metric)
    {
        var sign = Metrics.HigherIsBetter(metric) ? -1 : 1;
        return [.. rows.OrderBy(row => row.Metrics?[metric] is { } value ? sign * value : double.PositiveInfinity).ThenBy(row => row.Combination)];
    }

    /// <summary>Every combination over every span: rows by span, in the order of the grid.</summary>
    internal IReadOnlyList<SweepRow[]> RunSpans(IReadOnlyList<RowSpan> spans, CancellationToken cancellation)
    {
        var all = spans.Select(_ => new SweepRow[Grid.Count]).ToArray();
        RunChunks([.. Enumerable.Range(0, Chunks)], spans, (_, rows) =>
        {
            for (var span = 0; span < rows.Length; span++)
            {
                foreach (var row in rows[span])
                    all[span][row.Combination] = row;
            }
        }, cancellation);
        return all;
    }

    private int[] Combinations(int chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, Chunks);
        var first = chunk * _source.Options.ChunkSize;
        return [.. Enumerable.Range(first, Math.Min(_source.Options.ChunkSize, Grid.Count - first))];
    }

    // Each thread takes the next chunk until there are none; the first failure ends all.
    private void RunChunks(int[] chunks, IReadOnlyList<RowSpan> spans, Action<int, SweepRow[][]> finished, CancellationToken cancellation)
    {
        var (next, gate, failures) = (-1, new Lock(), new List<Exception>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Work()
        {
            var worker = new SweepWorker(_source, spans);
            try
            {
                while (Interlocked.Increment(ref next) is var at && at < chunks.Length)
                {
                    var rows = worker.Run(Combinations(chunks[at]), stop.Token);
                    lock (gate)
                        finished(chunks[at], rows);
                }
            }
            catch (Exception failure)
            {
                lock (gate)
                    failures.Add(failure);
                stop.Cancel();
            }
        }

        var threads = Enumerable.Range(1, Math.Max(0, Math.Min(_source.Options.Jobs, chunks.Length) - 1)).Select(_ => new Thread(Work) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        Work();
        foreach (var thread in threads) thread.Join();
        if (failures.Count > 0)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.Find(failure => failure is not OperationCanceledException) ?? failures[0]);
    }
}
