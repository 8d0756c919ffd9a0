using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>The value n rows ago.</summary>
internal struct Delay
{
    private readonly double[] _ring;
    private int _at;

    public Delay(int rows)
    {
        _ring = new double[rows];
        Array.Fill(_ring, double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x)
    {
        var ring = _ring;
        var at = _at;
        var before = ring[at];
        ring[at] = x;
        at++;
        _at = at == ring.Length ? 0 : at;
        return before;
    }
}

/// <summary>The value n rows ago, where n may be 0: itself.</summary>
internal struct Lagged(int rows)
{
    private readonly bool _none = rows == 0;
    private Delay _delay = new(Math.Max(rows, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x) => _none ? x : _delay.Next(x);
}

/// <summary>The last n values, oldest first, for what has to look at all of them.</summary>
internal struct Recent(int rows)
{
    // Each value stands twice, so that a window is always one stretch of memory.
    private readonly double[] _twice = new double[2 * rows];
    private int _at;
    private int _missing = rows;

    /// <summary>Takes a finite value; false before there are n.</summary>
    public bool Next(double x)
    {
        var half = _twice.Length / 2;
        _twice[_at] = x;
        _twice[_at + half] = x;
        _at = _at + 1 == half ? 0 : _at + 1;
        if (_missing > 0)
            _missing--;
        return _missing == 0;
    }

    public readonly ReadOnlySpan<double> Window => _twice.AsSpan(_at, _twice.Length / 2);
}

/// <summary>A sum over all rows that keeps what each addition rounds away (Knuth's two-sum), so it is right after any number of them.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Total
{
    private double _sum;
    private double _lost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double x)
    {
        var sum = _sum + x;
        var added = sum - _sum;
        _lost += (_sum - (sum - added)) + (x - added);
        _sum = sum;
        return sum + _lost;
    }
}

/// <summary>
/// Exponential smoothing that starts with the mean of its first n values: EMA with weight 2/(n+1), Wilder's with 1/n.
/// Two operations stand between a value and the next: rest * value + weight * x.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Smoothing : ISeriesStep<One>
{
    private readonly double _weight;
    private readonly double _rest;
    private readonly int _rows;
    private int _left;
    private double _value;

    /// <summary>Starts with the mean of the first <paramref name="rows"/> values.</summary>
    public Smoothing(int rows, double weight)
    {
        _rows = rows;
        _left = rows;
        _weight = weight;
        _rest = 1 - weight;
    }

    public static Smoothing Ema(int rows) => new(rows, 2.0 / (rows + 1));

    public static Smoothing Wilder(int rows) => new(rows, 1.0 / rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        if (_left == 0)
        {
            _value = (_rest * _value) + (_weight * x);
            return _value;
        }

        _value += x;
        _left--;
        if (_left > 0)
            return double.NaN;
        _value /= _rows;
        return _value;
    }
}

/// <summary>True range: the candle's range with the close before it. Needs one.</summary>
internal struct TrueRange() : ICandleStep<One>
{
    private double _close = double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => Next(row.High, row.Low, row.Close);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double high, double low, double close)
    {
        if (!Number.Known(high, low, close))
            return double.NaN;
        var before = _close;
        _close = close;
        return double.IsNaN(before) ? double.NaN : double.MaxNative(high, before) - double.MinNative(low, before);
    }
}

internal static class Number
{
    /// <summary>True when all are finite; the sum is not when one is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Known(double a, double b, double c) => double.IsFinite(a + b + c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Known(double a, double b, double c, double d) => double.IsFinite(a + b + (c + d));

    /// <summary>1 when true, else 0, without a branch: which way a candle goes is a coin's toss to the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OneIf(bool condition) => Unsafe.BitCast<bool, byte>(condition);

    /// <summary>x where it is positive, else 0, without a branch chance would mispredict.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Positive(double x) => 0.5 * (Math.Abs(x) + x);
}
