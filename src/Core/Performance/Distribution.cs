using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>What many runs gave, sorted. Unknown values are left out.</summary>
public sealed class Distribution
{
    private readonly double[] _sorted;

    /// <summary>The distribution of these values.</summary>
    public Distribution(IEnumerable<double> values)
    {
        _sorted = [.. values.Where(double.IsFinite)];
        Array.Sort(_sorted);
    }

    /// <summary>How many values.</summary>
    public int Count => _sorted.Length;

    /// <summary>Arithmetic mean; null of nothing.</summary>
    public double? Mean => Sample.OrNull(Sample.Mean(_sorted));

    /// <summary>
    /// The value below which lies a share of the others, between neighbours on a straight line (type 7 of Hyndman and Fan,
    /// "Sample Quantiles in Statistical Packages", 1996; what spreadsheets do).
    /// </summary>
    /// <param name="share">0 is the least, 0.5 the median, 1 the greatest.</param>
    /// <returns>Null of nothing.</returns>
    public double? Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (_sorted.Length == 0)
            return null;
        var place = share * (_sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return below + 1 >= _sorted.Length
            ? _sorted[^1]
            : _sorted[below] + ((place - below) * (_sorted[below + 1] - _sorted[below]));
    }

    /// <summary>Share of values below <paramref name="limit"/>; null of nothing.</summary>
    public double? ShareBelow(double limit)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] < limit) low = middle + 1;
            else high = middle;
        }

        return Sample.OrNull((double)low / _sorted.Length);
    }

    /// <summary>The middle part of the values that holds <paramref name="confidence"/> of them: Efron's percentile interval.</summary>
    /// <param name="confidence">0.95 leaves 2.5 % out at either end.</param>
    public Interval? Middle(double confidence)
    {
        var outside = (1 - confidence) / 2;
        return Percentile(outside) is { } low && Percentile(1 - outside) is { } high ? new(low, high) : null;
    }

    /// <summary>How many values fall into each of equal steps from the least to the greatest, for a drawing.</summary>
    public IReadOnlyList<int> Histogram(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var counts = new int[steps];
        if (_sorted.Length == 0)
            return counts;
        var width = (_sorted[^1] - _sorted[0]) / steps;
        foreach (var value in _sorted)
            counts[width > 0 ? Math.Min(steps - 1, (int)((value - _sorted[0]) / width)) : 0]++;
        return counts;
    }
}

/// <summary>From a value to a value, both included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Low, double High);
