using System.Runtime.Intrinsics;

namespace Lastro.Core.Indicators;

/// <summary>
/// The mean of windows up to <see cref="LongestWindow"/>: the values of each are added oldest first, as the definition reads, eight windows side
/// by side, so that it costs no more than sums carried from row to row. Then two averages that are equal on paper compare as they do
/// for everybody who adds in that order (prices of few digits tie often), and shared/fixtures/backtest is met. One row is the same code.
/// </summary>
internal sealed class MeanRun : IndicatorRun
{
    /// <summary>Longer windows are summed in blocks.</summary>
    private const int LongestWindow = 64;

    private const int Portion = 512;
    private const int Lanes = 8;

    private readonly double[] _one = new double[1];
    private readonly double[] _mean = new double[1];

    // The last n - 1 known values, then those of the portion, then room for lanes behind the last row.
    private readonly double[] _values;
    private readonly double[] _means = new double[Portion + Lanes];
    private readonly int _rows;
    private int _missing;

    private MeanRun(int rows)
    {
        (_rows, _missing) = (rows, rows - 1);
        _values = new double[rows - 1 + Portion + Lanes];
    }

    /// <summary>The mean of the last <paramref name="rows"/> values.</summary>
    public static IndicatorRun Of(int rows) => rows <= LongestWindow ? new MeanRun(rows) : new SeriesRun<Sma, One>(new Sma(rows));

    public override void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs)
    {
        Expect(1, series.Length, "series");
        Expect(1, outputs.Length, "outputs");
        _one[0] = series[0];
        Fill(_one, _mean);
        outputs[0] = _mean[0];
    }

    public override void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs)
    {
        Expect(1, series.Length, "series");
        Expect(1, outputs.Length, "outputs");
        var from = series[0].AsSpan(0, rows);
        var to = outputs[0].AsSpan(0, rows);
        for (var at = 0; at < rows; at += Portion)
        {
            var count = Math.Min(Portion, rows - at);
            Fill(from.Slice(at, count), to.Slice(at, count));
        }
    }

    // An unknown value gives an unknown mean and is in no window.
    private void Fill(ReadOnlySpan<double> from, Span<double> to)
    {
        var history = _rows - 1;
        var known = 0;
        foreach (var value in from)
        {
            if (double.IsFinite(value))
                _values[history + known++] = value;
        }

        if (known == from.Length)
        {
            Means(known);
            _means.AsSpan(0, known).CopyTo(to);
        }
        else
        {
            // The output may be the input: what is known is asked before it is overwritten.
            Means(known);
            for (int row = 0, next = 0; row < from.Length; row++)
                to[row] = double.IsFinite(from[row]) ? _means[next++] : double.NaN;
        }

        Array.Copy(_values, known, _values, 0, history);
    }

    private void Means(int count)
    {
        for (var row = 0; row < count; row += Lanes)
        {
            var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
            var window = _values.AsSpan(row, _rows - 1 + Lanes);
            for (var at = 0; at < _rows; at++)
            {
                first += Vector256.Create<double>(window[at..]);
                second += Vector256.Create<double>(window[(at + 4)..]);
            }

            Known(first / Vector256.Create((double)_rows)).CopyTo(_means, row);
            Known(second / Vector256.Create((double)_rows)).CopyTo(_means, row + 4);
        }

        var unknown = Math.Min(_missing, count);
        _means.AsSpan(0, unknown).Fill(double.NaN);
        _missing -= unknown;
    }

    private static Vector256<double> Known(Vector256<double> means) =>
        Vector256.ConditionalSelect(Vector256.Equals(means - means, Vector256<double>.Zero), means, Vector256.Create(double.NaN));
}

/// <summary>Bollinger's bands around the average of their length, to the bit.</summary>
internal sealed class BollingerRun(int rows, double width) : IndicatorRun
{
    private readonly IndicatorRun _middle = MeanRun.Of(rows);
    private readonly PairRun<Bollinger, Five> _bands = new(new Bollinger(rows, width));
    private readonly double[] _pair = new double[2];

    public override void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs)
    {
        Expect(1, series.Length, "series");
        _pair[0] = series[0];
        _middle.Next(bar, series, _pair.AsSpan(1));
        _bands.Next(bar, _pair, outputs);
    }

    public override void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs)
    {
        Expect(1, series.Length, "series");
        Expect(Five.Count, outputs.Length, "outputs");
        // The means wait where the bands will be written, row for row after they were read; an output may be the input.
        var means = outputs[1] == series[0] ? outputs[0] : outputs[1];
        _middle.Fill(rows, null, series, [means]);
        _bands.Fill(rows, null, [series[0], means], outputs);
    }
}
