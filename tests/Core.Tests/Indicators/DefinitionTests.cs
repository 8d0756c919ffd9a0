using Lastro.Core.Indicators;
using static Lastro.Core.Tests.Indicators.Twin;

namespace Lastro.Core.Tests.Indicators;

/// <summary>
/// Every entry against its formula written from the publication the catalog cites, over candles of chance. What is a difference
/// may vanish: it is right to 1e-9 of itself or to a thousand units in the last place of what it is made of.
/// </summary>
public sealed class DefinitionTests
{
    private static readonly CandleColumns _tape = Tapes.Walk(700, seed: 3);

    private static readonly Dictionary<string, Func<CandleColumns, double[], double[][]>> _formulas = new(StringComparer.Ordinal)
    {
        ["sma"] = (t, n) => [Sma(t.Close, n[0])],
        ["ema"] = (t, n) => [Ema(t.Close, n[0])],
        ["rma"] = (t, n) => [Rma(t.Close, n[0])],
        ["wma"] = (t, n) => [Wma(t.Close, n[0])],
        ["trima"] = (t, n) => [Sma(Sma(t.Close, Math.Floor((n[0] + 1) / 2)), Math.Floor(n[0] / 2) + 1)],
        ["dema"] = (t, n) => [Zip(Ema(t.Close, n[0]), Ema(Ema(t.Close, n[0]), n[0]), (e1, e2) => (2 * e1) - e2)],
        ["tema"] = (t, n) => [Zip(Less(Ema(t.Close, n[0]), Ema(Ema(t.Close, n[0]), n[0])), Ema(Ema(Ema(t.Close, n[0]), n[0]), n[0]), (d, e3) => (3 * d) + e3)],
        ["t3"] = (t, n) => [Tillson(t.Close, n)],
        ["hma"] = (t, n) => [Wma(Zip(Wma(t.Close, Math.Floor(n[0] / 2)), Wma(t.Close, n[0]), (half, whole) => (2 * half) - whole), Math.Floor(Math.Sqrt(n[0])))],
        ["zlema"] = (t, n) => [Ema(Zip(t.Close, Ago(t.Close, Math.Floor((n[0] - 1) / 2)), (x, ago) => x + (x - ago)), n[0])],
        ["kama"] = (t, n) => [Kaufman(t.Close, n)],
        ["alma"] = (t, n) => [Window(t.Close, n[0], w => Legoux(w, n))],
        ["linreg"] = (t, n) => [Window(t.Close, n[0], w => Line(w).End)],
        ["linreg_slope"] = (t, n) => [Window(t.Close, n[0], w => Line(w).Slope)],
        ["vwma"] = (t, n) => [Over(Sums(Times(t.Close, t.Volume), n[0]), Sums(t.Volume, n[0]))],
        ["vwap"] = (t, n) => [Over(Sums(Times(Typical(t), t.Volume), n[0]), Sums(t.Volume, n[0]))],
        ["vwap_session"] = (t, n) => [BySession(t, n[0], (from, row) => Sum(Times(Typical(t), t.Volume)[from..(row + 1)]) / Sum(t.Volume[from..(row + 1)]))],
        ["rsi"] = (t, n) => [Strength(t.Close, n[0])],
        ["stochrsi"] = (t, n) => Stochastic(Strength(t.Close, n[0]), Strength(t.Close, n[0]), Strength(t.Close, n[0]), n[1..]),
        ["roc"] = (t, n) => [Percent(t.Close, Ago(t.Close, n[0]), Ago(t.Close, n[0]))],
        ["mom"] = (t, n) => [Less(t.Close, Ago(t.Close, n[0]))],
        ["cmo"] = (t, n) => [Chande(Less(t.Close, Ago(t.Close, 1)), n[0])],
        ["fosc"] = (t, n) => [Percent(t.Close, Ago(Window(t.Close, n[0], w => Line(w).End + Line(w).Slope), 1), t.Close)],
        ["macd"] = (t, n) => WithSignal(Less(Ema(t.Close, n[0]), Ema(t.Close, n[1])), n[2]),
        ["ppo"] = (t, n) => WithSignal(Percent(Ema(t.Close, n[0]), Ema(t.Close, n[1]), Ema(t.Close, n[1])), n[2]),
        ["tsi"] = (t, n) => WithSignal(Blau(Less(t.Close, Ago(t.Close, 1)), n), n[2])[..2],
        ["stoch"] = (t, n) => Stochastic(t.High, t.Low, t.Close, n),
        ["williams"] = (t, n) => [Map(Percent(Highest(t.High, n[0]), t.Close, Less(Highest(t.High, n[0]), Lowest(t.Low, n[0]))), share => -share)],
        ["cci"] = (t, n) => [Window(Typical(t), n[0], w => (w[^1] - w.Average()) / (0.015 * w.Average(x => Math.Abs(x - w.Average()))))],
        ["fisher"] = (t, n) => Ehlers(Middles(t), n[0]),
        ["uo"] = (t, n) => [Ultimate(t, n)],
        ["ao"] = (t, n) => [Less(Sma(Middles(t), n[0]), Sma(Middles(t), n[1]))],
        ["bop"] = (t, n) => [Sma(Over(Less(t.Close, t.Open), Less(t.High, t.Low)), n[0])],
        ["qstick"] = (t, n) => [Sma(Less(t.Close, t.Open), n[0])],
        ["tr"] = (t, _) => [Ranges(t)],
        ["atr"] = (t, n) => [Rma(Ranges(t), n[0])],
        ["natr"] = (t, n) => [Map(Over(Rma(Ranges(t), n[0]), t.Close), share => 100 * share)],
        ["chop"] = (t, n) => [Map(Over(Sums(Ranges(t), n[0]), Less(Highest(t.High, n[0]), Lowest(t.Low, n[0]))), x => 100 * Math.Log(x) / Math.Log(n[0]))],
        ["mass"] = (t, n) => [Sums(Over(Ema(Less(t.High, t.Low), 9), Ema(Ema(Less(t.High, t.Low), 9), 9)), n[0])],
        ["cvi"] = (t, n) => [Percent(Ema(Less(t.High, t.Low), n[0]), Ago(Ema(Less(t.High, t.Low), n[0]), n[0]), Ago(Ema(Less(t.High, t.Low), n[0]), n[0]))],
        ["bollinger"] = (t, n) => Bands(t.Close, Sma(t.Close, n[0]), Map(Deviation(t.Close, n[0]), sd => n[1] * sd)),
        ["keltner"] = (t, n) => Bands(t.Close, Ema(t.Close, n[0]), Map(Rma(Ranges(t), n[0]), atr => n[1] * atr))[..3],
        ["donchian"] = (t, n) => [Highest(t.High, n[0]), Zip(Highest(t.High, n[0]), Lowest(t.Low, n[0]), (a, b) => (a + b) / 2), Lowest(t.Low, n[0])],
        ["stddev"] = (t, n) => [Deviation(t.Close, n[0])],
        ["historical_volatility"] = (t, n) => [Map(Deviation(Zip(t.Close, Ago(t.Close, 1), (x, y) => Math.Log(x) - Math.Log(y)), n[0]), sd => 100 * sd * Math.Sqrt(n[1]))],
        ["ulcer"] = (t, n) => [Map(Sma(Map(Percent(t.Close, Highest(t.Close, n[0]), Highest(t.Close, n[0])), d => d * d), n[0]), Math.Sqrt)],
        ["trix"] = (t, n) => [Percent(Ema(Ema(Ema(t.Close, n[0]), n[0]), n[0]), Ago(Ema(Ema(Ema(t.Close, n[0]), n[0]), n[0]), 1), Ago(Ema(Ema(Ema(t.Close, n[0]), n[0]), n[0]), 1))],
        ["dpo"] = (t, n) => [Less(Ago(t.Close, Math.Floor(n[0] / 2) + 1), Sma(t.Close, n[0]))],
        ["vhf"] = (t, n) => [Over(Less(Highest(t.Close, n[0]), Lowest(t.Close, n[0])), Sums(Map(Less(t.Close, Ago(t.Close, 1)), Math.Abs), n[0]))],
        ["mfi"] = (t, n) => [Flow(Less(Typical(t), Ago(Typical(t), 1)), Times(Typical(t), t.Volume), n[0])],
        ["cmf"] = (t, n) => [Over(Sums(Accumulation(t), n[0]), Sums(t.Volume, n[0]))],
        ["adl"] = (t, _) => [Running(Accumulation(t))],
        ["chaikin"] = (t, n) => [Less(Ema(Running(Accumulation(t)), n[0]), Ema(Running(Accumulation(t)), n[1]))],
        ["force"] = (t, n) => [Ema(Times(Less(t.Close, Ago(t.Close, 1)), t.Volume), n[0])],
        ["eom"] = (t, n) => [Sma(Over(Less(Middles(t), Ago(Middles(t), 1)), Over(Map(t.Volume, v => v / n[1]), Less(t.High, t.Low))), n[0])],
        ["pvt"] = (t, _) => [Running(Map(Times(Over(Less(t.Close, Ago(t.Close, 1)), Ago(t.Close, 1)), t.Volume), x => double.IsNaN(x) ? 0 : x))],
        ["obv"] = (t, _) => [Running([.. t.Volume.Select((v, row) => row == 0 ? 0 : v * Math.Sign(t.Close[row] - t.Close[row - 1]))])],
        ["nvi"] = (t, _) => [Index(t, (now, before) => now < before)],
        ["pvi"] = (t, _) => [Index(t, (now, before) => now > before)],
        ["volume_sma"] = (t, n) => [Sma(t.Volume, n[0])],
        ["vosc"] = (t, n) => [Percent(Sma(t.Volume, n[0]), Sma(t.Volume, n[1]), Sma(t.Volume, n[1]))],
        ["highest"] = (t, n) => [Highest(t.Close, n[0])],
        ["lowest"] = (t, n) => [Lowest(t.Close, n[0])],
        ["change"] = (t, n) => [Less(t.Close, Ago(t.Close, n[0]))],
        ["percent_change"] = (t, n) => [Percent(t.Close, Ago(t.Close, n[0]), Ago(t.Close, n[0]))],
        ["rank"] = (t, n) => [Window(t.Close, n[0] + 1, w => 100.0 * w[..^1].Count(x => x <= w[^1]) / (w.Length - 1))],
        ["zscore"] = (t, n) => [Over(Less(t.Close, Sma(t.Close, n[0])), Deviation(t.Close, n[0]))],
        ["correlation"] = (t, n) => [Pairs(t, n[0], (x, y) => Covariance(x, y) / Math.Sqrt(Covariance(x, x) * Covariance(y, y)))],
        ["beta"] = (t, n) => [Pairs(t, n[0], (x, y) => Covariance(x, y) / Covariance(y, y))],
    };

    public static TheoryData<string> Names => new(_formulas.Keys);

    /// <summary>Written by hand elsewhere: step by step, they have no formula of a window.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } =
        ["adx", "aroon", "vortex", "ichimoku", "psar", "supertrend", "pivots", "fractals", "zigzag", "heikin_ashi", "wad", "kvo"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_formula_agrees(string name)
    {
        var indicator = Runs.Get(name);
        foreach (var arguments in new[] { indicator.Defaults(), [.. indicator.Parameters.Select((one, index) => one.Whole ? 5 + (2 * index) : one.Default)] })
        {
            var (ours, theirs) = (Runs.Columns(indicator, arguments, _tape), _formulas[name](_tape, arguments));
            ours.Length.ShouldBe(theirs.Length);
            for (var output = 0; output < ours.Length; output++)
                Close(ours[output], theirs[output], $"{name}({string.Join(", ", arguments)}).{indicator.Outputs[output].Name}");
        }
    }

    [Fact]
    public void No_entry_is_without_a_formula() =>
        IndicatorCatalog.All.Select(indicator => indicator.Name).Except(_formulas.Keys).ShouldBe(Elsewhere, ignoreOrder: true);

    internal static void Close(double[] ours, double[] theirs, string what)
    {
        ours.Count(double.IsFinite).ShouldBeGreaterThan(0, what);
        var size = theirs.Where(double.IsFinite).Max(Math.Abs);
        for (var row = 0; row < ours.Length; row++)
        {
            if (double.IsNaN(theirs[row]))
                ours[row].ShouldBe(double.NaN, $"{what}, row {row}");
            else
                ours[row].ShouldBe(theirs[row], (1e-9 * Math.Abs(theirs[row])) + (1e-12 * Math.Max(size, 1)), $"{what}, row {row}");
        }
    }

    // GD = (1+v) E - v E^2, cubed; E is the average.
    private static double[] Tillson(double[] x, double[] n)
    {
        List<double[]> powers = [x];
        for (var power = 1; power <= 6; power++)
            powers.Add(Ema(powers[^1], n[0]));
        return [.. x.Select((_, row) => Enumerable.Range(0, 4).Sum(k =>
            (k is 0 or 3 ? 1 : 3) * Math.Pow(1 + n[1], 3 - k) * Math.Pow(-n[1], k) * powers[3 + k][row]))];
    }

    private static double[] Kaufman(double[] x, double[] n)
    {
        var result = Enumerable.Repeat(double.NaN, x.Length).ToArray();
        for (var (row, value) = ((int)n[0], x[(int)n[0] - 1]); row < x.Length; row++)
        {
            var path = Enumerable.Range(row - (int)n[0] + 1, (int)n[0]).Sum(at => Math.Abs(x[at] - x[at - 1]));
            var constant = (Math.Abs(x[row] - x[row - (int)n[0]]) / path * ((2 / (n[1] + 1)) - (2 / (n[2] + 1)))) + (2 / (n[2] + 1));
            result[row] = value += constant * constant * (x[row] - value);
        }

        return result;
    }

    private static double Legoux(double[] window, double[] n)
    {
        var (middle, width) = (n[1] * (n[0] - 1), n[0] / n[2]);
        double[] weights = [.. window.Select((_, index) => Math.Exp(-Math.Pow(index - middle, 2) / (2 * width * width)))];
        return Times(weights, window).Sum() / weights.Sum();
    }

    private static (double End, double Slope) Line(double[] window)
    {
        double[] times = [.. window.Select((_, index) => (double)index)];
        var slope = Covariance(times, window) / Covariance(times, times);
        return (window.Average() + (slope * (times[^1] - times.Average())), slope);
    }

    private static double[] BySession(CandleColumns t, double hours, Func<int, int, double> of) => [.. t.Close.Select((_, row) =>
    {
        var session = Math.Floor(t.OpenTimeMs[row] / (hours * 3_600_000));
        return of(Array.FindIndex(t.OpenTimeMs, time => Math.Floor(time / (hours * 3_600_000)) == session), row);
    })];

    private static double[] Strength(double[] x, double n)
    {
        var moves = Less(x, Ago(x, 1));
        var (gains, losses) = (Rma(Map(moves, move => Math.Max(move, 0)), n), Rma(Map(moves, move => Math.Max(-move, 0)), n));
        return Zip(gains, losses, (gain, loss) => loss == 0 ? 100 : 100 - (100 / (1 + (gain / loss))));
    }

    private static double[][] Stochastic(double[] high, double[] low, double[] close, double[] n)
    {
        var k = Sma(Percent(close, Lowest(low, n[0]), Less(Highest(high, n[0]), Lowest(low, n[0]))), n[1]);
        return [k, Sma(k, n[2])];
    }

    private static double[] Chande(double[] moves, double n)
    {
        var (up, down) = (Sums(Map(moves, move => Math.Max(move, 0)), n), Sums(Map(moves, move => Math.Max(-move, 0)), n));
        return Percent(up, down, Zip(up, down, (a, b) => a + b));
    }

    private static double[] Flow(double[] moves, double[] flows, double n)
    {
        var (inflow, outflow) = (Sums(Zip(moves, flows, (m, f) => m > 0 ? f : m * 0), n), Sums(Zip(moves, flows, (m, f) => m < 0 ? f : m * 0), n));
        return Zip(inflow, outflow, (gain, loss) => 100 - (100 / (1 + (gain / loss))));
    }

    private static double[][] WithSignal(double[] line, double n) => [line, Ema(line, n), Less(line, Ema(line, n))];

    private static double[] Blau(double[] moves, double[] n) =>
        Map(Over(Ema(Ema(moves, n[0]), n[1]), Ema(Ema(Map(moves, Math.Abs), n[0]), n[1])), share => 100 * share);

    private static double[][] Ehlers(double[] price, double n)
    {
        var (places, value, fisher) = (Over(Less(price, Lowest(price, n)), Less(Highest(price, n), Lowest(price, n))), 0.0, 0.0);
        var rows = places.Select(place =>
        {
            if (double.IsNaN(place))
                return (double.NaN, double.NaN);
            value = (0.33 * 2 * (place - 0.5)) + (0.67 * value);
            value = value > 0.99 ? 0.999 : value < -0.99 ? -0.999 : value;
            var before = fisher;
            fisher = (0.5 * Math.Log((1 + value) / (1 - value))) + (0.5 * before);
            return (fisher, before);
        }).ToList();
        return [[.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]];
    }

    private static double[] Ultimate(CandleColumns t, double[] n)
    {
        var pressure = Less(t.Close, Zip(t.Low, Ago(t.Close, 1), Math.Min));
        double[] Of(double window) => Over(Sums(pressure, window), Sums(Ranges(t), window));
        var (a, b, c) = (Of(n[0]), Of(n[1]), Of(n[2]));
        return [.. a.Select((value, row) => 100 * ((4 * value) + (2 * b[row]) + c[row]) / 7)];
    }

    private static double[][] Bands(double[] x, double[] middle, double[] reach)
    {
        var (upper, lower) = (Zip(middle, reach, (m, r) => m + r), Less(middle, reach));
        return [upper, middle, lower, Over(Less(upper, lower), middle), Over(Less(x, lower), Less(upper, lower))];
    }

    private static double[] Accumulation(CandleColumns t) => Times(t.Volume, [.. t.Close.Select((close, row) =>
        (close - t.Low[row] - (t.High[row] - close)) / (t.High[row] - t.Low[row]))]);

    private static double[] Running(double[] x) => [.. x.Select((_, row) => Sum(x[..(row + 1)]))];

    private static double[] Index(CandleColumns t, Func<double, double, bool> counts)
    {
        var value = 1_000.0;
        return [.. t.Close.Select((close, row) => row > 0 && counts(t.Volume[row], t.Volume[row - 1]) ? value *= close / t.Close[row - 1] : value)];
    }

    private static double[] Pairs(CandleColumns t, double n, Func<double[], double[], double> of) => [.. t.Close.Select((_, row) =>
        row + 1 < n ? double.NaN : of(t.Close[(row + 1 - (int)n)..(row + 1)], t.High[(row + 1 - (int)n)..(row + 1)]))];
}
