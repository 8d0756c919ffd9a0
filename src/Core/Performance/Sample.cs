namespace Lastro.Core.Performance;

/// <summary>
/// Plain statistics of a sample, summed in its order from 0, so that every machine gets the same bits. NaN where a sample is too small.
/// </summary>
internal static class Sample
{
    /// <summary>Sum.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }

    /// <summary>Arithmetic mean; NaN of nothing.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>Standard deviation.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="lost">Degrees of freedom taken off: 1 estimates a population's from its sample, 0 is the sample's own.</param>
    /// <returns>NaN when there are no more values than <paramref name="lost"/>.</returns>
    public static double Deviation(ReadOnlySpan<double> values, int lost)
    {
        if (values.Length <= lost)
            return double.NaN;
        var mean = Mean(values);
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - lost));
    }

    /// <summary>Root of the mean square of what lies below 0; values above count as 0.</summary>
    public static double Downside(ReadOnlySpan<double> values, int count)
    {
        var squares = 0.0;
        foreach (var value in values)
        {
            if (value < 0)
                squares += value * value;
        }

        return Math.Sqrt(squares / count);
    }

    /// <summary>Each value over the one before, minus 1; empty for fewer than two.</summary>
    public static double[] Returns(IReadOnlyList<double> levels, int from = 0)
    {
        var returns = new double[Math.Max(0, levels.Count - 1 - from)];
        for (var i = 0; i < returns.Length; i++)
            returns[i] = (levels[from + i + 1] / levels[from + i]) - 1;
        return returns;
    }

    /// <summary>Deepest fall from a peak as a share of it, the first value being the first peak.</summary>
    public static double Drawdown(IReadOnlyList<double> levels)
    {
        var (peak, deepest) = (double.NegativeInfinity, 0.0);
        foreach (var level in levels)
        {
            peak = Math.Max(peak, level);
            deepest = Math.Max(deepest, 1 - (level / peak));
        }

        return deepest;
    }

    /// <summary>The value, or null when it is not finite.</summary>
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
