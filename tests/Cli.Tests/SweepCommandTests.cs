using System.Globalization;
using System.Text.Json;

namespace Lastro.Cli.Tests;

public sealed class SweepCommandTests : IDisposable
{
    private const string Rsi = """
        { "name": "Reversal", "timeframe": "1h", "inputs": { "length": 14, "low": 30 }, "enter": "rsi(close, length) < low", "exit": "rsi(close, length) > 60", "stopLoss": "5%" }
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_combination_says_what_its_own_backtest_says()
    {
        var strategy = _cli.Write("rsi.json", Rsi);
        var candles = _cli.Write("AB_1h.csv", BacktestCommandTests.Walk(2_000, 3_600_000));
        using var json = JsonDocument.Parse(await _cli.Done(
            "sweep", "--strategy", strategy, "--candles", candles, "--set", "length=5..15:5", "--set", "low=25..40:5", "--json", "--csv", _cli.PathOf("all.csv"), "--jobs", "2"));
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBe(12);
        var sharpes = rows.Select(row => row.GetProperty("metrics").GetProperty("sharpe")).Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetDouble()).ToList();
        sharpes.ShouldBe(sharpes.OrderDescending());
        foreach (var row in rows)
        {
            var (length, low) = (row.GetProperty("inputs").GetProperty("length").GetInt32(), row.GetProperty("inputs").GetProperty("low").GetInt32());
            var one = _cli.Write("one.json", Rsi.Replace("14", $"{length}", StringComparison.Ordinal).Replace("30", $"{low}", StringComparison.Ordinal));
            using var alone = JsonDocument.Parse(await _cli.Done("backtest", "--strategy", one, "--candles", candles, "--json"));
            row.GetProperty("metrics").GetRawText().ShouldBe(alone.RootElement.GetProperty("metrics").GetRawText());
            row.GetProperty("final").GetRawText().ShouldBe(alone.RootElement.GetProperty("final").GetRawText());
        }

        var lines = await File.ReadAllLinesAsync(_cli.PathOf("all.csv"));
        lines[0].ShouldStartWith("length,low,final,return,cagr,sharpe,");
        lines.Skip(1).Select(line => line.Split(',')[2]).ShouldBe(rows.Select(row => row.GetProperty("final").GetDouble().ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Walking_forward_tests_what_training_chose_on_what_follows()
    {
        var strategy = _cli.Write("rsi.json", Rsi);
        var candles = _cli.Write("AB_1h.csv", BacktestCommandTests.Walk(3_000, 3_600_000));
        using var json = JsonDocument.Parse(await _cli.Done(
            "sweep", "--strategy", strategy, "--candles", candles, "--set", "length=5..15:5", "--walk-forward", "3", "--rank", "return", "--json", "--trades", _cli.PathOf("t.csv")));
        var windows = json.RootElement.GetProperty("windows").EnumerateArray().ToList();
        windows.Count.ShouldBe(3);
        for (var at = 0; at < windows.Count; at++)
        {
            var (from, testFrom) = (windows[at].GetProperty("trainFrom").GetInt64(), windows[at].GetProperty("testFrom").GetInt64());
            testFrom.ShouldBeGreaterThan(from);
            if (at > 0)
                testFrom.ShouldBe(windows[at - 1].GetProperty("testTo").GetInt64());
        }

        // The choice of the first window is the best of a sweep over its training alone.
        var first = windows[0];
        using var trained = JsonDocument.Parse(await _cli.Done(
            "sweep", "--strategy", strategy, "--candles", candles, "--set", "length=5..15:5", "--rank", "return", "--json",
            "--from", Iso(first.GetProperty("trainFrom").GetInt64()), "--to", Iso(first.GetProperty("testFrom").GetInt64())));
        trained.RootElement.GetProperty("rows")[0].GetProperty("inputs").GetRawText().ShouldBe(first.GetProperty("inputs").GetRawText());
        trained.RootElement.GetProperty("rows")[0].GetProperty("metrics").GetProperty("return").GetRawText().ShouldBe(first.GetProperty("training").GetProperty("return").GetRawText());
        var growth = windows.Aggregate(1.0, (all, window) => all * (1 + window.GetProperty("test").GetProperty("return").GetDouble()));
        json.RootElement.GetProperty("outOfSample").GetProperty("return").GetDouble().ShouldBe(growth - 1, 1e-9);
        (await File.ReadAllLinesAsync(_cli.PathOf("t.csv"))).Length.ShouldBe(json.RootElement.GetProperty("outOfSample").GetProperty("trades").GetInt32() + 1);
    }

    [Fact]
    public async Task People_get_a_table_best_first_with_warnings()
    {
        var strategy = _cli.Write("rsi.json", Rsi);
        var candles = _cli.Write("AB_1h.csv", BacktestCommandTests.Walk(2_000, 3_600_000));
        var said = await _cli.Done("sweep", "--strategy", strategy, "--candles", candles, "--set", "length=5..15:5", "--set", "low=30", "--top", "2", "--html", _cli.PathOf("best.html"));
        said.ShouldStartWith("length  low  sharpe ");
        said.ShouldContain("and 1 more\n");
        said.ShouldContain("3 combinations, ");
        said.ShouldContain("warning: Chosen as the best of 3 on these very candles");
        (await File.ReadAllTextAsync(_cli.PathOf("best.html"))).ShouldContain("Chosen as the best of 3");
    }

    [Theory]
    [InlineData("--set length", 2, "--set 'length' is not NAME=FROM..TO:STEP")]
    [InlineData("--set length=5..1", 2, "--set 'length=5..1' is not NAME=FROM..TO:STEP")]
    [InlineData("--set length=5..9:0", 2, "--set 'length=5..9:0' is not NAME=FROM..TO:STEP")]
    [InlineData("--set length=5..9:x", 2, "--set 'length=5..9:x' is not NAME=FROM..TO:STEP")]
    [InlineData("--set length=5 --set length=6", 2, "--set names an input twice")]
    [InlineData("--set length=1..10000 --set low=1..99:0.1", 2, "--set makes more than 1000000 combinations")]
    [InlineData("--set period=5..9", 1, "the strategy has no input 'period'; it has length, low")]
    [InlineData("--set length=0..0", 1, "no combination can be run: ")]
    [InlineData("--set length=5 --rank luck", 2, "--rank 'luck' is none of return, cagr, sharpe")]
    [InlineData("--set length=5 --walk-forward 0", 2, "--walk-forward '0' is no whole number from 1 to 100")]
    [InlineData("--set length=5 --walk-forward 3 --equity e.csv", 2, "--equity does not go with --walk-forward")]
    [InlineData("--set length=5 --detail x.csv", 2, "there is no option --detail")]
    [InlineData("--set length=5 --from 2030-01-01", 1, "there is no candle between from and to")]
    public async Task What_cannot_be_swept_is_said(string more, int code, string message)
    {
        var strategy = _cli.Write("rsi.json", Rsi);
        var candles = _cli.Write("AB_1h.csv", BacktestCommandTests.Walk(200, 3_600_000));
        var answer = await _cli.Run(["sweep", "--strategy", strategy, "--candles", candles, .. more.Split(' ')]);
        answer.Code.ShouldBe(code, answer.Error);
        answer.Error.ShouldContain(message);
        answer.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    private static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
