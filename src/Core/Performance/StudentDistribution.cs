namespace Lastro.Core.Performance;

/// <summary>Student's t for whole degrees of freedom.</summary>
internal static class StudentDistribution
{
    /// <summary>
    /// Probability of a value further from 0 than <paramref name="t"/>, on either side: the finite sums of Abramowitz and Stegun
    /// 26.7.3 and 26.7.4. Sound to about 1e-14 absolute; NaN without a degree of freedom.
    /// </summary>
    public static double TwoSided(double t, int freedom)
    {
        if (freedom < 1 || double.IsNaN(t)) return double.NaN;
        var angle = Math.Atan(Math.Abs(t) / Math.Sqrt(freedom));
        var (sine, cosine) = (Math.Sin(angle), Math.Cos(angle));
        var odd = freedom % 2 == 1;
        var (term, sum) = (odd ? cosine : 1, 0.0);
        for (var n = odd ? 2 : 1; n < freedom; n += 2)
        {
            sum += term;
            term *= cosine * cosine * n / (n + 1);
        }

        var inside = odd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
        return Math.Max(0, 1 - inside);
    }
}
