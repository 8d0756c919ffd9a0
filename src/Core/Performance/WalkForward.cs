using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>How a history is cut for walking forward.</summary>
public sealed record WalkForwardOptions
{
    /// <summary>The most windows.</summary>
    public const int MostWindows = 100;

    /// <summary>How many windows, 1 to 100.</summary>
    public int Windows { get; init; } = 6;

    /// <summary>Whether every training begins at the first candle; else it rolls on with its length unchanged.</summary>
    public bool Anchored { get; init; }

    /// <summary>How many times as long as a test the (first) training is.</summary>
    public int TrainingParts { get; init; } = 3;

    /// <summary>
    /// Candles left out between training and test, so that a position or an indicator of the training does not reach into the
    /// test (purging: Lopez de Prado, "Advances in Financial Machine Learning", 2018, 7.4).
    /// </summary>
    public int Gap { get; init; }
}

/// <summary>One window: candles to choose parameters on, and later candles to judge the choice. Rows from (counts) to (does not).</summary>
/// <param name="TrainFrom">First row of the training.</param>
/// <param name="TrainTo">Row after its last.</param>
/// <param name="TestFrom">First row of the test.</param>
/// <param name="TestTo">Row after its last.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WalkForwardWindow(int TrainFrom, int TrainTo, int TestFrom, int TestTo);

/// <summary>What a window gave.</summary>
/// <param name="Window">The rows.</param>
/// <param name="Training">Figures of the best parameters where they were chosen.</param>
/// <param name="Test">Figures of the same parameters on the candles after.</param>
public sealed record WalkForwardResult(WalkForwardWindow Window, Metrics Training, Metrics Test);

/// <summary>Walking forward: choose on the past, judge on what follows, move on (Pardo, "The Evaluation and Optimization of Trading Strategies", 2008).</summary>
public static class WalkForward
{
    /// <summary>
    /// Cuts rows 0 to <paramref name="rows"/> - 1. Tests are of one length, follow each other without hole or overlap and end
    /// with the last row; what does not divide is added to the training.
    /// </summary>
    /// <returns>Empty when a test would have no row.</returns>
    public static IReadOnlyList<WalkForwardWindow> Split(int rows, WalkForwardOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Windows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Windows, WalkForwardOptions.MostWindows, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TrainingParts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Gap, nameof(options));
        var test = (int)Math.Max(0, ((long)rows - options.Gap) / ((long)options.Windows + options.TrainingParts));
        if (test == 0)
            return [];
        var training = rows - options.Gap - (options.Windows * test);
        var windows = new WalkForwardWindow[options.Windows];
        for (var i = 0; i < windows.Length; i++)
        {
            var end = training + (i * test);
            windows[i] = new(options.Anchored ? 0 : end - training, end, end + options.Gap, end + options.Gap + test);
        }

        return windows;
    }

    /// <summary>
    /// How much of what the training promised the tests kept: mean yearly growth of the tests over that of the trainings
    /// (Pardo's walk-forward efficiency). 0.5 and above is what he asks for.
    /// </summary>
    /// <returns>Null when the trainings did not grow or a growth is unknown.</returns>
    public static double? Efficiency(IReadOnlyList<WalkForwardResult> results)
    {
        var (training, test) = (0.0, 0.0);
        foreach (var result in results)
        {
            if (result.Training.Cagr is not { } promised || result.Test.Cagr is not { } kept)
                return null;
            (training, test) = (training + promised, test + kept);
        }

        return training > 0 ? Sample.OrNull(test / training) : null;
    }

    /// <summary>Share of tests that ended above their start; null without tests.</summary>
    public static double? Consistency(IReadOnlyList<WalkForwardResult> results) =>
        Sample.OrNull((double)results.Count(result => result.Test.Return > 0) / results.Count);
}
