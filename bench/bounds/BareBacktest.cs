namespace Lastro.Bounds;

/// <summary>The least a backtest must do: one loop that knows its strategy, running sums, equity and drawdown of each candle, no unknown values, no trades kept.</summary>
internal static class BareBacktest
{
    private const double Kept = 1 - 0.001;

    /// <summary>Averages 10 and 30 cross, next open, fee.</summary>
    public static (double Cash, double Drawdown, int Trades) Cross(double[] open, double[] close)
    {
        const int fastRows = 10, slowRows = 30;
        var (fastSum, slowSum) = (0.0, 0.0);
        for (var row = 0; row < slowRows; row++)
        {
            slowSum += close[row];
            if (row >= slowRows - fastRows) fastSum += close[row];
        }

        var (cash, quantity, peak, deepest, trades, pending) = (10_000.0, 0.0, 10_000.0, 1.0, 0, 0);
        var isAbove = fastSum * 3 > slowSum;
        for (var row = slowRows; row < close.Length && row < open.Length; row++)
        {
            if (pending != 0)
            {
                if (pending > 0) (quantity, cash) = (cash / open[row] * Kept, 0);
                else (cash, quantity, trades) = (quantity * open[row] * Kept, 0, trades + 1);
                pending = 0;
            }

            fastSum += close[row] - close[row - fastRows];
            slowSum += close[row] - close[row - slowRows];
            var above = fastSum * 3 > slowSum;
            if (above != isAbove)
                pending = above ? (quantity == 0 ? 1 : 0) : (quantity > 0 ? -1 : 0);
            isAbove = above;
            var equity = cash + (quantity * close[row]);
            if (equity > peak) peak = equity;
            else if (equity < deepest * peak) deepest = equity / peak;
        }

        return (cash + (quantity * close[^1]), 1 - deepest, trades);
    }

    /// <summary>RSI 14 below 30 buys, above 70 sells; +15 %, -3 % inside the candle.</summary>
    public static (double Cash, double Drawdown, int Trades) Rsi(double[] open, double[] high, double[] low, double[] close)
    {
        var (gain, loss, cash, quantity, peak, deepest, trades) = (0.0, 0.0, 10_000.0, 0.0, 10_000.0, 1.0, 0);
        var (stop, target, pending) = (0.0, 0.0, 0);
        for (var row = 1; row < close.Length && row < open.Length && row < high.Length && row < low.Length; row++)
        {
            if (pending > 0)
            {
                (quantity, cash, stop, target) = (cash / open[row] * Kept, 0, open[row] * 0.97, open[row] * 1.15);
                pending = 0;
            }
            else if (pending < 0)
            {
                (cash, quantity, trades, pending) = (quantity * open[row] * Kept, 0, trades + 1, 0);
            }

            if (quantity > 0 && (low[row] <= stop || high[row] >= target))
                (cash, quantity, trades) = (quantity * (low[row] <= stop ? Math.Min(open[row], stop) : Math.Max(open[row], target)) * Kept, 0, trades + 1);
            var move = close[row] - close[row - 1];
            gain = (gain * (13.0 / 14)) + (0.5 * (Math.Abs(move) + move) * (1.0 / 14));
            loss = (loss * (13.0 / 14)) + (0.5 * (Math.Abs(move) - move) * (1.0 / 14));
            if (quantity > 0 ? gain * 3 > loss * 7 : gain * 7 < loss * 3)
                pending = quantity > 0 ? -1 : 1;
            var equity = cash + (quantity * close[row]);
            if (equity > peak) peak = equity;
            else if (equity < deepest * peak) deepest = equity / peak;
        }

        return (cash + (quantity * close[^1]), 1 - deepest, trades);
    }

    /// <summary>A cross of two columns that are there already.</summary>
    public static (double Cash, double Drawdown, int Trades) Cross(double[] open, double[] close, double[] fast, double[] slow)
    {
        var (cash, quantity, peak, deepest, trades, pending) = (10_000.0, 0.0, 10_000.0, 1.0, 0, 0);
        var isAbove = false;
        for (var row = 200; row < close.Length && row < open.Length && row < fast.Length && row < slow.Length; row++)
        {
            if (pending != 0)
            {
                if (pending > 0) (quantity, cash) = (cash / open[row] * Kept, 0);
                else (cash, quantity, trades) = (quantity * open[row] * Kept, 0, trades + 1);
                pending = 0;
            }

            var above = fast[row] > slow[row];
            if (above != isAbove)
                pending = above ? (quantity == 0 ? 1 : 0) : (quantity > 0 ? -1 : 0);
            isAbove = above;
            var equity = cash + (quantity * close[row]);
            if (equity > peak) peak = equity;
            else if (equity < deepest * peak) deepest = equity / peak;
        }

        return (cash + (quantity * close[^1]), 1 - deepest, trades);
    }
}
