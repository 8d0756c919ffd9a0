using System.Runtime.InteropServices;
using Lastro.Core.Performance;

namespace Lastro.Core.Backtesting;

/// <summary>How a sweep is run.</summary>
public sealed record SweepOptions
{
    /// <summary>Cash, costs, from, to. Detail, curve, conventions and clock are not used.</summary>
    public BacktestOptions Backtest { get; init; } = new();

    /// <summary>The metric that ranks (<see cref="Metrics.Names"/>).</summary>
    public string Rank { get; init; } = "sharpe";

    /// <summary>Threads, from 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Combinations of a chunk: counted together on one graph, and what a sweep that is resumed does not do twice. From 1.</summary>
    public int ChunkSize { get; init; } = 128;

    /// <summary>Rows of a block, 1 to 4096; fewer keep many columns in the cache.</summary>
    public int BlockRows { get; init; } = 1024;

    /// <summary>Told of each finished chunk, one at a time but on any of the threads; what it returns is ignored if it throws nothing.</summary>
    public Action<SweepProgress>? Progress { get; init; }
}

/// <summary>A finished chunk.</summary>
/// <param name="Chunk">Its number, from 0; chunks may finish in any order.</param>
/// <param name="Rows">What its combinations gave.</param>
/// <param name="Done">Combinations finished so far, those of an earlier run included.</param>
/// <param name="Count">All combinations.</param>
public sealed record SweepProgress(int Chunk, IReadOnlyList<SweepRow> Rows, int Done, int Count);

/// <summary>What a combination gave.</summary>
/// <param name="Combination">Its number in the grid.</param>
/// <param name="Inputs">The values of the axes.</param>
/// <param name="Metrics">Null when the rules refuse the values, or no candle counted.</param>
/// <param name="Final">Cash at the end, quote units.</param>
public sealed record SweepRow(int Combination, IReadOnlyDictionary<string, double> Inputs, Metrics? Metrics, double Final);

/// <summary>Candles of the documents' timeframe, counted from the first one that counts.</summary>
/// <param name="From">First row.</param>
/// <param name="To">Row after the last.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RowSpan(long From, long To)
{
    /// <summary>Every row.</summary>
    public static RowSpan All => new(0, long.MaxValue);
}
