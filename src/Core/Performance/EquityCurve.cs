using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>One point of an equity curve.</summary>
/// <param name="TimeMs">Open time of the candle, Unix milliseconds.</param>
/// <param name="Equity">Worth at its close, quote units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EquityPoint(long TimeMs, double Equity);

/// <summary>
/// An equity curve thinned for a chart while it is made, in fixed memory: the candles are cut into equal spans, and each keeps
/// its lowest and highest equity. So the deepest fall and the highest peak are never lost, however long the run. Spans double
/// when there are too many.
/// </summary>
public sealed class EquityCurve
{
    private readonly Bucket[] _buckets;
    private int _shift;
    private long _rows;
    private EquityPoint _first;
    private EquityPoint _last;

    /// <summary>An empty curve.</summary>
    /// <param name="points">How many points it may have, from 4.</param>
    public EquityCurve(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 4);
        _buckets = new Bucket[(points - 2) / 2];
    }

    /// <summary>The points in order of time: first and last candle, and each span's extremes.</summary>
    public IReadOnlyList<EquityPoint> Points()
    {
        var points = new List<EquityPoint>();
        if (_rows == 0)
            return points;
        points.Add(_first);
        for (var i = 0; i < Used; i++)
        {
            var (low, high) = (_buckets[i].Low, _buckets[i].High);
            Append(points, low.TimeMs <= high.TimeMs ? low : high);
            Append(points, low.TimeMs <= high.TimeMs ? high : low);
        }

        Append(points, _last);
        return points;
    }

    private int Used => (int)((_rows + (1L << _shift) - 1) >> _shift);

    internal void Take(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        if (_rows == 0) _first = new(timesMs[0], cash + (quantity * closes[0]));
        for (var at = 0; at < closes.Length;)
        {
            if (_rows >> _shift == _buckets.Length) Halve();
            var width = 1L << _shift;
            var inside = _rows & (width - 1);
            var rows = (int)Math.Min(width - inside, closes.Length - at);
            ref var bucket = ref _buckets[(int)(_rows >> _shift)];
            if (inside == 0) bucket = Bucket.Empty;
            Take(ref bucket, timesMs.Slice(at, rows), cash, quantity, closes.Slice(at, rows));
            at += rows;
            _rows += rows;
        }

        _last = new(timesMs[^1], cash + (quantity * closes[^1]));
    }

    // New extremes are rare, so their row is looked for only once there is one: the first with that equity.
    private static void Take(ref Bucket bucket, ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        var (low, high) = CloseRange.Of(cash, quantity, closes);
        if (low < bucket.Low.Equity) bucket.Low = new(timesMs[Find(low, cash, quantity, closes)], low);
        if (high > bucket.High.Equity) bucket.High = new(timesMs[Find(high, cash, quantity, closes)], high);
    }

    private static int Find(double equity, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        var row = 0;
        while (cash + (quantity * closes[row]) != equity)
            row++;
        return row;
    }

    private void Halve()
    {
        var kept = (_buckets.Length + 1) / 2;
        for (var i = 0; i < kept; i++)
            _buckets[i] = (2 * i) + 1 < _buckets.Length ? Merge(_buckets[2 * i], _buckets[(2 * i) + 1]) : _buckets[2 * i];
        _shift++;
    }

    private static Bucket Merge(in Bucket a, in Bucket b) => new()
    {
        Low = b.Low.Equity < a.Low.Equity ? b.Low : a.Low,
        High = b.High.Equity > a.High.Equity ? b.High : a.High,
    };

    private static void Append(List<EquityPoint> points, EquityPoint point)
    {
        if (points[^1].TimeMs != point.TimeMs)
            points.Add(point);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Bucket
    {
        public EquityPoint Low;
        public EquityPoint High;

        public static Bucket Empty => new() { Low = new(0, double.PositiveInfinity), High = new(0, double.NegativeInfinity) };
    }
}
