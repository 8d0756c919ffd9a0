using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>What a candle went beyond the one before it: upward or downward, never both.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Directions()
{
    private double _high = double.NaN;
    private double _low = double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Plus, double Minus) Next(double high, double low)
    {
        var (up, down) = (high - _high, _low - low);
        (_high, _low) = (high, low);
        return (up > down && up > 0 ? up : up - up, down > up && down > 0 ? down : down - down);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Adx(int rows) : ICandleStep<Three>
{
    private TrueRange _range = new();
    private Directions _directions = new();
    private Smoothing _ranges = Smoothing.Wilder(rows);
    private Smoothing _plus = Smoothing.Wilder(rows);
    private Smoothing _minus = Smoothing.Wilder(rows);
    private Smoothing _adx = Smoothing.Wilder(rows);

    public Three Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return Three.Unknown;
        var (up, down) = _directions.Next(high, low);
        double range = _ranges.Next(_range.Next(high, low, close));
        var (plus, minus) = (100 * _plus.Next(up) / range, 100 * _minus.Next(down) / range);
        var sum = plus + minus;
        return new(_adx.Next(sum == 0 ? 0 : 100 * Math.Abs(plus - minus) / sum), plus, minus);
    }
}

internal struct Aroon(int rows) : ICandleStep<Two>
{
    private readonly double _rows = rows;
    private Recent _highs = new(rows + 1);
    private Recent _lows = new(rows + 1);
    private int _sinceHigh = -1;
    private int _sinceLow = -1;

    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low) = (row.High, row.Low);
        if (!double.IsFinite(high + low))
            return Two.Unknown;
        var ready = _highs.Next(-high) & _lows.Next(low);
        if (!ready)
            return Two.Unknown;
        _sinceHigh = Since(_highs.Window, -high, _sinceHigh);
        _sinceLow = Since(_lows.Window, low, _sinceLow);
        return new(100 * (_rows - _sinceHigh) / _rows, 100 * (_rows - _sinceLow) / _rows);
    }

    // Rows since the least value; looks through the window only when the one it knew has left.
    private static int Since(ReadOnlySpan<double> window, double newest, int before)
    {
        var last = window.Length - 1;
        if (before >= 0 && before < last)
            return newest <= window[last - before - 1] ? 0 : before + 1;
        var least = last;
        for (var index = last - 1; index >= 0; index--)
        {
            if (window[index] < window[least])
                least = index;
        }

        return last - least;
    }
}

internal struct ParabolicSar(double step, double most) : ICandleStep<One>
{
    private (double High, double Low) _before = (double.NaN, double.NaN);
    private (double High, double Low) _beforeThat = (double.NaN, double.NaN);
    private bool _long;
    private double _stop = double.NaN;
    private double _extreme;
    private double _weight;

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var now = (row.High, row.Low);
        if (!double.IsFinite(now.High + now.Low))
            return double.NaN;
        if (!double.IsNaN(_before.High))
            Move(now);
        (_beforeThat, _before) = (_before, now);
        return _stop;
    }

    private void Move((double High, double Low) now)
    {
        if (double.IsNaN(_stop))
        {
            _long = _before.High + _before.Low <= now.High + now.Low;
            (_extreme, _stop) = _long ? (_before.High, _before.Low) : (_before.Low, _before.High);
            _weight = step;
        }

        _stop = ((_extreme - _stop) * _weight) + _stop;
        if (_long)
            Rise(now);
        else
            Fall(now);
    }

    // A comparison with a candle that is not there is false.
    private void Rise((double High, double Low) now)
    {
        _stop = _stop > _beforeThat.Low ? _beforeThat.Low : _stop;
        _stop = _stop > _before.Low ? _before.Low : _stop;
        if (now.High > _extreme)
        {
            _extreme = now.High;
            _weight = Math.Min(_weight + step, most);
        }

        if (now.Low < _stop)
            Turn(now.Low);
    }

    private void Fall((double High, double Low) now)
    {
        _stop = _stop < _beforeThat.High ? _beforeThat.High : _stop;
        _stop = _stop < _before.High ? _before.High : _stop;
        if (now.Low < _extreme)
        {
            _extreme = now.Low;
            _weight = Math.Min(_weight + step, most);
        }

        if (now.High > _stop)
            Turn(now.High);
    }

    private void Turn(double extreme)
    {
        _long = !_long;
        _stop = _extreme;
        _extreme = extreme;
        _weight = step;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Supertrend(int rows, double width) : ICandleStep<Two>
{
    private Atr _atr = new(rows);
    private double _close;
    private double _upper = double.NaN;
    private double _lower;
    private double _trend;

    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        var atr = _atr.Next(high, low, close);
        if (double.IsNaN(atr))
            return Two.Unknown;
        var middle = (high + low) / 2;
        var (upper, lower) = (middle + (width * atr), middle - (width * atr));
        if (double.IsNaN(_upper))
        {
            _trend = close >= middle ? 1 : -1;
        }
        else
        {
            upper = upper < _upper || _close > _upper ? upper : _upper;
            lower = lower > _lower || _close < _lower ? lower : _lower;
            if (_trend > 0 ? close < lower : close > upper)
                _trend = -_trend;
        }

        (_upper, _lower, _close) = (upper, lower, close);
        return new(_trend > 0 ? lower : upper, _trend);
    }
}

internal struct Ichimoku(int conversion, int normal, int slow) : ICandleStep<Four>
{
    private Donchian _conversion = new(conversion);
    private Donchian _base = new(normal);
    private Donchian _slow = new(slow);
    private Delay _spanA = new(normal);
    private Delay _spanB = new(normal);

    public Four Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        if (!double.IsFinite(row.High + row.Low))
            return Four.Unknown;
        var (first, second) = (_conversion.Next(row).Second, _base.Next(row).Second);
        return new(first, second, _spanA.Next((first + second) / 2), _spanB.Next(_slow.Next(row).Second));
    }
}

internal struct Vortex(int rows) : ICandleStep<Two>
{
    private TrueRange _range = new();
    private double _high = double.NaN;
    private double _low = double.NaN;
    private WindowSum _plus = new(rows);
    private WindowSum _minus = new(rows);
    private WindowSum _ranges = new(rows);

    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        var range = _range.Next(high, low, close);
        if (!Number.Known(high, low, close))
            return Two.Unknown;
        var (plus, minus) = (Math.Abs(high - _low), Math.Abs(low - _high));
        (_high, _low) = (high, low);
        if (double.IsNaN(range))
            return Two.Unknown;
        var ranges = _ranges.Next(range);
        return new(_plus.Next(plus) / ranges, _minus.Next(minus) / ranges);
    }
}

internal struct Trix(int rows) : ISeriesStep<One>
{
    private Smoothing _first = Smoothing.Ema(rows);
    private Smoothing _second = Smoothing.Ema(rows);
    private Smoothing _third = Smoothing.Ema(rows);
    private PercentChange _change = new(1);

    public One Next(double x) => _change.Next(_third.Next(_second.Next(_first.Next(x))));
}

internal struct Dpo(int rows) : ISeriesStep<One>
{
    private Sma _mean = new(rows);
    private Delay _ago = new((rows / 2) + 1);

    public One Next(double x) => double.IsFinite(x) ? _ago.Next(x) - _mean.Next(x) : double.NaN;
}

internal struct VerticalFilter(int rows) : ISeriesStep<One>
{
    private Moves _moves = new();
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);
    private WindowSum _path = new(rows);

    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var (span, move) = (_high.Next(x) - _low.Next(x), _moves.Next(x));
        return double.IsNaN(move) ? double.NaN : span / _path.Next(Math.Abs(move));
    }
}
