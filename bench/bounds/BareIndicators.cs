namespace Lastro.Bounds;

/// <summary>The least each indicator must do: one loop over a column, no unknown values, no state kept for another row. The deviation loses digits.</summary>
internal static class BareIndicators
{
    public static void Ema(double[] x, double[] to, int n)
    {
        var (weight, sum) = (2.0 / (n + 1), 0.0);
        for (var row = 0; row < n; row++) sum += x[row];
        var value = sum / n;
        to[n - 1] = value;
        for (var row = n; row < x.Length && row < to.Length; row++)
        {
            value = (value * (1 - weight)) + (x[row] * weight);
            to[row] = value;
        }
    }

    public static void Sma(double[] x, double[] to, int n)
    {
        var (sum, share) = (0.0, 1.0 / n);
        for (var row = 0; row < n; row++) sum += x[row];
        for (var row = n; row < x.Length && row < to.Length; row++)
        {
            sum += x[row] - x[row - n];
            to[row] = sum * share;
        }
    }

    public static void StdDev(double[] x, double[] to, int n)
    {
        var (sum, squares, share) = (0.0, 0.0, 1.0 / n);
        for (var row = 0; row < n; row++)
        {
            sum += x[row];
            squares += x[row] * x[row];
        }

        for (var row = n; row < x.Length && row < to.Length; row++)
        {
            var (new1, old) = (x[row], x[row - n]);
            sum += new1 - old;
            squares += (new1 * new1) - (old * old);
            var mean = sum * share;
            to[row] = Math.Sqrt(Math.Max(0, (squares * share) - (mean * mean)));
        }
    }

    public static void Rsi(double[] x, double[] to, int n)
    {
        var (gain, loss, weight) = (0.0, 0.0, 1.0 / n);
        for (var row = 1; row < x.Length && row < to.Length; row++)
        {
            var move = x[row] - x[row - 1];
            gain = (gain * (1 - weight)) + (0.5 * (Math.Abs(move) + move) * weight);
            loss = (loss * (1 - weight)) + (0.5 * (Math.Abs(move) - move) * weight);
            to[row] = 100 * gain / (gain + loss);
        }
    }

    public static void Atr(double[] high, double[] low, double[] close, double[] to, int n)
    {
        var (value, weight) = (0.0, 1.0 / n);
        for (var row = 1; row < high.Length && row < low.Length && row < close.Length && row < to.Length; row++)
        {
            var before = close[row - 1];
            value = (value * (1 - weight)) + ((double.MaxNative(high[row], before) - double.MinNative(low[row], before)) * weight);
            to[row] = value;
        }
    }

    public static void Macd(double[] x, double[] line, double[] signal, double[] histogram)
    {
        var (fast, slow, smooth) = (x[0], x[0], 0.0);
        for (var row = 1; row < x.Length && row < line.Length && row < signal.Length && row < histogram.Length; row++)
        {
            fast = (fast * (11 / 13.0)) + (x[row] * (2 / 13.0));
            slow = (slow * (25 / 27.0)) + (x[row] * (2 / 27.0));
            smooth = (smooth * 0.8) + ((fast - slow) * 0.2);
            line[row] = fast - slow;
            signal[row] = smooth;
            histogram[row] = fast - slow - smooth;
        }
    }
}
