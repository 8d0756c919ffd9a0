using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class MomentumEntries
{
    private const string Achelis = "S. Achelis, Technical Analysis from A to Z, 2nd ed., ";

    public static IEnumerable<Indicator> All => [.. OfSeries, .. OfAverages, .. OfRanges, .. OfCandles];

    private static Indicator[] OfSeries =>
    [
        new()
        {
            Name = "rsi", Title = "Relative strength index", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100*g/(g+l), g and l = rma(n) of gains and losses from row to row; 100 without losses",
            Source = "J. W. Wilder, New Concepts in Technical Trading Systems, 1978",
            Make = Series(a => new Rsi(a.Int(0))),
        },
        new()
        {
            Name = "stochrsi", Title = "Stochastic RSI", Input = IndicatorInput.Series,
            Parameters = [Rows("rsi", 14), Rows("n", 14), Rows("smooth", 3), Rows("signal", 3)],
            Outputs =
            [
                Out("k", IndicatorPane.Own, a => a.Int(0) + a.Int(1) + a.Int(2) - 2),
                Out("d", IndicatorPane.Own, a => a.Int(0) + a.Int(1) + a.Int(2) + a.Int(3) - 3),
            ],
            Formula = "k = sma(place of rsi(x, rsi) between its least and greatest of n rows, smooth), 0 to 100, 0 where they are one; d = sma(k, signal)",
            Source = "T. Chande, S. Kroll, The New Technical Trader, 1994",
            Make = Series<StochRsi, Two>(a => new StochRsi(a.Int(0), a.Int(1), a.Int(2), a.Int(3))),
        },
        new()
        {
            Name = "roc", Title = "Rate of change", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * (x - x[n]) / x[n]", Source = Achelis + "p. 243",
            Make = Series(a => new PercentChange(a.Int(0))),
        },
        new()
        {
            Name = "mom", Title = "Momentum", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 10)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "x - x[n]", Source = Achelis + "p. 197",
            Make = Series(a => new Change(a.Int(0))),
        },
        new()
        {
            Name = "cmo", Title = "Chande momentum oscillator", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * (gains - losses) / (gains + losses), sums over n; unknown without movement",
            Source = "T. Chande, S. Kroll, The New Technical Trader, 1994",
            Make = Series(a => new Cmo(a.Int(0))),
        },
        new()
        {
            Name = "fosc", Title = "Forecast oscillator", Input = IndicatorInput.Series,
            Parameters = [Rows("n", 5, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * (x - f) / x, f what the row before forecast: linreg(n) + linreg_slope(n)", Source = Achelis + "p. 147",
            Make = Series(a => new ForecastOscillator(a.Int(0))),
        },
    ];

    private static Indicator[] OfAverages =>
    [
        new()
        {
            Name = "macd", Title = "Moving average convergence/divergence", Input = IndicatorInput.Series,
            Parameters = [Rows("fast", 12), Rows("slow", 26), Rows("signal", 9)],
            Outputs = LineAndSignal("line", "histogram"),
            Formula = "line = ema(x, fast) - ema(x, slow); signal = ema(line, signal), started with the mean of the line's first values; histogram = line - signal "
                + "(Tulip starts its averages with the first value and uses weights 0.15 and 0.075 for 12 and 26)",
            Source = "G. Appel, The Moving Average Convergence-Divergence Trading Method, 1985",
            Make = Series<Macd, Three>(a => new Macd(a.Int(0), a.Int(1), a.Int(2))),
        },
        new()
        {
            Name = "ppo", Title = "Percentage price oscillator", Input = IndicatorInput.Series,
            Parameters = [Rows("fast", 12), Rows("slow", 26), Rows("signal", 9)],
            Outputs = LineAndSignal("line", "histogram"),
            Formula = "line = 100 * (ema(x, fast) - ema(x, slow)) / ema(x, slow); signal = ema(line, signal); histogram = line - signal",
            Source = "G. Appel, Technical Analysis: Power Tools for Active Investors, 2005",
            Make = Series<Ppo, Three>(a => new Ppo(a.Int(0), a.Int(1), a.Int(2))),
        },
        new()
        {
            Name = "tsi", Title = "True strength index", Input = IndicatorInput.Series,
            Parameters = [Rows("slow", 25), Rows("fast", 13), Rows("signal", 7)],
            Outputs =
            [
                Out("line", IndicatorPane.Own, a => a.Int(0) + a.Int(1) - 1),
                Out("signal", IndicatorPane.Own, a => a.Int(0) + a.Int(1) + a.Int(2) - 2),
            ],
            Formula = "line = 100 * ema(ema(m, slow), fast) / ema(ema(|m|, slow), fast), m = x - x[1]; signal = ema(line, signal)",
            Source = "W. Blau, Momentum, Direction, and Divergence, 1995",
            Make = Series<Tsi, Two>(a => new Tsi(a.Int(0), a.Int(1), a.Int(2))),
        },
    ];

    private static Indicator[] OfRanges =>
    [
        new()
        {
            Name = "stoch", Title = "Stochastic oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("k", 14), Rows("smooth", 3), Rows("d", 3)],
            Outputs =
            [
                Out("k", IndicatorPane.Own, a => a.Int(0) + a.Int(1) - 2),
                Out("d", IndicatorPane.Own, a => a.Int(0) + a.Int(1) + a.Int(2) - 3),
            ],
            Formula = ".k = sma(100 * (close - lowest low) / (highest high - lowest low) over k rows, smooth), 0 for a flat window; .d = sma(.k, d)",
            Source = "G. Lane, Lane's Stochastics, TASC 2:3, 1984",
            Make = Candles<Stoch, Two>(a => new Stoch(a.Int(0), a.Int(1), a.Int(2))),
        },
        new()
        {
            Name = "williams", Title = "Williams %R", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "-100 * (highest high - close) / (highest high - lowest low) over n rows; -100 for a flat window",
            Source = "L. Williams, How I Made One Million Dollars, 1979",
            Make = Candles(a => new Williams(a.Int(0))),
        },
        new()
        {
            Name = "cci", Title = "Commodity channel index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "(hlc3 - sma(hlc3, n)) / (0.015 * mean absolute deviation over n); unknown without deviation",
            Source = "D. Lambert, Commodity Channel Index, Commodities, October 1980",
            CostGrowsWithWindow = true,
            Make = Candles(a => new Cci(a.Int(0))),
        },
        new()
        {
            Name = "fisher", Title = "Fisher transform", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 9)],
            Outputs = [Out("line", IndicatorPane.Own, a => a.Int(0) - 1), Out("signal", IndicatorPane.Own, a => a.Int(0) - 1)],
            Formula = "line = 0.5*ln((1+v)/(1-v)) + 0.5*line[1], v = 0.66*(p - 0.5) + 0.67*v[1], p the place of hl2 in its range of n rows (0.5 when flat), "
                + "|v| above 0.99 is 0.999; both start at 0; signal = line[1]",
            Source = "J. Ehlers, Using the Fisher Transform, TASC 20:11, 2002",
            Make = Candles<Fisher, Two>(a => new Fisher(a.Int(0))),
        },
    ];

    private static Indicator[] OfCandles =>
    [
        new()
        {
            Name = "uo", Title = "Ultimate oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("fast", 7), Rows("middle", 14), Rows("slow", 28)],
            Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0), Math.Max(a.Int(1), a.Int(2)))),
            Formula = "100 * (4*A + 2*B + C) / 7, each the sum of close - min(low, close[1]) over the sum of true range, for the three windows",
            Source = "L. Williams, The Ultimate Oscillator, TASC 3:4, 1985",
            Make = Candles(a => new UltimateOscillator(a.Int(0), a.Int(1), a.Int(2))),
        },
        new()
        {
            Name = "ao", Title = "Awesome oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("fast", 5), Rows("slow", 34)],
            Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) - 1),
            Formula = "sma(hl2, fast) - sma(hl2, slow)", Source = "B. Williams, New Trading Dimensions, 1998",
            Make = Candles(a => new AwesomeOscillator(a.Int(0), a.Int(1))),
        },
        new()
        {
            Name = "bop", Title = "Balance of power", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "sma((close - open) / (high - low), n), 0 for a candle without range; n = 1 is the raw value",
            Source = "I. Livshin, Balance of Market Power, TASC 19:8, 2001",
            Make = Candles(a => new BalanceOfPower(a.Int(0))),
        },
        new()
        {
            Name = "qstick", Title = "QStick", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 8)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "sma(close - open, n)", Source = "T. Chande, S. Kroll, The New Technical Trader, 1994",
            Make = Candles(a => new QStick(a.Int(0))),
        },
    ];

    private static IReadOnlyList<IndicatorOutput> LineAndSignal(string line, string rest) =>
    [
        Out(line, IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) - 1),
        Out("signal", IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) + a.Int(2) - 2),
        Out(rest, IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) + a.Int(2) - 2),
    ];
}
