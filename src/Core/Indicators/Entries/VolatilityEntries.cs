using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class VolatilityEntries
{
    private const string Wilder = "J. W. Wilder, New Concepts in Technical Trading Systems, 1978";

    public static IEnumerable<Indicator> All => [.. Ranges, .. Channels, .. Deviations];

    private static Indicator[] Ranges =>
    [
        new()
        {
            Name = "tr", Title = "True range", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 1),
            Formula = "max(high, close[1]) - min(low, close[1]); needs a previous close (Tulip and ChartSchool take high - low in the first row)",
            Source = Wilder,
            Make = Candles(_ => new TrueRange()),
        },
        new()
        {
            Name = "atr", Title = "Average true range", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "rma(tr, n)", Source = Wilder,
            Make = Candles(a => new Atr(a.Int(0))),
        },
        new()
        {
            Name = "natr", Title = "Normalized average true range", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * atr(n) / close", Source = "J. Forman, Cross-Market Evaluations With Normalized Average True Range, TASC 24:5, 2006",
            Make = Candles(a => new Natr(a.Int(0))),
        },
        new()
        {
            Name = "chop", Title = "Choppiness index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * log10(sum of tr over n / (highest high - lowest low over n)) / log10(n); unknown for a flat window",
            Source = "E. W. Dreiss, 1993; Australian Stock Exchange notes",
            Make = Candles(a => new Chop(a.Int(0))),
        },
        new()
        {
            Name = "mass", Title = "Mass index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 25)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) + 15),
            Formula = "sum over n of e1/e2, e1 = ema(high - low, 9), e2 = ema(e1, 9)", Source = "D. Dorsey, The Mass Index, TASC 10:6, 1992",
            Make = Candles(a => new MassIndex(a.Int(0))),
        },
        new()
        {
            Name = "cvi", Title = "Chaikin volatility", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 10)], Outputs = Value(IndicatorPane.Own, a => (2 * a.Int(0)) - 1),
            Formula = "roc(ema(high - low, n), n)", Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 356",
            Make = Candles(a => new ChaikinVolatility(a.Int(0))),
        },
    ];

    private static Indicator[] Channels =>
    [
        new()
        {
            Name = "bollinger", Title = "Bollinger bands", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20, least: 2), Number("k", 2, 0, 100)],
            Outputs =
            [
                Out("upper", IndicatorPane.OfSeries, a => a.Int(0) - 1),
                Out("middle", IndicatorPane.OfSeries, a => a.Int(0) - 1),
                Out("lower", IndicatorPane.OfSeries, a => a.Int(0) - 1),
                Out("width", IndicatorPane.Own, a => a.Int(0) - 1),
                Out("percentB", IndicatorPane.Own, a => a.Int(0) - 1),
            ],
            Formula = "middle = sma(x, n); upper and lower = middle ± k * stddev(x, n), population; width = (upper - lower) / middle "
                + "(ChartSchool: times 100); percentB = (x - lower) / (upper - lower), unknown without deviation",
            Source = "J. Bollinger, Bollinger on Bollinger Bands, 2001",
            Make = a => new BollingerRun(a.Int(0), a[1]),
        },
        new()
        {
            Name = "keltner", Title = "Keltner channel", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20), Number("k", 2, 0, 100)],
            Outputs =
            [
                Out("upper", IndicatorPane.Price, a => a.Int(0)),
                Out("middle", IndicatorPane.Price, a => a.Int(0) - 1),
                Out("lower", IndicatorPane.Price, a => a.Int(0)),
            ],
            Formula = "middle = ema(close, n); upper and lower = middle ± k * atr(n)", Source = "L. B. Raschke, L. Connors, Street Smarts, 1995",
            Make = Candles<Keltner, Three>(a => new Keltner(a.Int(0), a[1])),
        },
        new()
        {
            Name = "donchian", Title = "Donchian channel", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20)],
            Outputs =
            [
                Out("upper", IndicatorPane.Price, a => a.Int(0) - 1),
                Out("middle", IndicatorPane.Price, a => a.Int(0) - 1),
                Out("lower", IndicatorPane.Price, a => a.Int(0) - 1),
            ],
            Formula = "upper = highest high, lower = lowest low of n candles, this one included; middle = their mean",
            Source = "R. Donchian's four-week rule; C. Faith, Way of the Turtle, 2007",
            Make = Candles<Donchian, Three>(a => new Donchian(a.Int(0))),
        },
    ];

    private static Indicator[] Deviations =>
    [
        new()
        {
            Name = "stddev", Title = "Standard deviation", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "sqrt(mean of (x - mean)^2 over n): population, divided by n", Source = "S. Achelis, Technical Analysis from A to Z, 2nd ed., p. 309",
            Make = Series(a => new StdDev(a.Int(0))),
        },
        new()
        {
            Name = "historical_volatility", Title = "Historical volatility", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 20), Number("year", 365, 1, 600_000)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * stddev(ln(x / x[1]), n) * sqrt(year), population, year = rows in a year; a value not above 0 is unknown "
                + "(others divide by n - 1)",
            Source = "J. Hull, Options, Futures, and Other Derivatives, ch. Estimating volatility",
            Make = Series(a => new HistoricalVolatility(a.Int(0), a[1])),
        },
        new()
        {
            Name = "ulcer", Title = "Ulcer index", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => 2 * (a.Int(0) - 1)),
            Formula = "sqrt(sma(d^2, n)), d = 100 * (x - h) / h, h = highest(x, n) of its own row",
            Source = "P. Martin, B. McCann, The Investor's Guide to Fidelity Funds, 1989",
            Make = Series(a => new Ulcer(a.Int(0))),
        },
    ];
}
