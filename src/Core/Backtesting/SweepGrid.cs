using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>
/// The values one input takes in a sweep: from, from + step, ... up to and including to, counted in decimal, so that 0.1 to 0.3 by 0.1 ends
/// with 0.3 itself.
/// </summary>
/// <param name="Input">The input's name.</param>
/// <param name="From">First value.</param>
/// <param name="To">No value lies above it.</param>
/// <param name="Step">Above 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SweepAxis(string Input, double From, double To, double Step)
{
    /// <summary>Beyond this an axis has no values: a decimal holds less than a double.</summary>
    private const double Largest = 1e15;

    /// <summary>How many values; 0 when the axis makes no sense, more than a sweep may have when there are too many.</summary>
    public int Count => Step is > 1e-12 and < Largest && To >= From && Math.Abs(From) < Largest && Math.Abs(To) < Largest
        ? (int)Math.Min(SweepGrid.Most, Math.Floor(((decimal)To - (decimal)From) / (decimal)Step)) + 1
        : 0;

    /// <summary>The value at an index, from + index * step.</summary>
    public double this[int index] => (double)((decimal)From + (index * (decimal)Step));
}

/// <summary>All combinations of the axes' values. The last axis runs fastest, so neighbours share most of their columns.</summary>
public sealed class SweepGrid
{
    /// <summary>The most combinations of a sweep.</summary>
    public const int Most = 1_000_000;

    private readonly SweepAxis[] _axes;

    /// <summary>A grid.</summary>
    /// <param name="axes">At least one, each with a value, each of another input.</param>
    /// <exception cref="ArgumentException">No or too many combinations, or an input named twice.</exception>
    public SweepGrid(IReadOnlyList<SweepAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        _axes = [.. axes];
        if (_axes.Length == 0 || _axes.Select(axis => axis.Input).Distinct(StringComparer.Ordinal).Count() != _axes.Length)
            throw new ArgumentException("Each axis names another input.", nameof(axes));
        var count = 1L;
        foreach (var axis in _axes)
        {
            count *= axis.Count;
            if (count is 0 or > Most)
                throw new ArgumentException($"A sweep has 1 to {Most} combinations.", nameof(axes));
        }

        Count = (int)count;
    }

    /// <summary>The axes, slowest first.</summary>
    public IReadOnlyList<SweepAxis> Axes => _axes;

    /// <summary>How many combinations.</summary>
    public int Count { get; }

    /// <summary>The inputs of a combination, from 0.</summary>
    public IReadOnlyDictionary<string, double> this[int combination]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(combination);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(combination, Count);
            var (values, rest) = (new Dictionary<string, double>(StringComparer.Ordinal), combination);
            for (var axis = _axes.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, _axes[axis].Count);
                values.Add(_axes[axis].Input, _axes[axis][index]);
            }

            return values;
        }
    }
}
