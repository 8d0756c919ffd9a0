namespace Lastro.Core.Performance;

/// <summary>What a bootstrap is asked for.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How many samples, 1 to 100,000.</summary>
    public int Runs { get; init; } = 1_000;

    /// <summary>Of the random numbers; the same seed draws the same days everywhere.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Mean days drawn in one piece, from 1; null is the cube root of the number of days, rounded up.</summary>
    public int? BlockDays { get; init; }

    /// <summary>Share of samples inside the intervals.</summary>
    public double Confidence { get; init; } = 0.95;
}

/// <summary>
/// How sure the yearly figures are, by drawing days anew in blocks, so that runs of good and bad days stay together: the
/// stationary bootstrap (Politis and Romano, Journal of the American Statistical Association 89, 1994) with blocks of random
/// length around the cube root of n, the order that is best for variances (Hall, Horowitz and Jing, Biometrika 82, 1995).
/// </summary>
/// <param name="Days">Daily returns drawn from.</param>
/// <param name="BlockDays">Mean length of a block.</param>
/// <param name="Sharpe">Ratios of the samples, annualised as in <see cref="Metrics.Sharpe"/>.</param>
/// <param name="Cagr">Yearly growth of the samples, a year being 365 of the days.</param>
/// <param name="SharpeInterval">Null when no sample has a ratio.</param>
/// <param name="CagrInterval">Null when there are no days.</param>
public sealed record Bootstrap(
    int Days, int BlockDays, Distribution Sharpe, Distribution Cagr, Interval? SharpeInterval, Interval? CagrInterval)
{
    /// <summary>Draws the samples.</summary>
    /// <param name="equity">The run.</param>
    /// <param name="options">What is asked.</param>
    public static Bootstrap Run(EquityTracker equity, BootstrapOptions options) => Run(Sample.Returns(equity.Daily), options);

    /// <summary>Draws the samples of daily returns.</summary>
    public static Bootstrap Run(ReadOnlySpan<double> returns, BootstrapOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Runs, MonteCarloOptions.MostRuns, nameof(options));
        var block = options.BlockDays ?? CubeRoot(returns.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1, nameof(options));
        var (sharpes, growths) = (new double[options.Runs], new double[options.Runs]);
        var sample = new double[returns.Length];
        var random = new SeededRandom(options.Seed);
        for (var run = 0; run < options.Runs; run++)
        {
            Draw(random, returns, block, sample);
            sharpes[run] = Sample.Mean(sample) / Sample.Deviation(sample, 1) * Math.Sqrt(365);
            growths[run] = Growth(sample);
        }

        var (sharpe, growth) = (new Distribution(sharpes), new Distribution(growths));
        return new(returns.Length, block, sharpe, growth, sharpe.Middle(options.Confidence), growth.Middle(options.Confidence));
    }

    // A new block begins with chance 1/block; else the next day follows, after the last day the first.
    private static void Draw(SeededRandom random, ReadOnlySpan<double> returns, int block, double[] sample)
    {
        var at = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            at = i == 0 || random.Below(block) == 0 ? random.Below(returns.Length) : (at + 1) % returns.Length;
            sample[i] = returns[at];
        }
    }

    private static double Growth(double[] sample)
    {
        var product = sample.Length == 0 ? double.NaN : 1;
        foreach (var value in sample)
            product *= 1 + value;
        return Math.Pow(product, 365.0 / sample.Length) - 1;
    }

    private static int CubeRoot(int count)
    {
        var root = 1;
        while ((long)root * root * root < count)
            root++;
        return root;
    }
}
