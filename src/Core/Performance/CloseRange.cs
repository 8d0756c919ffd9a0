using System.Runtime.Intrinsics;

namespace Lastro.Core.Performance;

/// <summary>
/// Lowest and highest equity of rows that share cash and quantity. Rounded arithmetic keeps the order of its operands, so they are
/// the equities of the lowest and the highest close.
/// </summary>
internal static class CloseRange
{
    public static (double Low, double High) Of(double cash, double quantity, ReadOnlySpan<double> closes)
    {
        var (low, high) = OfCloses(closes);
        var (a, b) = (cash + (quantity * low), cash + (quantity * high));
        return (Math.Min(a, b), Math.Max(a, b));
    }

    private static (double Low, double High) OfCloses(ReadOnlySpan<double> closes)
    {
        var (low, high, at) = (closes[0], closes[0], 1);
        if (closes.Length >= Vector256<double>.Count)
        {
            var lows = Vector256.Create(closes);
            var highs = lows;
            for (at = Vector256<double>.Count; at <= closes.Length - Vector256<double>.Count; at += Vector256<double>.Count)
            {
                var next = Vector256.Create(closes[at..]);
                lows = Vector256.Min(lows, next);
                highs = Vector256.Max(highs, next);
            }

            low = Math.Min(Math.Min(lows[0], lows[1]), Math.Min(lows[2], lows[3]));
            high = Math.Max(Math.Max(highs[0], highs[1]), Math.Max(highs[2], highs[3]));
        }

        for (; at < closes.Length; at++)
            (low, high) = (Math.Min(low, closes[at]), Math.Max(high, closes[at]));
        return (low, high);
    }
}
