using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

[StructLayout(LayoutKind.Auto)]
internal struct Obv() : ICandleStep<One>
{
    private double _close = double.NaN;
    private Total _total;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (close, volume) = (row.Close, row.Volume);
        if (!double.IsFinite(close) || !double.IsFinite(volume))
            return double.NaN;
        var before = _close;
        _close = close;
        // Both are false in the first row.
        return _total.Add((Number.OneIf(close > before) - Number.OneIf(close < before)) * volume);
    }
}

internal struct Mfi(int rows) : ICandleStep<One>
{
    private double _price = double.NaN;
    private WindowSum _in = new(rows);
    private WindowSum _out = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var price = (row.High + row.Low + row.Close) / 3;
        var flow = price * row.Volume;
        if (!double.IsFinite(price) || !double.IsFinite(flow))
            return double.NaN;
        var before = _price;
        _price = price;
        if (double.IsNaN(before))
            return double.NaN;
        var (gain, loss) = (_in.Next(Number.OneIf(price > before) * flow), _out.Next(Number.OneIf(price < before) * flow));
        return loss == 0 ? 100 : 100 * gain / (gain + loss);
    }
}

/// <summary>Volume times the place of the close in its candle, -1 at the low to 1 at the high; 0 for a candle without range.</summary>
internal static class MoneyFlow
{
    public static double Of<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close, volume) = (row.High, row.Low, row.Close, row.Volume);
        if (!Number.Known(high, low, close, volume))
            return double.NaN;
        return high == low ? 0 : (close - low - (high - close)) / (high - low) * volume;
    }
}

internal struct Cmf(int rows) : ICandleStep<One>
{
    private WindowSum _flow = new(rows);
    private WindowSum _volume = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var flow = MoneyFlow.Of(row);
        return double.IsFinite(flow) ? _flow.Next(flow) / _volume.Next(row.Volume) : double.NaN;
    }
}

internal struct Adl() : ICandleStep<One>
{
    private Total _total;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var flow = MoneyFlow.Of(row);
        return double.IsFinite(flow) ? _total.Add(flow) : double.NaN;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Chaikin(int fast, int slow) : ICandleStep<One>
{
    private Adl _line = new();
    private Smoothing _fast = Smoothing.Ema(fast);
    private Smoothing _slow = Smoothing.Ema(slow);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        double line = _line.Next(row);
        return _fast.Next(line) - _slow.Next(line);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Force(int rows) : ICandleStep<One>
{
    private double _close = double.NaN;
    private Smoothing _smooth = Smoothing.Ema(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (close, volume) = (row.Close, row.Volume);
        if (!double.IsFinite(close) || !double.IsFinite(volume))
            return double.NaN;
        var before = _close;
        _close = close;
        return _smooth.Next((close - before) * volume);
    }
}

internal struct EaseOfMovement(int rows, double scale) : ICandleStep<One>
{
    private double _middle = double.NaN;
    private Sma _smooth = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, volume) = (row.High, row.Low, row.Volume);
        if (!Number.Known(high, low, volume))
            return double.NaN;
        var before = _middle;
        _middle = (high + low) / 2;
        return _smooth.Next((_middle - before) * (high - low) * scale / volume);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Pvt() : ICandleStep<One>
{
    private double _close = double.NaN;
    private Total _total;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (close, volume) = (row.Close, row.Volume);
        if (!double.IsFinite(close) || !double.IsFinite(volume))
            return double.NaN;
        var before = _close;
        _close = close;
        if (double.IsNaN(before))
            return _total.Add(0);
        var part = (close - before) / before * volume;
        return double.IsFinite(part) ? _total.Add(part) : double.NaN;
    }
}

internal struct VolumeSma(int rows) : ICandleStep<One>
{
    private Sma _mean = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => _mean.Next(row.Volume);
}

internal struct VolumeOscillator(int fast, int slow) : ICandleStep<One>
{
    private Sma _fast = new(fast);
    private Sma _slow = new(slow);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        double basis = _slow.Next(row.Volume);
        return 100 * (_fast.Next(row.Volume) - basis) / basis;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct WilliamsLine() : ICandleStep<One>
{
    private double _close = double.NaN;
    private Total _total;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return double.NaN;
        var before = _close;
        _close = close;
        if (close > before)
            return _total.Add(close - double.MinNative(before, low));
        if (close < before)
            return _total.Add(close - double.MaxNative(before, high));
        return double.IsNaN(before) ? double.NaN : _total.Add(0);
    }
}

/// <summary>An index of closes that moves only when volume falls (negative) or rises (positive).</summary>
internal struct VolumeIndex(bool rising) : ICandleStep<One>
{
    private double _close = double.NaN;
    private double _volume;
    private double _index = 1_000;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (close, volume) = (row.Close, row.Volume);
        if (!double.IsFinite(close) || !double.IsFinite(volume))
            return double.NaN;
        var moved = (close - _close) / _close * _index;
        if (double.IsFinite(moved) && (rising ? volume > _volume : volume < _volume))
            _index += moved;
        (_close, _volume) = (close, volume);
        return _index;
    }
}

/// <summary>Klinger's volume force with the cumulative range of the present trend, as Tulip reads it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct KlingerForce() : ICandleStep<One>
{
    private double _sum = double.NaN;
    private double _range;
    private double _total;
    private int _trend = -1;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close, volume) = (row.High, row.Low, row.Close, row.Volume);
        if (!Number.Known(high, low, close, volume))
            return double.NaN;
        var (sum, range, before, rangeBefore) = (high + low + close, high - low, _sum, _range);
        (_sum, _range) = (sum, range);
        if (double.IsNaN(before))
            return double.NaN;
        if (sum != before && _trend != (sum > before ? 1 : 0))
        {
            _trend = sum > before ? 1 : 0;
            _total = rangeBefore;
        }

        _total += range;
        return volume * Math.Abs((range / _total * 2) - 1) * 100 * (_trend > 0 ? 1 : -1);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Klinger(int fast, int slow) : ICandleStep<One>
{
    private KlingerForce _force = new();
    private Smoothing _fast = Smoothing.Ema(fast);
    private Smoothing _slow = Smoothing.Ema(slow);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        double force = _force.Next(row);
        return _fast.Next(force) - _slow.Next(force);
    }
}
