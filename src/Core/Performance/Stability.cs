namespace Lastro.Core.Performance;

/// <summary>One combination of a sweep: its parameters in the sweep's order, and the figure it is ranked by.</summary>
/// <param name="Parameters">One value for each parameter.</param>
/// <param name="Value">The figure; null where it cannot be computed.</param>
public sealed record SweepPoint(IReadOnlyList<double> Parameters, double? Value);

/// <summary>The combinations that lie a number of steps from the chosen one.</summary>
/// <param name="Steps">The greatest distance in any parameter, counted in the sweep's own steps.</param>
/// <param name="Known">How many of them have the figure.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Worst">The worst of them.</param>
/// <param name="Kept"><paramref name="Mean"/> as a share of the chosen one's figure, where that is above 0 and higher is better.</param>
public sealed record StabilityRing(int Steps, int Known, double? Mean, double? Worst, double? Kept);

/// <summary>The figure along one parameter, the others as chosen.</summary>
/// <param name="Parameter">Its place in the sweep's order.</param>
/// <param name="Values">The parameter's values, ascending.</param>
/// <param name="Figures">The figure at each; null where the sweep has none.</param>
public sealed record StabilityAxis(int Parameter, IReadOnlyList<double> Values, IReadOnlyList<double?> Figures);

/// <summary>
/// How a figure falls off around chosen parameters. A choice on a plateau is likelier to hold than a lone peak (Pardo, "The
/// Evaluation and Optimization of Trading Strategies", 2008, on robust optima; the rings and their shares are our own measure).
/// </summary>
/// <param name="Chosen">The figure of the choice.</param>
/// <param name="Rings">By distance, from 1.</param>
/// <param name="Axes">By parameter.</param>
/// <param name="Rank">Share of all known figures that are worse than the chosen one.</param>
public sealed record Stability(double? Chosen, IReadOnlyList<StabilityRing> Rings, IReadOnlyList<StabilityAxis> Axes, double? Rank)
{
    /// <summary>Share of the chosen figure that its direct neighbours keep; below a half the choice is a lone peak.</summary>
    public double? KeptNearby => Rings.Count == 0 ? null : Rings[0].Kept;

    /// <summary>Looks around a choice.</summary>
    /// <param name="points">The sweep, any order, each combination once.</param>
    /// <param name="chosen">Index of the choice among them.</param>
    /// <param name="higherIsBetter">Of the figure: <see cref="Metrics.HigherIsBetter"/>.</param>
    /// <param name="rings">How far to look, in steps.</param>
    public static Stability Around(IReadOnlyList<SweepPoint> points, int chosen, bool higherIsBetter = true, int rings = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chosen);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chosen, points.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(rings, 1);
        var center = points[chosen];
        var grids = Enumerable.Range(0, center.Parameters.Count).Select(i => Grid(points, i)).ToArray();
        var byDistance = points.ToLookup(point => Distance(grids, center, point), point => point.Value);
        var known = points.Where((point, i) => i != chosen && point.Value is not null).Select(point => point.Value!.Value).ToArray();
        var worse = known.Count(value => higherIsBetter ? value < center.Value : value > center.Value);
        return new(
            center.Value,
            [.. Enumerable.Range(1, rings).Where(byDistance.Contains).Select(n => Ring(n, byDistance[n], center.Value, higherIsBetter))],
            [.. Enumerable.Range(0, grids.Length).Select(i => Axis(points, center, grids[i], i))],
            center.Value is null ? null : Sample.OrNull((double)worse / known.Length));
    }

    private static double[] Grid(IReadOnlyList<SweepPoint> points, int parameter) =>
        [.. points.Select(point => point.Parameters[parameter]).Distinct().Order()];

    private static int Distance(double[][] grids, SweepPoint from, SweepPoint to)
    {
        var distance = 0;
        for (var i = 0; i < grids.Length; i++)
        {
            var (a, b) = (Array.BinarySearch(grids[i], from.Parameters[i]), Array.BinarySearch(grids[i], to.Parameters[i]));
            distance = Math.Max(distance, Math.Abs(a - b));
        }

        return distance;
    }

    private static StabilityRing Ring(int steps, IEnumerable<double?> values, double? chosen, bool higherIsBetter)
    {
        var known = values.OfType<double>().ToArray();
        if (known.Length == 0)
            return new(steps, 0, null, null, null);
        var mean = Sample.Mean(known);
        return new(
            steps, known.Length, mean, higherIsBetter ? known.Min() : known.Max(),
            higherIsBetter && chosen > 0 ? mean / chosen : null);
    }

    private static StabilityAxis Axis(IReadOnlyList<SweepPoint> points, SweepPoint center, double[] grid, int parameter)
    {
        var figures = new double?[grid.Length];
        foreach (var point in points)
        {
            if (Enumerable.Range(0, center.Parameters.Count).All(i => i == parameter || point.Parameters[i] == center.Parameters[i]))
                figures[Array.BinarySearch(grid, point.Parameters[parameter])] = point.Value;
        }

        return new(parameter, grid, figures);
    }
}
