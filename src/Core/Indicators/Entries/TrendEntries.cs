using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class TrendEntries
{
    private const string Wilder = "J. W. Wilder, New Concepts in Technical Trading Systems, 1978";

    public static IEnumerable<Indicator> All => [.. Strength, .. Stops, .. OfSeries];

    private static Indicator[] Strength =>
    [
        new()
        {
            Name = "adx", Title = "Average directional index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)],
            Outputs =
            [
                Out("adx", IndicatorPane.Own, a => (2 * a.Int(0)) - 1),
                Out("plus", IndicatorPane.Own, a => a.Int(0)),
                Out("minus", IndicatorPane.Own, a => a.Int(0)),
            ],
            Formula = "plus and minus = 100 * rma(up or down move, n) / rma(tr, n), of the two moves only the greater counts, and only above 0; "
                + "adx = rma(100 * |plus - minus| / (plus + minus), n), 0 where neither moves (Tulip's sums start one row earlier)",
            Source = Wilder,
            Make = Candles<Adx, Three>(a => new Adx(a.Int(0))),
        },
        new()
        {
            Name = "aroon", Title = "Aroon", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)],
            Outputs = [Out("up", IndicatorPane.Own, a => a.Int(0)), Out("down", IndicatorPane.Own, a => a.Int(0))],
            Formula = "100 * (n - rows since the highest high or lowest low of n+1 candles) / n; of equal extremes the latest counts",
            Source = "T. Chande, TASC 13:9, 1995",
            CostGrowsWithWindow = true,
            Make = Candles<Aroon, Two>(a => new Aroon(a.Int(0))),
        },
        new()
        {
            Name = "vortex", Title = "Vortex indicator", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)],
            Outputs = [Out("plus", IndicatorPane.Own, a => a.Int(0)), Out("minus", IndicatorPane.Own, a => a.Int(0))],
            Formula = "plus = sum of |high - low[1]| / sum of tr, minus = sum of |low - high[1]| / sum of tr, over n",
            Source = "E. Botes, D. Siepman, The Vortex Indicator, TASC 28:1, 2010",
            Make = Candles<Vortex, Two>(a => new Vortex(a.Int(0))),
        },
        new()
        {
            Name = "ichimoku", Title = "Ichimoku cloud", Input = IndicatorInput.Candles,
            Parameters = [Rows("conversion", 9), Rows("base", 26), Rows("slow", 52)],
            Outputs =
            [
                Out("conversion", IndicatorPane.Price, a => a.Int(0) - 1),
                Out("base", IndicatorPane.Price, a => a.Int(1) - 1),
                Out("spanA", IndicatorPane.Price, a => Math.Max(a.Int(0), a.Int(1)) + a.Int(1) - 1),
                Out("spanB", IndicatorPane.Price, a => a.Int(2) + a.Int(1) - 1),
            ],
            Formula = "conversion, base = middle of the range of their windows; spanA = (conversion + base) / 2 and spanB = middle of the slow window, both as drawn "
                + "at this candle: of base rows ago. The lagging span is the close drawn back and is no value of this candle",
            Source = "G. Hosoda, Ichimoku Kinko Hyo, 1969",
            Make = Candles<Ichimoku, Four>(a => new Ichimoku(a.Int(0), a.Int(1), a.Int(2))),
        },
    ];

    private static Indicator[] Stops =>
    [
        new()
        {
            Name = "psar", Title = "Parabolic stop and reverse", Input = IndicatorInput.Candles,
            Parameters = [Number("step", 0.02, 0.0001, 1), Number("max", 0.2, 0.0001, 1)],
            Outputs = Value(IndicatorPane.Price, _ => 1),
            Formula = "stop = before + weight * (extreme - before), never beyond the two candles before; weight grows by step with each new extreme up to max; "
                + "touched, it turns and stands at the extreme. Starts long when the second candle's middle is not below the first's, at the first's low",
            Source = Wilder,
            Make = Candles(a => new ParabolicSar(a[0], a[1])),
        },
        new()
        {
            Name = "supertrend", Title = "SuperTrend", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 10), Number("k", 3, 0, 100)],
            Outputs = [Out("line", IndicatorPane.Price, a => a.Int(0)), Out("trend", IndicatorPane.Own, a => a.Int(0))],
            Formula = "bands hl2 ± k*atr(n); the upper only falls while closes stay at or below it, the lower only rises while they stay at or above it; a close beyond the band "
                + "in force turns the trend. line = lower in an up trend (trend 1), upper in a down trend (-1). Starts up when the close is not below hl2",
            Source = "O. Seban, Tout le monde mérite d'être riche, 2008",
            Make = Candles<Supertrend, Two>(a => new Supertrend(a.Int(0), a[1])),
        },
    ];

    private static Indicator[] OfSeries =>
    [
        new()
        {
            Name = "trix", Title = "TRIX", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 15)], Outputs = Value(IndicatorPane.Own, a => (3 * (a.Int(0) - 1)) + 1),
            Formula = "roc(ema(ema(ema(x, n), n), n), 1)", Source = "J. Hutson, Good TRIX, TASC 1:5, 1983",
            Make = Series(a => new Trix(a.Int(0))),
        },
        new()
        {
            Name = "dpo", Title = "Detrended price oscillator", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0) - 1, (a.Int(0) / 2) + 1)),
            Formula = "x[n/2 + 1] - sma(x, n), n/2 a whole number; looks at no later candle", Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 119",
            Make = Series(a => new Dpo(a.Int(0))),
        },
        new()
        {
            Name = "vhf", Title = "Vertical horizontal filter", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 28)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "(highest(x, n) - lowest(x, n)) / sum of |x - x[1]| over n", Source = "A. White, Futures, August 1991",
            Make = Series(a => new VerticalFilter(a.Int(0))),
        },
    ];
}
