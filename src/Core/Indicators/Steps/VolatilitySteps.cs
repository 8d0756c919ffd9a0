using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

[StructLayout(LayoutKind.Auto)]
internal struct Atr(int rows) : ICandleStep<One>
{
    private TrueRange _range = new();
    private Smoothing _smooth = Smoothing.Wilder(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => Next(row.High, row.Low, row.Close);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double high, double low, double close) => _smooth.Next(_range.Next(high, low, close));
}

internal struct Natr(int rows) : ICandleStep<One>
{
    private Atr _atr = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var close = row.Close;
        return 100 * _atr.Next(row.High, row.Low, close) / close;
    }
}

internal struct StdDev(int rows) : ISeriesStep<One>
{
    private WindowMoments _moments = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? Math.Sqrt(_moments.Next(x).Variance) : double.NaN;
}

/// <summary>Of a value and the mean of its window.</summary>
internal struct Bollinger(int rows, double width) : IPairStep<Five>
{
    private WindowMoments _moments = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Five Next(double x, double mean)
    {
        if (!double.IsFinite(x))
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var (origin, distance, variance) = _moments.Next(x);
        var reach = width * Math.Sqrt(variance);
        // From the distance, not from the bands: these are rounded to the price's digits.
        return new(mean + reach, mean, mean - reach, 2 * reach / mean, (x - origin - distance + reach) / (2 * reach));
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Keltner(int rows, double width) : ICandleStep<Three>
{
    private Smoothing _middle = Smoothing.Ema(rows);
    private Atr _atr = new(rows);

    public Three Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return Three.Unknown;
        double middle = _middle.Next(close);
        var reach = width * _atr.Next(high, low, close);
        return new(middle + reach, middle, middle - reach);
    }
}

internal struct Donchian(int rows) : ICandleStep<Three>
{
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);

    public Three Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low) = (row.High, row.Low);
        if (!double.IsFinite(high + low))
            return Three.Unknown;
        var (upper, lower) = (_high.Next(high), _low.Next(low));
        return new(upper, (upper + lower) / 2, lower);
    }
}

internal struct Chop(int rows) : ICandleStep<One>
{
    private readonly double _scale = 100 / Math.Log10(rows);
    private TrueRange _range = new();
    private WindowSum _sum = new(rows);
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return double.NaN;
        var (top, bottom, range) = (_high.Next(high), _low.Next(low), _range.Next(high, low, close));
        return double.IsNaN(range) ? double.NaN : _scale * Math.Log10(_sum.Next(range) / (top - bottom));
    }
}

internal struct HistoricalVolatility(int rows, double year) : ISeriesStep<One>
{
    private readonly double _scale = 100 * Math.Sqrt(year);
    private double _before = double.NaN;
    private WindowMoments _moments = new(rows);

    public One Next(double x)
    {
        if (!double.IsFinite(x) || x <= 0)
            return double.NaN;
        var before = _before;
        _before = x;
        return double.IsNaN(before) ? double.NaN : _scale * Math.Sqrt(_moments.Next(Math.Log(x / before)).Variance);
    }
}

internal struct Ulcer(int rows) : ISeriesStep<One>
{
    private WindowMax _peak = new(rows);
    private Sma _squares = new(rows);

    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var peak = _peak.Next(x);
        var fall = 100 * (x - peak) / peak;
        return Math.Sqrt(_squares.Next(fall * fall));
    }
}

internal struct MassIndex(int rows) : ICandleStep<One>
{
    private Smoothing _first = Smoothing.Ema(9);
    private Smoothing _second = Smoothing.Ema(9);
    private WindowSum _sum = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        double first = _first.Next(row.High - row.Low);
        var ratio = first / _second.Next(first);
        return double.IsFinite(ratio) ? _sum.Next(ratio) : double.NaN;
    }
}

internal struct ChaikinVolatility(int rows) : ICandleStep<One>
{
    private Smoothing _smooth = Smoothing.Ema(rows);
    private PercentChange _change = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => _change.Next(_smooth.Next(row.High - row.Low));
}
