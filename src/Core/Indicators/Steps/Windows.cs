using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>
/// Sum of the last n values. The rows are cut into blocks of n: a window is always the tail of the block before and the head
/// of this one, and both are plain sums of values inside the window. Nothing is ever subtracted, so a value leaves without a
/// trace and the error does not grow with the number of rows; each row costs three additions.
/// The tails are summed from the end, once per block, in the place where the values were kept.
/// Up to <see cref="LongestPlain"/> values are added one by one instead, oldest first, as <see cref="MeanRun"/> does for longer ones too.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct WindowSum
{
    private const int LongestPlain = 8;

    private readonly double[] _tail;
    private readonly bool _isPlain;
    private Recent _recent;
    private double _head;
    private int _at;

    public WindowSum(int rows)
    {
        _isPlain = rows <= LongestPlain;
        _recent = new Recent(_isPlain ? rows : 1);
        _tail = new double[rows];
        Array.Fill(_tail, double.NaN); // no tail yet: unknown
    }

    /// <summary>Takes a finite value, gives the sum; NaN before there are n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x)
    {
        if (_isPlain)
            return _recent.Next(x) ? Plain(_recent.Window) : double.NaN;
        var tail = _tail;
        var at = _at;
        tail[at] = x;
        at++;
        if ((uint)at < (uint)tail.Length)
        {
            _head += x;
            _at = at;
            return tail[at] + _head;
        }

        _at = 0;
        _head = 0;
        return Fold(tail);
    }

    private static double Plain(ReadOnlySpan<double> window)
    {
        var sum = 0.0;
        foreach (var value in window)
            sum += value;
        return sum;
    }

    private static double Fold(double[] tail)
    {
        var sum = 0.0;
        for (var index = tail.Length - 1; index >= 0; index--)
        {
            sum += tail[index];
            tail[index] = sum;
        }

        return sum;
    }
}

/// <summary>Greatest of the last n values, in blocks as <see cref="WindowSum"/> (van Herk 1992): three comparisons a row whatever n is.</summary>
internal struct WindowMax(int rows)
{
    private readonly double[] _tail = new double[rows];
    private double _head = double.NegativeInfinity;
    private int _at;
    private bool _full;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x)
    {
        var tail = _tail;
        var at = _at;
        tail[at] = x;
        at++;
        if ((uint)at < (uint)tail.Length)
        {
            _head = double.MaxNative(_head, x);
            _at = at;
            return _full ? double.MaxNative(tail[at], _head) : double.NaN;
        }

        _at = 0;
        _head = double.NegativeInfinity;
        _full = true;
        return Fold(tail);
    }

    private static double Fold(double[] tail)
    {
        var max = double.NegativeInfinity;
        for (var index = tail.Length - 1; index >= 0; index--)
        {
            max = double.MaxNative(max, tail[index]);
            tail[index] = max;
        }

        return max;
    }
}

/// <summary>Least of the last n values.</summary>
internal struct WindowMin(int rows)
{
    private WindowMax _max = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x) => -_max.Next(-x);
}

/// <summary>
/// Mean and population variance of the last n values, in blocks as <see cref="WindowSum"/>. Values count from the last one of
/// the block before, which is itself in the window: what is squared is a distance inside the window, never the price, and a
/// flat window has exactly no variance. The mean is given from that origin: a distance from it keeps its digits too.
/// </summary>
internal struct WindowMoments
{
    private readonly double[] _tail;
    private readonly double[] _squares;
    private readonly double _share;
    private double _head;
    private double _headSquares;
    private double _origin;
    private int _at;

    public WindowMoments(int rows)
    {
        _tail = new double[rows];
        _squares = new double[rows];
        _share = 1.0 / rows;
        Array.Fill(_squares, double.NaN);
        Array.Fill(_tail, double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Origin, double Mean, double Variance) Next(double x)
    {
        var (tail, squares, at) = (_tail, _squares, _at);
        double sum, sumOfSquares;
        tail[at] = x;
        at++;
        if ((uint)at < (uint)tail.Length && (uint)at < (uint)squares.Length)
        {
            var distance = x - _origin;
            _head += distance;
            _headSquares += distance * distance;
            _at = at;
            sum = tail[at] + _head;
            sumOfSquares = squares[at] + _headSquares;
        }
        else
        {
            Fold(tail, squares, x);
            _origin = x;
            _head = 0;
            _headSquares = 0;
            _at = 0;
            sum = tail[0];
            sumOfSquares = squares[0];
        }

        var mean = sum * _share;
        var variance = (sumOfSquares * _share) - (mean * mean);
        return (_origin, mean, variance < 0 ? 0 : variance);
    }

    private static void Fold(double[] tail, double[] squares, double origin)
    {
        var (sum, sumOfSquares) = (0.0, 0.0);
        for (var index = tail.Length - 1; index >= 0; index--)
        {
            var distance = tail[index] - origin;
            sum += distance;
            sumOfSquares += distance * distance;
            tail[index] = sum;
            squares[index] = sumOfSquares;
        }
    }
}

/// <summary>
/// Mean and linearly weighted mean (weights 1 to n, the newest most) of the last n values, in blocks and counted from a value of
/// the window as <see cref="WindowMoments"/>. The weighted sum of a tail of length a, followed by b newer values, is its own
/// with weights 1 to a plus that of the head with weights 1 to b plus a times the head's sum.
/// </summary>
internal struct WindowLine
{
    private readonly double[] _tail;
    private readonly double[] _weighted;
    private double _head;
    private double _headWeighted;
    private double _origin;
    private int _at;

    public WindowLine(int rows)
    {
        _tail = new double[rows];
        _weighted = new double[rows];
        Array.Fill(_weighted, double.NaN);
        Array.Fill(_tail, double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Origin, double Mean, double Weighted) Next(double x)
    {
        var (tail, weighted, at) = (_tail, _weighted, _at);
        double sum, sumOfWeighted;
        double count = tail.Length;
        tail[at] = x;
        at++;
        if ((uint)at < (uint)tail.Length && (uint)at < (uint)weighted.Length)
        {
            var distance = x - _origin;
            _head += distance;
            _headWeighted += at * distance;
            _at = at;
            sum = tail[at] + _head;
            sumOfWeighted = weighted[at] + ((count - at) * _head) + _headWeighted;
        }
        else
        {
            Fold(tail, weighted, x);
            _origin = x;
            _head = 0;
            _headWeighted = 0;
            _at = 0;
            sum = tail[0];
            sumOfWeighted = weighted[0];
        }

        return (_origin, sum / count, sumOfWeighted / (count * (count + 1) / 2));
    }

    private static void Fold(double[] tail, double[] weighted, double origin)
    {
        var (sum, sumOfWeighted) = (0.0, 0.0);
        for (var index = tail.Length - 1; index >= 0; index--)
        {
            sum += tail[index] - origin;
            sumOfWeighted += sum;
            tail[index] = sum;
            weighted[index] = sumOfWeighted;
        }
    }
}
