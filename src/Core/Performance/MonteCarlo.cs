namespace Lastro.Core.Performance;

/// <summary>How a Monte Carlo run makes its other histories.</summary>
public enum MonteCarloMethod
{
    /// <summary>The same trades in another order: the end stays, the way to it changes. Asks how lucky the drawdown was.</summary>
    Shuffle,

    /// <summary>As many trades drawn with replacement: the end changes too. Asks what else such trades might have made.</summary>
    Resample,
}

/// <summary>What a Monte Carlo run is asked for.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>The most histories a run may be asked for.</summary>
    public const int MostRuns = 100_000;

    /// <summary>How histories are made.</summary>
    public MonteCarloMethod Method { get; init; } = MonteCarloMethod.Shuffle;

    /// <summary>How many histories, 1 to 100,000.</summary>
    public int Runs { get; init; } = 1_000;

    /// <summary>Of the random numbers; the same seed gives the same bits everywhere.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>A drawdown from which on an account counts as ruined, as a share.</summary>
    public double Ruin { get; init; } = 0.5;
}

/// <summary>
/// Other histories that the same trades could have made. A trade is the factor it put on the balance of its time, so a
/// shuffled history ends where the real one ended, whatever the sizing was; drawdowns are those between trades, not inside them.
/// The simple bootstrap and permutation of trades: Aronson, "Evidence-Based Technical Analysis" (2006), chapters 5 and 6.
/// </summary>
/// <param name="Finals">Last balances, quote units.</param>
/// <param name="Drawdowns">Deepest falls as shares, 0 or above.</param>
/// <param name="Final">Of the real order, quote units.</param>
/// <param name="Drawdown">Of the real order.</param>
/// <param name="LossShare">Share of histories that end below the start; null without trades.</param>
/// <param name="RuinShare">Share of histories with a drawdown of <see cref="MonteCarloOptions.Ruin"/> or deeper.</param>
/// <param name="DeeperShare">Share of histories with a drawdown deeper than the real one.</param>
public sealed record MonteCarlo(
    Distribution Finals, Distribution Drawdowns, double Final, double Drawdown, double? LossShare, double? RuinShare, double? DeeperShare)
{
    /// <summary>Makes the histories. Arithmetic is sums, products and comparisons only: same input, same bits on every platform.</summary>
    /// <param name="start">Balance before the first trade, quote units, above 0.</param>
    /// <param name="trades">Closed trades in the order of their exits.</param>
    /// <param name="options">What is asked.</param>
    public static MonteCarlo Run(double start, IReadOnlyList<ClosedTrade> trades, MonteCarloOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Runs, MonteCarloOptions.MostRuns, nameof(options));
        var factors = Factors(start, trades);
        var (final, drawdown) = Walk(start, factors);
        var (finals, drawdowns) = (new double[options.Runs], new double[options.Runs]);
        var history = factors.ToArray();
        var random = new SeededRandom(options.Seed);
        for (var run = 0; run < options.Runs; run++)
        {
            if (options.Method == MonteCarloMethod.Shuffle)
                random.Shuffle(history);
            else
                Draw(random, factors, history);
            (finals[run], drawdowns[run]) = Walk(start, history);
        }

        var any = factors.Length > 0;
        double Share(double[] values, Func<double, bool> counts) => (double)values.Count(counts) / values.Length;
        return new(
            new(finals), new(drawdowns), final, drawdown,
            any ? Share(finals, value => value < start) : null,
            any ? Share(drawdowns, value => value >= options.Ruin) : null,
            any ? Share(drawdowns, value => value > drawdown) : null);
    }

    /// <summary>What each trade made of the balance before it; 0 once nothing is left.</summary>
    internal static double[] Factors(double start, IReadOnlyList<ClosedTrade> trades)
    {
        var factors = new double[trades.Count];
        var balance = start;
        for (var i = 0; i < factors.Length; i++)
        {
            var after = balance + trades[i].Pnl;
            factors[i] = balance > 0 && after > 0 ? after / balance : 0;
            balance = after;
        }

        return factors;
    }

    private static void Draw(SeededRandom random, double[] from, double[] to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[random.Below(from.Length)];
    }

    private static (double Final, double Drawdown) Walk(double start, double[] factors)
    {
        var (balance, peak, deepest) = (start, start, 0.0);
        foreach (var factor in factors)
        {
            balance *= factor;
            peak = Math.Max(peak, balance);
            deepest = Math.Max(deepest, 1 - (balance / peak));
        }

        return (balance, deepest);
    }
}
