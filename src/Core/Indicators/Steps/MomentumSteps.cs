using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>Gains and losses from row to row; unknown in the first.</summary>
internal struct Moves()
{
    private double _before = double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x)
    {
        var change = x - _before;
        _before = x;
        return change;
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Rsi(int rows) : ISeriesStep<One>
{
    private Smoothing _gain = Smoothing.Wilder(rows);
    private Smoothing _loss = Smoothing.Wilder(rows);
    private Moves _moves = new();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var move = _moves.Next(x);
        double gain = _gain.Next(Number.Positive(move));
        double loss = _loss.Next(Number.Positive(-move));
        return loss == 0 ? 100 : 100 * gain / (gain + loss);
    }
}

/// <summary>Place of x between the least and the greatest of the window, 0 to 100; 0 where they are one.</summary>
internal struct PlaceInRange(int rows)
{
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double high, double low, double x)
    {
        var (top, bottom) = (_high.Next(high), _low.Next(low));
        return top == bottom ? 0 : 100 * (x - bottom) / (top - bottom);
    }
}

internal struct StochRsi(int rsi, int rows, int smooth, int signal) : ISeriesStep<Two>
{
    private Rsi _rsi = new(rsi);
    private PlaceInRange _place = new(rows);
    private Sma _smooth = new(smooth);
    private Sma _signal = new(signal);

    public Two Next(double x)
    {
        double strength = _rsi.Next(x);
        if (double.IsNaN(strength))
            return Two.Unknown;
        double k = _smooth.Next(_place.Next(strength, strength, strength));
        return new(k, _signal.Next(k));
    }
}

internal struct Stoch(int rows, int smooth, int signal) : ICandleStep<Two>
{
    private PlaceInRange _place = new(rows);
    private Sma _smooth = new(smooth);
    private Sma _signal = new(signal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return Two.Unknown;
        double k = _smooth.Next(_place.Next(high, low, close));
        return new(k, _signal.Next(k));
    }
}

internal struct Williams(int rows) : ICandleStep<One>
{
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return double.NaN;
        var (top, bottom) = (_high.Next(high), _low.Next(low));
        return top == bottom ? -100 : -100 * (top - close) / (top - bottom);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Macd(int fast, int slow, int signal) : ISeriesStep<Three>
{
    private Smoothing _fast = Smoothing.Ema(fast);
    private Smoothing _slow = Smoothing.Ema(slow);
    private Smoothing _signal = Smoothing.Ema(signal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Three Next(double x)
    {
        double line = _fast.Next(x) - _slow.Next(x);
        double smooth = _signal.Next(line);
        return new(line, smooth, line - smooth);
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Ppo(int fast, int slow, int signal) : ISeriesStep<Three>
{
    private Smoothing _fast = Smoothing.Ema(fast);
    private Smoothing _slow = Smoothing.Ema(slow);
    private Smoothing _signal = Smoothing.Ema(signal);

    public Three Next(double x)
    {
        double basis = _slow.Next(x);
        var line = 100 * (_fast.Next(x) - basis) / basis;
        double smooth = _signal.Next(line);
        return new(line, smooth, line - smooth);
    }
}

internal struct Change(int rows) : ISeriesStep<One>
{
    private Delay _ago = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x) => double.IsFinite(x) ? x - _ago.Next(x) : double.NaN;
}

internal struct PercentChange(int rows) : ISeriesStep<One>
{
    private Delay _ago = new(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var ago = _ago.Next(x);
        return 100 * (x - ago) / ago;
    }
}

/// <summary>Distances count from the newest value, so a flat window has exactly no deviation.</summary>
internal struct Cci(int rows) : ICandleStep<One>
{
    private Recent _recent = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var price = (row.High + row.Low + row.Close) / 3;
        if (!double.IsFinite(price) || !_recent.Next(price))
            return double.NaN;
        var window = _recent.Window;
        var (sum, deviation) = (0.0, 0.0);
        foreach (var one in window)
            sum += one - price;
        var mean = sum / window.Length;
        foreach (var one in window)
            deviation += Math.Abs(one - price - mean);
        return -mean / (0.015 * (deviation / window.Length));
    }
}

[StructLayout(LayoutKind.Auto)]
internal struct Tsi(int slow, int fast, int signal) : ISeriesStep<Two>
{
    private Moves _moves = new();
    private Smoothing _slow = Smoothing.Ema(slow);
    private Smoothing _fast = Smoothing.Ema(fast);
    private Smoothing _slowSize = Smoothing.Ema(slow);
    private Smoothing _fastSize = Smoothing.Ema(fast);
    private Smoothing _signal = Smoothing.Ema(signal);

    public Two Next(double x)
    {
        if (!double.IsFinite(x))
            return Two.Unknown;
        var move = _moves.Next(x);
        double smooth = _fast.Next(_slow.Next(move));
        double size = _fastSize.Next(_slowSize.Next(Math.Abs(move)));
        var line = 100 * smooth / size;
        return new(line, _signal.Next(line));
    }
}

internal struct UltimateOscillator(int fast, int middle, int slow) : ICandleStep<One>
{
    private double _close = double.NaN;
    private WindowSum _pressure1 = new(fast);
    private WindowSum _pressure2 = new(middle);
    private WindowSum _pressure3 = new(slow);
    private WindowSum _range1 = new(fast);
    private WindowSum _range2 = new(middle);
    private WindowSum _range3 = new(slow);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (high, low, close) = (row.High, row.Low, row.Close);
        if (!Number.Known(high, low, close))
            return double.NaN;
        var before = _close;
        _close = close;
        if (double.IsNaN(before))
            return double.NaN;
        var bottom = double.MinNative(low, before);
        var (pressure, range) = (close - bottom, double.MaxNative(high, before) - bottom);
        var first = _pressure1.Next(pressure) / _range1.Next(range);
        var second = _pressure2.Next(pressure) / _range2.Next(range);
        var third = _pressure3.Next(pressure) / _range3.Next(range);
        return 100 * ((4 * first) + (2 * second) + third) / 7;
    }
}

internal struct AwesomeOscillator(int fast, int slow) : ICandleStep<One>
{
    private Sma _fast = new(fast);
    private Sma _slow = new(slow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var price = (row.High + row.Low) / 2;
        return _fast.Next(price) - _slow.Next(price);
    }
}

internal struct BalanceOfPower(int rows) : ICandleStep<One>
{
    private Sma _smooth = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var (body, range) = (row.Close - row.Open, row.High - row.Low);
        return _smooth.Next(range == 0 ? body * 0 : body / range);
    }
}

internal struct Cmo(int rows) : ISeriesStep<One>
{
    private Moves _moves = new();
    private WindowSum _gain = new(rows);
    private WindowSum _loss = new(rows);

    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var move = _moves.Next(x);
        if (double.IsNaN(move))
            return double.NaN;
        var (gain, loss) = (_gain.Next(Number.Positive(move)), _loss.Next(Number.Positive(-move)));
        return 100 * (gain - loss) / (gain + loss);
    }
}

internal struct Fisher(int rows) : ICandleStep<Two>
{
    private WindowMax _high = new(rows);
    private WindowMin _low = new(rows);
    private double _value;
    private double _fisher;

    public Two Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct
    {
        var price = (row.High + row.Low) / 2;
        if (!double.IsFinite(price))
            return Two.Unknown;
        var (top, bottom) = (_high.Next(price), _low.Next(price));
        if (double.IsNaN(top))
            return Two.Unknown;
        var place = top == bottom ? 0 : ((price - bottom) / (top - bottom)) - 0.5;
        _value = (0.66 * place) + (0.67 * _value);
        _value = Math.Abs(_value) > 0.99 ? Math.CopySign(0.999, _value) : _value;
        var before = _fisher;
        _fisher = (0.5 * Math.Log((1 + _value) / (1 - _value))) + (0.5 * before);
        return new(_fisher, before);
    }
}

internal struct ForecastOscillator(int rows) : ISeriesStep<One>
{
    private LinearFit _fit = new(rows);
    private double _forecast = double.NaN;

    public One Next(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;
        var forecast = _forecast;
        var (end, slope) = _fit.Next(x);
        _forecast = end + slope;
        return 100 * (x - forecast) / x;
    }
}

internal struct QStick(int rows) : ICandleStep<One>
{
    private Sma _smooth = new(rows);

    public One Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct => _smooth.Next(row.Close - row.Open);
}
