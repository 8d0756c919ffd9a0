using System.Runtime.CompilerServices;

namespace Lastro.Core.Indicators;

internal struct Highest(int rows) : ISeriesStep<One>
{
    private WindowMax _max = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? _max.Next(x) : double.NaN;
}

internal struct Lowest(int rows) : ISeriesStep<One>
{
    private WindowMin _min = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? _min.Next(x) : double.NaN;
}

internal struct Rank(int rows) : ISeriesStep<One>
{
    private Recent _recent = new(rows + 1);

    public One Next(double x)
    {
        if (!double.IsFinite(x) || !_recent.Next(x))
            return double.NaN;
        var before = _recent.Window[..^1];
        var notAbove = 0;
        foreach (var one in before)
            notAbove += Number.OneIf(one <= x);
        return 100.0 * notAbove / before.Length;
    }
}

internal struct ZScore(int rows) : ISeriesStep<One>
{
    private WindowMoments _moments = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (origin, mean, variance) = _moments.Next(x);
        return (x - origin - mean) / Math.Sqrt(variance);
    }
}

/// <summary>Population moments of two series side by side, distances counted from values of the window as in <see cref="WindowMoments"/>.</summary>
internal struct PairMoments(int rows)
{
    private readonly double _rows = rows;
    private Recent _xs = new(rows);
    private Recent _ys = new(rows);

    /// <summary>Variances and covariance; NaN before there are n rows.</summary>
    public Three Next(double x, double y)
    {
        if (!(_xs.Next(x) & _ys.Next(y)))
            return Three.Unknown;
        var xs = _xs.Window;
        var ys = _ys.Window;
        var (meanX, meanY) = (0.0, 0.0);
        for (var index = 0; index < xs.Length && index < ys.Length; index++)
        {
            meanX += xs[index] - x;
            meanY += ys[index] - y;
        }

        (meanX, meanY) = (meanX / _rows, meanY / _rows);
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var index = 0; index < xs.Length && index < ys.Length; index++)
        {
            var (dx, dy) = (xs[index] - x - meanX, ys[index] - y - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return new(xx / _rows, yy / _rows, xy / _rows);
    }
}

internal struct Correlation(int rows) : IPairStep<One>
{
    private PairMoments _moments = new(rows);

    public One Next(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            return double.NaN;
        var (xx, yy, xy) = _moments.Next(x, y);
        return xy / (Math.Sqrt(xx) * Math.Sqrt(yy));
    }
}

internal struct Beta(int rows) : IPairStep<One>
{
    private PairMoments _moments = new(rows);

    public One Next(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            return double.NaN;
        var (_, yy, xy) = _moments.Next(x, y);
        return xy / yy;
    }
}
