namespace Lastro.Core.Performance;

/// <summary>
/// The standard normal distribution to about 15 digits. Exp and log are the platform's own: the last bit may differ between platforms.
/// </summary>
public static class NormalDistribution
{
    private const double TailFrom = 4;
    private const int TailTerms = 80;

    /// <summary>Probability of a value up to <paramref name="x"/>.</summary>
    /// <remarks>
    /// Near 0 the series x + x^3/3 + x^5/15 + ... times the density (Abramowitz and Stegun 26.2.11; Marsaglia, "Evaluating the
    /// Normal Distribution", 2004); in the tails the continued fraction of Laplace (26.2.14), so that small tails keep their digits.
    /// </remarks>
    public static double Cdf(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x <= -TailFrom) return Tail(-x);
        if (x >= TailFrom) return 1 - Tail(x);
        var (sum, term, before) = (x, x, double.NaN);
        for (var n = 3; sum != before; n += 2)
        {
            before = sum;
            term *= x * x / n;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    /// <summary>The value below which lies probability <paramref name="p"/>; infinite at 0 and 1, NaN outside.</summary>
    /// <remarks>Start from Abramowitz and Stegun 26.2.23, four steps of Halley's method on <see cref="Cdf"/>.</remarks>
    public static double Quantile(double p)
    {
        if (double.IsNaN(p) || p < 0 || p > 1) return double.NaN;
        if (p == 0) return double.NegativeInfinity;
        if (p == 1) return double.PositiveInfinity;
        if (p > 0.5) return -Quantile(1 - p);
        var t = Math.Sqrt(-2 * Math.Log(p));
        var above = 2.515517 + (t * (0.802853 + (t * 0.010328)));
        var below = 1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))));
        var z = (above / below) - t;
        for (var step = 0; step < 4; step++)
        {
            var u = (Cdf(z) - p) / Density(z);
            if (!double.IsFinite(u)) break;
            z -= u / (1 + (z * u / 2));
        }

        return z;
    }

    /// <summary>Density at <paramref name="x"/>.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    private static double Tail(double x)
    {
        var fraction = x;
        for (var n = TailTerms; n > 0; n--)
            fraction = x + (n / fraction);
        return Density(x) / fraction;
    }
}
