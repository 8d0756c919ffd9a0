using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>What the confidence in a Sharpe ratio depends on; of returns of one length, nothing annualised.</summary>
/// <param name="Count">How many returns.</param>
/// <param name="Sharpe">Mean / deviation (n-1) per return; NaN when it cannot be computed.</param>
/// <param name="Skewness">Third standardised moment, of the sample itself (division by n).</param>
/// <param name="Kurtosis">Fourth standardised moment, 3 for a normal sample.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReturnMoments(int Count, double Sharpe, double Skewness, double Kurtosis)
{
    /// <summary>The moments of returns.</summary>
    public static ReturnMoments Of(ReadOnlySpan<double> returns)
    {
        var mean = Sample.Mean(returns);
        var (second, third, fourth) = (0.0, 0.0, 0.0);
        foreach (var value in returns)
        {
            var off = value - mean;
            second += off * off;
            third += off * off * off;
            fourth += off * off * off * off;
        }

        double count = returns.Length;
        var variance = second / count;
        return new(
            returns.Length,
            mean / Sample.Deviation(returns, 1),
            third / count / (variance * Math.Sqrt(variance)),
            fourth / count / (variance * variance));
    }

    /// <summary>The moments of a run's daily returns.</summary>
    public static ReturnMoments OfDays(EquityTracker equity) => Of(Sample.Returns(equity.Daily));
}

/// <summary>
/// How far a Sharpe ratio can be believed: Bailey and Lopez de Prado, "The Sharpe Ratio Efficient Frontier" (Journal of Risk 15,
/// 2012) for the probabilistic ratio and the shortest track record; the same, "The Deflated Sharpe Ratio" (Journal of Portfolio
/// Management 40, 2014) for the best of many trials. Ratios here are those of one return, never annualised.
/// </summary>
public static class SharpeConfidence
{
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>
    /// Probability that the true ratio exceeds <paramref name="benchmark"/>: cdf((SR - SR*) sqrt(n-1) / sqrt(1 - g3 SR + (g4-1)/4 SR^2)).
    /// </summary>
    /// <returns>0..1; null when it cannot be computed.</returns>
    public static double? Probabilistic(ReturnMoments moments, double benchmark = 0) =>
        Sample.OrNull(NormalDistribution.Cdf((moments.Sharpe - benchmark) / StandardError(moments)));

    /// <summary>
    /// The ratio that the best of <paramref name="trials"/> strategies without any skill is expected to show:
    /// sqrt(V) ((1-g) z(1 - 1/N) + g z(1 - 1/(N e))), with V the variance of the trials' ratios and g the Euler-Mascheroni constant.
    /// </summary>
    /// <param name="trials">Independent trials, from 1; a single one expects 0.</param>
    /// <param name="variance">Of the trials' ratios.</param>
    public static double ExpectedMaximum(int trials, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        if (trials == 1)
            return 0;
        var first = -NormalDistribution.Quantile(1.0 / trials);
        var second = -NormalDistribution.Quantile(1 / (trials * Math.E));
        return Math.Sqrt(variance) * (((1 - EulerMascheroni) * first) + (EulerMascheroni * second));
    }

    /// <summary>Probability that the true ratio exceeds 0 although the best of several trials was picked.</summary>
    /// <param name="moments">Of the picked one's returns.</param>
    /// <param name="trials">How many were really tried; equal ones count too.</param>
    /// <param name="variance">
    /// Of the ratios of all trials. When they are not known: null takes the picked ratio's own error of estimation, which is how
    /// ratios spread when no trial has skill.
    /// </param>
    public static double? Deflated(ReturnMoments moments, int trials, double? variance = null)
    {
        var error = StandardError(moments);
        return Probabilistic(moments, ExpectedMaximum(trials, variance ?? (error * error)));
    }

    /// <summary>The variance of the trials' ratios that <see cref="Deflated"/> takes, from the figures of a sweep.</summary>
    /// <param name="yearly">Each trial's <see cref="Metrics.Sharpe"/>; unknown ones are left out.</param>
    /// <returns>Of daily ratios (n-1); null for fewer than two.</returns>
    public static double? VarianceOfTrials(IEnumerable<double?> yearly)
    {
        var deviation = Sample.Deviation([.. yearly.OfType<double>()], 1);
        return Sample.OrNull(deviation * deviation / 365);
    }

    /// <summary>
    /// How many returns it takes until the ratio exceeds <paramref name="benchmark"/> with <paramref name="confidence"/>:
    /// 1 + (1 - g3 SR + (g4-1)/4 SR^2) (z / (SR - SR*))^2.
    /// </summary>
    /// <returns>Null when the ratio does not exceed the benchmark.</returns>
    public static double? ShortestTrackRecord(ReturnMoments moments, double benchmark = 0, double confidence = 0.95)
    {
        if (!(moments.Sharpe > benchmark))
            return null;
        var ratio = NormalDistribution.Quantile(confidence) / (moments.Sharpe - benchmark);
        return Sample.OrNull(1 + (Spread(moments) * ratio * ratio));
    }

    private static double StandardError(ReturnMoments moments) => Math.Sqrt(Spread(moments) / (moments.Count - 1.0));

    private static double Spread(ReturnMoments moments) =>
        1 - (moments.Skewness * moments.Sharpe) + ((moments.Kurtosis - 1) / 4 * moments.Sharpe * moments.Sharpe);
}
