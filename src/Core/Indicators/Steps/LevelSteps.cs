using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

[StructLayout(LayoutKind.Auto)]
internal struct Pivots(int hours) : ICandleStep<Levels>
{
    private readonly long _sessionMs = hours * 3_600_000L;
    private long _session = long.MinValue;
    private double _high;
    private double _low;
    private double _close;
    private Levels _levels = new(double.NaN, Three.Unknown, Three.Unknown);

    public Levels Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return new(double.NaN, Three.Unknown, Three.Unknown);
        var session = row.OpenTimeMs / _sessionMs;
        if (session != _session)
        {
            if (_session != long.MinValue)
                _levels = Of(_high, _low, _close);
            (_session, _high, _low) = (session, high, low);
        }

        _high = double.MaxNative(_high, high);
        _low = double.MinNative(_low, low);
        _close = close;
        return _levels;
    }

    private static Levels Of(double high, double low, double close)
    {
        var middle = (high + low + close) / 3;
        var range = high - low;
        return new(
            middle,
            new((2 * middle) - low, middle + range, high + (2 * (middle - low))),
            new((2 * middle) - high, middle - range, low - (2 * (high - middle))));
    }
}

internal struct Fractals(int sides) : ICandleStep<Two>
{
    private Recent _highs = new((2 * sides) + 1);
    private Recent _lows = new((2 * sides) + 1);
    private double _up = double.NaN;
    private double _down = double.NaN;

    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low) = (row.High, row.Low);
        if (!double.IsFinite(high + low))
            return Two.Unknown;
        if (!(_highs.Next(high) & _lows.Next(-low)))
            return Two.Unknown;
        if (Stands(_highs.Window))
            _up = _highs.Window[sides];
        if (Stands(_lows.Window))
            _down = -_lows.Window[sides];
        return new(_up, _down);
    }

    private readonly bool Stands(ReadOnlySpan<double> window)
    {
        for (var index = 0; index < window.Length; index++)
        {
            if (index != sides && window[index] >= window[sides])
                return false;
        }

        return true;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Zigzag(double percent) : ICandleStep<Three>
{
    private readonly double _share = percent / 100;
    private double _high = double.NaN;
    private double _low = double.NaN;
    private double _pivot = double.NaN;
    private int _trend;

    public Three Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low) = (row.High, row.Low);
        if (!double.IsFinite(high + low))
            return Three.Unknown;
        if (_trend >= 0 && !(_high >= high))
            _high = high;
        if (_trend <= 0 && !(_low <= low))
            _low = low;
        if (_trend >= 0 && low <= _high * (1 - _share))
            (_trend, _pivot, _low) = (-1, _high, low);
        else if (_trend <= 0 && high >= _low * (1 + _share))
            (_trend, _pivot, _high) = (1, _low, high);
        return _trend == 0 ? Three.Unknown : new(_trend > 0 ? _high : _low, _pivot, _trend);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct HeikinAshi() : ICandleStep<Four>
{
    private double _open = double.NaN;
    private double _close;

    public Four Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (open, high, low, close) = (row.Open, row.High, row.Low, row.Close);
        if (!Number.Known(open, high, low, close))
            return Four.Unknown;
        _open = double.IsNaN(_open) ? (open + close) / 2 : (_open + _close) / 2;
        _close = (open + high + low + close) / 4;
        return new(_open, double.MaxNative(high, double.MaxNative(_open, _close)), double.MinNative(low, double.MinNative(_open, _close)), _close);
    }
}
