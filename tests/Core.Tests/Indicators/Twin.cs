using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>Naive words for writing a formula as it was published: every row from scratch, whole columns at a time, unknown as NaN.</summary>
internal static class Twin
{
    /// <summary>A function of the last n values, newest last; NaN while one of them is missing.</summary>
    public static double[] Window(double[] x, double n, Func<double[], double> of) => [.. x.Select((_, row) =>
    {
        var from = row - (int)n + 1;
        return from < 0 || x[from..(row + 1)].Any(double.IsNaN) ? double.NaN : of(x[from..(row + 1)]);
    })];

    public static double[] Sma(double[] x, double n) => Window(x, n, window => Sum(window) / window.Length);

    public static double[] Sums(double[] x, double n) => Window(x, n, Sum);

    public static double[] Highest(double[] x, double n) => Window(x, n, window => window.Max());

    public static double[] Lowest(double[] x, double n) => Window(x, n, window => window.Min());

    public static double[] Wma(double[] x, double n) =>
        Window(x, n, window => window.Select((value, index) => value * (index + 1)).Sum() / (n * (n + 1) / 2));

    public static double[] Deviation(double[] x, double n) => Window(x, n, window => Math.Sqrt(Covariance(window, window)));

    public static double[] Ema(double[] x, double n) => Smooth(x, (int)n, 2 / (n + 1));

    public static double[] Rma(double[] x, double n) => Smooth(x, (int)n, 1 / n);

    public static double[] Ago(double[] x, double n) => [.. x.Select((_, row) => row < n ? double.NaN : x[row - (int)n])];

    public static double[] Zip(double[] x, double[] y, Func<double, double, double> of) => [.. x.Zip(y, of)];

    public static double[] Less(double[] x, double[] y) => Zip(x, y, (a, b) => a - b);

    public static double[] Over(double[] x, double[] y) => Zip(x, y, (a, b) => a / b);

    public static double[] Times(double[] x, double[] y) => Zip(x, y, (a, b) => a * b);

    public static double[] Map(double[] x, Func<double, double> of) => [.. x.Select(of)];

    /// <summary>100 * (top - bottom) / basis.</summary>
    public static double[] Percent(double[] top, double[] bottom, double[] basis) => Map(Over(Less(top, bottom), basis), share => 100 * share);

    /// <summary>From an origin of the window, mean first: exact where the textbook's sum of squares is not.</summary>
    public static double Covariance(double[] x, double[] y)
    {
        double[] dx = [.. x.Select(value => value - x[^1])], dy = [.. y.Select(value => value - y[^1])];
        var (mx, my) = (Sum(dx) / dx.Length, Sum(dy) / dy.Length);
        return Sum([.. dx.Zip(dy, (a, b) => (a - mx) * (b - my))]) / dx.Length;
    }

    public static double[] Ranges(CandleColumns t) => [.. t.Close.Select((_, row) => row == 0 ? double.NaN
        : Math.Max(t.High[row] - t.Low[row], Math.Max(Math.Abs(t.High[row] - t.Close[row - 1]), Math.Abs(t.Low[row] - t.Close[row - 1]))))];

    public static double[] Middles(CandleColumns t) => Zip(t.High, t.Low, (high, low) => (high + low) / 2);

    public static double[] Typical(CandleColumns t) => [.. t.Close.Select((close, row) => (t.High[row] + t.Low[row] + close) / 3)];

    /// <summary>Compensated (Neumaier).</summary>
    public static double Sum(double[] values)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    private static double[] Smooth(double[] x, int n, double weight)
    {
        var result = Enumerable.Repeat(double.NaN, x.Length).ToArray();
        var first = Array.FindIndex(x, double.IsFinite);
        if (first < 0 || first + n > x.Length)
            return result;
        result[first + n - 1] = x.Skip(first).Take(n).Average();
        for (var row = first + n; row < x.Length; row++)
            result[row] = result[row - 1] + ((x[row] - result[row - 1]) * weight);
        return result;
    }
}
