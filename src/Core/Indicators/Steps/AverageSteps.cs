using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

internal struct Sma(int rows) : ISeriesStep<One>
{
    private readonly double _rows = rows;
    private WindowSum _sum = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? _sum.Next(x) / _rows : double.NaN;
}

internal struct Wma(int rows) : ISeriesStep<One>
{
    private WindowLine _line = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (origin, _, weighted) = _line.Next(x);
        return origin + weighted;
    }
}

/// <summary>End of the least-squares line over n rows: 3 wma - 2 sma; slope: 6 (wma - sma) / (n - 1).</summary>
internal struct LinearFit(int rows) : ISeriesStep<Two>
{
    private readonly double _rows = rows;
    private WindowLine _line = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Two Next(double x)
    {
        if (!double.IsFinite(x))
            return Two.Unknown;
        var (origin, mean, weighted) = _line.Next(x);
        return new(origin + ((3 * weighted) - (2 * mean)), 6 * (weighted - mean) / (_rows - 1));
    }
}

internal struct LinearEnd(int rows) : ISeriesStep<One>
{
    private LinearFit _fit = new(rows);

    public One Next(double x) => _fit.Next(x).First;
}

internal struct LinearSlope(int rows) : ISeriesStep<One>
{
    private LinearFit _fit = new(rows);

    public One Next(double x) => _fit.Next(x).Second;
}

[StructLayout(LayoutKind.Auto)]
internal struct Dema(int rows) : ISeriesStep<One>
{
    private Smoothing _first = Smoothing.Ema(rows);
    private Smoothing _second = Smoothing.Ema(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        double first = _first.Next(x);
        return (2 * first) - _second.Next(first);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Tema(int rows) : ISeriesStep<One>
{
    private Smoothing _first = Smoothing.Ema(rows);
    private Smoothing _second = Smoothing.Ema(rows);
    private Smoothing _third = Smoothing.Ema(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        double first = _first.Next(x);
        double second = _second.Next(first);
        return (3 * first) - (3 * second) + _third.Next(second);
    }
}

internal struct Hma(int rows) : ISeriesStep<One>
{
    private Wma _half = new(rows / 2);
    private Wma _whole = new(rows);
    private Wma _smooth = new(RootOf(rows));

    public static int RootOf(int rows) => (int)Math.Sqrt(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => _smooth.Next((2 * _half.Next(x)) - _whole.Next(x));
}

internal struct Kama(int rows, int fast, int slow) : ISeriesStep<One>
{
    private readonly double _slow = 2.0 / (slow + 1);
    private readonly double _span = (2.0 / (fast + 1)) - (2.0 / (slow + 1));
    private WindowSum _path = new(rows);
    private Delay _ago = new(rows);
    private double _before = double.NaN;
    private double _value = double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (before, ago) = (_before, _ago.Next(x));
        _before = x;
        if (double.IsNaN(before))
            return double.NaN;
        var path = _path.Next(Math.Abs(x - before));
        if (double.IsNaN(path))
            return double.NaN;
        if (double.IsNaN(_value))
            _value = before;
        var efficiency = path == 0 ? 0 : Math.Abs(x - ago) / path;
        var weight = (efficiency * _span) + _slow;
        _value += weight * weight * (x - _value);
        return _value;
    }
}

internal struct Zlema(int rows) : ISeriesStep<One>
{
    private Lagged _ago = new(LagOf(rows));
    private Smoothing _smooth = Smoothing.Ema(rows);

    public static int LagOf(int rows) => (rows - 1) / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? _smooth.Next((2 * x) - _ago.Next(x)) : double.NaN;
}

internal struct Alma : ISeriesStep<One>
{
    private readonly double[] _weights;
    private readonly double _sum;
    private Recent _recent;

    public Alma(int rows, double offset, double sigma)
    {
        _recent = new(rows);
        _weights = new double[rows];
        var (middle, width) = (offset * (rows - 1), rows / sigma);
        for (var index = 0; index < rows; index++)
        {
            var distance = index - middle;
            _weights[index] = Math.Exp(-(distance * distance) / (2 * width * width));
            _sum += _weights[index];
        }
    }

    public One Next(double x)
    {
        if (!double.IsFinite(x) || !_recent.Next(x))
            return double.NaN;
        var sum = 0.0;
        var window = _recent.Window;
        for (var index = 0; index < window.Length; index++)
            sum += _weights[index] * window[index];
        return sum / _sum;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct T3(int rows, double volume) : ISeriesStep<One>
{
    private readonly double _c1 = -volume * volume * volume;
    private readonly double _c2 = (3 * volume * volume) + (3 * volume * volume * volume);
    private readonly double _c3 = (-6 * volume * volume) - (3 * volume) - (3 * volume * volume * volume);
    private readonly double _c4 = 1 + (3 * volume) + (volume * volume * volume) + (3 * volume * volume);
    private Smoothing _e1 = Smoothing.Ema(rows);
    private Smoothing _e2 = Smoothing.Ema(rows);
    private Smoothing _e3 = Smoothing.Ema(rows);
    private Smoothing _e4 = Smoothing.Ema(rows);
    private Smoothing _e5 = Smoothing.Ema(rows);
    private Smoothing _e6 = Smoothing.Ema(rows);

    public One Next(double x)
    {
        double e3 = _e3.Next(_e2.Next(_e1.Next(x)));
        double e4 = _e4.Next(e3);
        double e5 = _e5.Next(e4);
        double e6 = _e6.Next(e5);
        return (_c1 * e6) + (_c2 * e5) + (_c3 * e4) + (_c4 * e3);
    }
}

/// <summary>Sum of price times volume over sum of volume, n rows.</summary>
internal struct VolumeMean(int rows)
{
    private WindowSum _worth = new(rows);
    private WindowSum _volume = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double price, double volume)
    {
        if (!double.IsFinite(price * volume))
            return double.NaN;
        return _worth.Next(price * volume) / _volume.Next(volume);
    }
}

internal struct Vwma(int rows) : ICandleStep<One>
{
    private VolumeMean _mean = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => _mean.Next(row.Close, row.Volume);
}

internal struct Vwap(int rows) : ICandleStep<One>
{
    private VolumeMean _mean = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => _mean.Next((row.High + row.Low + row.Close) / 3, row.Volume);
}

[StructLayout(LayoutKind.Auto)]
internal struct SessionVwap(int hours) : ICandleStep<One>
{
    private readonly long _sessionMs = hours * 3_600_000L;
    private long _session = long.MinValue;
    private Total _worth;
    private Total _volume;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (price, volume) = ((row.High + row.Low + row.Close) / 3, row.Volume);
        if (!double.IsFinite(price * volume))
            return double.NaN;
        var session = row.OpenTimeMs / _sessionMs;
        if (session != _session)
        {
            _session = session;
            _worth = default;
            _volume = default;
        }

        return _worth.Add(price * volume) / _volume.Add(volume);
    }
}

internal struct Trima(int rows) : ISeriesStep<One>
{
    private Sma _first = new((rows + 1) / 2);
    private Sma _second = new(rows - ((rows + 1) / 2) + 1);

    public One Next(double x) => _second.Next(_first.Next(x));
}
