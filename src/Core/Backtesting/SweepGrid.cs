using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>The values one input takes in a sweep: from, from + step, ... up to and including to.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="From">First value.</param>
/// <param name="To">No value lies above it.</param>
/// <param name="Step">Above 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SweepAxis(string Input, double From, double To, double Step)
{
    /// <summary>How many values; steps that only rounding keeps from reaching <see cref="To"/> count.</summary>
    public int Count => Step > 0 && To >= From && double.IsFinite(To - From) ? (int)Math.Min(SweepGrid.Most + 1.0, Math.Floor(((To - From) / Step) + 1e-9) + 1) : 0;

    /// <summary>The value at an index, from + index * step.</summary>
    public double this[int index] => From + (index * Step);
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
