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
    private long _width = 1;
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

    private int Used => (int)((_rows + _width - 1) / _width);

    internal void Take(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        if (_rows == 0) _first = new(timesMs[0], cash + (quantity * closes[0]));
        for (var at = 0; at < closes.Length;)
        {
            if (_rows == _width * _buckets.Length) Halve();
            var inside = _rows % _width;
            var rows = (int)Math.Min(_width - inside, closes.Length - at);
            ref var bucket = ref _buckets[(int)(_rows / _width)];
            var part = Extremes(timesMs.Slice(at, rows), cash, quantity, closes.Slice(at, rows));
            bucket = inside == 0 ? part : Merge(bucket, part);
            at += rows;
            _rows += rows;
        }

        _last = new(timesMs[^1], cash + (quantity * closes[^1]));
    }

    // The first rows of the lowest and the highest equity. Equities are compared, not closes: two closes may round to one equity.
    private static Bucket Extremes(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        var (low, high) = (0, 0);
        var lowest = cash + (quantity * closes[0]);
        var highest = lowest;
        for (var i = 1; i < closes.Length; i++)
        {
            var equity = cash + (quantity * closes[i]);
            if (equity < lowest) (low, lowest) = (i, equity);
            if (equity > highest) (high, highest) = (i, equity);
        }

        return new() { Low = new(timesMs[low], lowest), High = new(timesMs[high], highest) };
    }

    private void Halve()
    {
        var kept = (_buckets.Length + 1) / 2;
        for (var i = 0; i < kept; i++)
            _buckets[i] = (2 * i) + 1 < _buckets.Length ? Merge(_buckets[2 * i], _buckets[(2 * i) + 1]) : _buckets[2 * i];
        _width *= 2;
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
    }
}
