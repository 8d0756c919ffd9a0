using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class AverageEntries
{
    private const string Murphy = "J. Murphy, Technical Analysis of the Financial Markets, 1999, ch. 9";
    private const string Mulloy = "P. Mulloy, Smoothing Data with Faster Moving Averages, TASC 12:1, 1994";

    public static IEnumerable<Indicator> All => [.. Plain, .. Fast, .. Weighted];

    private static Indicator[] Plain =>
    [
        new()
        {
            Name = "sma", Title = "Simple moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "mean of the last n values", Source = Murphy,
            Make = a => MeanRun.Of(a.Int(0)),
        },
        new()
        {
            Name = "ema", Title = "Exponential moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "ema = before + (x - before) * 2/(n+1); starts with the mean of the first n values (Tulip starts with the first value)",
            Source = Murphy,
            Make = Series(a => Smoothing.Ema(a.Int(0))),
        },
        new()
        {
            Name = "rma", Title = "Wilder's smoothing", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "rma = (before * (n-1) + x) / n; starts with the mean of the first n values",
            Source = "J. W. Wilder, New Concepts in Technical Trading Systems, 1978",
            Make = Series(a => Smoothing.Wilder(a.Int(0))),
        },
        new()
        {
            Name = "wma", Title = "Weighted moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "sum of w * x over n rows / (n(n+1)/2), weight w from 1 (oldest) to n (newest)", Source = Murphy,
            Make = Series(a => new Wma(a.Int(0))),
        },
        new()
        {
            Name = "trima", Title = "Triangular moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "sma(sma(x, a), b) with a = (n+1)/2 and b = n - a + 1, whole numbers",
            Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 211",
            Make = Series(a => new Trima(a.Int(0))),
        },
    ];

    private static Indicator[] Fast =>
    [
        new()
        {
            Name = "dema", Title = "Double exponential moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.OfSeries, a => 2 * (a.Int(0) - 1)),
            Formula = "2*e1 - e2, e1 = ema(x, n), e2 = ema(e1, n)", Source = Mulloy,
            Make = Series(a => new Dema(a.Int(0))),
        },
        new()
        {
            Name = "tema", Title = "Triple exponential moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.OfSeries, a => 3 * (a.Int(0) - 1)),
            Formula = "3*e1 - 3*e2 + e3, each the ema(n) of the one before", Source = Mulloy,
            Make = Series(a => new Tema(a.Int(0))),
        },
        new()
        {
            Name = "t3", Title = "Tillson's T3", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 5), Number("v", 0.7, 0, 1)],
            Outputs = Value(IndicatorPane.OfSeries, a => 6 * (a.Int(0) - 1)),
            Formula = "GD(GD(GD(x))), GD(y) = (1+v)*ema(y,n) - v*ema(ema(y,n),n), multiplied out over six chained ema(n)",
            Source = "T. Tillson, Smoothing Techniques for More Accurate Signals, TASC 16:1, 1998",
            Make = Series(a => new T3(a.Int(0), a[1])),
        },
        new()
        {
            Name = "hma", Title = "Hull moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 16, least: 2)],
            Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) + Hma.RootOf(a.Int(0)) - 2),
            Formula = "wma(2*wma(x, n/2) - wma(x, n), floor(sqrt n)), n/2 a whole number rounded down",
            Source = "A. Hull, How to reduce lag in a moving average, 2005",
            Make = Series(a => new Hma(a.Int(0))),
        },
        new()
        {
            Name = "zlema", Title = "Zero-lag exponential moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)],
            Outputs = Value(IndicatorPane.OfSeries, a => Zlema.LagOf(a.Int(0)) + a.Int(0) - 1),
            Formula = "ema(2*x - x[lag], n), lag = (n-1)/2 rounded down",
            Source = "J. Ehlers, R. Way, Zero Lag (Well, Almost), 2010",
            Make = Series(a => new Zlema(a.Int(0))),
        },
        new()
        {
            Name = "kama", Title = "Kaufman's adaptive moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 10), Rows("fast", 2), Rows("slow", 30)],
            Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0)),
            Formula = "kama = before + c*c*(x - before), c = e*(2/(fast+1) - 2/(slow+1)) + 2/(slow+1), e = |x - x[n]| / sum of |x - x[1]| over n rows "
                + "(0 without movement); starts from the value before its first row",
            Source = "P. Kaufman, Smarter Trading, 1995",
            Make = Series(a => new Kama(a.Int(0), a.Int(1), a.Int(2))),
        },
    ];

    private static Indicator[] Weighted =>
    [
        new()
        {
            Name = "alma", Title = "Arnaud Legoux moving average", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 9), Number("offset", 0.85, 0, 1), Number("sigma", 6, 0.1, 100)],
            Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "mean weighted with exp(-(i - m)^2 / (2 s^2)), i from 0 (oldest), m = offset*(n-1) not rounded, s = n/sigma",
            Source = "A. Legoux, D. Kouzis-Loukas, ALMA, 2009",
            CostGrowsWithWindow = true,
            Make = Series(a => new Alma(a.Int(0), a[1], a[2])),
        },
        new()
        {
            Name = "linreg", Title = "Linear regression, end of the line", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14, least: 2)], Outputs = Value(IndicatorPane.OfSeries, a => a.Int(0) - 1),
            Formula = "least-squares line through the last n values, taken at the newest",
            Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 173",
            Make = Series(a => new LinearEnd(a.Int(0))),
        },
        new()
        {
            Name = "linreg_slope", Title = "Linear regression, slope", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "slope per row of the least-squares line through the last n values",
            Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 173",
            Make = Series(a => new LinearSlope(a.Int(0))),
        },
        new()
        {
            Name = "vwma", Title = "Volume-weighted moving average", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Price, a => a.Int(0) - 1),
            Formula = "sum of close*volume over n / sum of volume over n; unknown without volume",
            Source = "B. Fries, R. Arms, Volume-weighted moving averages, 1995",
            Make = Candles(a => new Vwma(a.Int(0))),
        },
        new()
        {
            Name = "vwap", Title = "Volume-weighted average price, rolling", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Price, a => a.Int(0) - 1),
            Formula = "sum of hlc3*volume over n / sum of volume over n; unknown without volume",
            Source = "S. Berkowitz, D. Logue, E. Noser, The Total Cost of Transactions on the NYSE, 1988",
            Make = Candles(a => new Vwap(a.Int(0))),
        },
        new()
        {
            Name = "vwap_session", Title = "Volume-weighted average price of the session", Input = IndicatorInput.Candles,
            Parameters = [new("hours", 24, 1, 168, Whole: true)], Outputs = Value(IndicatorPane.Price, _ => 0),
            Formula = "sum of hlc3*volume / sum of volume since the session began; sessions are cut from the epoch, 24 h is the UTC day",
            Source = "S. Berkowitz, D. Logue, E. Noser, The Total Cost of Transactions on the NYSE, 1988",
            WarmUpDependsOnData = true,
            Make = Candles(a => new SessionVwap(a.Int(0))),
        },
    ];
}
