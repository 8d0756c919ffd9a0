namespace Lastro.Core.Performance;

/// <summary>What a look at a run's robustness is asked for.</summary>
public sealed record RobustnessOptions
{
    /// <summary>Histories of trades and samples of days, 1 to 100,000.</summary>
    public int Runs { get; init; } = 1_000;

    /// <summary>Of all random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many combinations and documents the user really ran on this history, this one included.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Variance of the trials' daily Sharpe ratios, when known.</summary>
    public double? TrialVariance { get; init; }
}

/// <summary>How far one run can be believed, from its own trades and days.</summary>
/// <param name="Shuffled">The same trades in other orders.</param>
/// <param name="Resampled">Trades drawn with replacement.</param>
/// <param name="Days">Days drawn in blocks.</param>
/// <param name="ProbabilisticSharpe">Probability that the true Sharpe ratio exceeds 0.</param>
/// <param name="DeflatedSharpe">The same after <paramref name="Trials"/> trials.</param>
/// <param name="ShortestTrackRecordDays">Days until the ratio exceeds 0 at 95 %; null when it does not.</param>
/// <param name="Trials">As asked.</param>
public sealed record Robustness(
    MonteCarlo Shuffled, MonteCarlo Resampled, Bootstrap Days,
    double? ProbabilisticSharpe, double? DeflatedSharpe, double? ShortestTrackRecordDays, int Trials)
{
    /// <summary>Looks at a run.</summary>
    /// <param name="equity">Its equity.</param>
    /// <param name="trades">Its closed trades in the order of their exits.</param>
    /// <param name="options">What is asked.</param>
    public static Robustness Of(EquityTracker equity, IReadOnlyList<ClosedTrade> trades, RobustnessOptions options)
    {
        var moments = ReturnMoments.OfDays(equity);
        var shuffle = new MonteCarloOptions { Runs = options.Runs, Seed = options.Seed };
        return new(
            MonteCarlo.Run(equity.Start, trades, shuffle),
            MonteCarlo.Run(equity.Start, trades, shuffle with { Method = MonteCarloMethod.Resample }),
            Bootstrap.Run(equity, new() { Runs = options.Runs, Seed = options.Seed }),
            SharpeConfidence.Probabilistic(moments),
            SharpeConfidence.Deflated(moments, options.Trials, options.TrialVariance),
            SharpeConfidence.ShortestTrackRecord(moments),
            options.Trials);
    }
}
