using System.Globalization;
using System.Text.Json;

namespace Lastro.Cli.Tests;

public sealed class BacktestCommandTests : IDisposable
{
    private const string Cross = """
        { "name": "Cross", "timeframe": "1h", "inputs": { "fast": 3, "slow": 8 }, "enter": "crosses_above(sma(close, fast), sma(close, slow))",
          "exit": "crosses_below(sma(close, fast), sma(close, slow))" }
        """;

    private readonly CliRun _cli = new();

    public static TheoryData<string, string> Fixtures
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var symbol in new[] { "BTCUSDT", "PEPEUSDT" })
            {
                foreach (var name in new[] { "bands-100-0", "bands-75-50", "rsi-100-0", "rsi-75-50", "sma-100-0", "sma-75-50" })
                    cases.Add(symbol, name);
            }

            return cases;
        }
    }

    public void Dispose() => _cli.Dispose();

    [SharedTheory("fixtures/backtest")]
    [MemberData(nameof(Fixtures))]
    public async Task Fixtures_come_out_trade_by_trade(string symbol, string name)
    {
        using var wanted = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Path($"fixtures/backtest/{symbol}/{name}.trades.json")));
        var terms = wanted.RootElement;
        using var json = JsonDocument.Parse(await _cli.Done(
            "backtest", "--strategy", SharedData.Path($"fixtures/backtest/{symbol}/{name}.json"), "--candles", SharedData.Path($"data/candles/binance_spot_1h/{symbol}.csv.gz"),
            "--fee", terms.GetProperty("fee").GetRawText(), "--slippage", terms.GetProperty("slippage").GetRawText(), "--json"));
        var report = json.RootElement;
        report.GetProperty("symbol").GetString().ShouldBe(symbol);
        Same(report.GetProperty("final"), terms.GetProperty("final"), "final");

        // Powers may differ in the last bit from one mathematics library to the other; everything else is the same double.
        foreach (var metric in terms.GetProperty("metrics").EnumerateObject())
            Same(report.GetProperty("metrics").GetProperty(metric.Name), metric.Value, metric.Name, metric.Name is "cagr" or "calmar" ? 1e-14 : 0);
        report.GetProperty("trades").GetArrayLength().ShouldBe(terms.GetProperty("trades").GetArrayLength());
        foreach (var (number, (ours, theirs)) in report.GetProperty("trades").EnumerateArray().Zip(terms.GetProperty("trades").EnumerateArray()).Index())
        {
            foreach (var field in theirs.EnumerateObject())
                Same(ours.GetProperty(field.Name), field.Value, $"trade {number}, {field.Name}");
        }
    }

    [Fact]
    public async Task Files_agree_with_the_report_and_runs_repeat_byte_for_byte()
    {
        var strategy = _cli.Write("cross.json", Cross);
        var candles = _cli.Write("AB_1h.csv", Walk(1_000, 3_600_000));
        string[] line = ["backtest", "--strategy", strategy, "--candles", candles, "--fee", "0.001", "--json", "--trades", _cli.PathOf("t.csv"), "--equity", _cli.PathOf("e.csv"), "--html", _cli.PathOf("r.html")];
        var first = await _cli.Done(line);
        Hashed(await _cli.Done(line)).ShouldBe(Hashed(first));
        using var json = JsonDocument.Parse(first);
        var trades = json.RootElement.GetProperty("trades");
        trades.GetArrayLength().ShouldBeGreaterThan(20);

        var rows = (await File.ReadAllLinesAsync(_cli.PathOf("t.csv"))).Skip(1).Select(row => row.Split(',')).ToList();
        rows.Count.ShouldBe(trades.GetArrayLength());
        string[] fields = ["entryTime", "entryPrice", "exitTime", "exitPrice", "quantity", "fees", "pnl", "pnlPercent"];
        foreach (var (cells, trade) in rows.Zip(trades.EnumerateArray()))
        {
            cells[0].ShouldBe("AB");
            fields.Select((field, at) => Number(cells[at + 1]) == trade.GetProperty(field).GetDouble()).ShouldAllBe(same => same);
            cells[^1].ShouldBe(trade.GetProperty("reason").GetString());
        }

        var equity = (await File.ReadAllLinesAsync(_cli.PathOf("e.csv"))).Skip(1).Select(row => row.Split(',')).ToList();
        equity.Count.ShouldBe(json.RootElement.GetProperty("candles").GetInt32());
        Number(equity[^1][1]).ShouldBe(json.RootElement.GetProperty("final").GetDouble());
        var (peak, deepest) = (10_000.0, 0.0);
        foreach (var cells in equity)
        {
            peak = Math.Max(peak, Number(cells[1]));
            deepest = Math.Max(deepest, 1 - (Number(cells[1]) / peak));
        }

        deepest.ShouldBe(json.RootElement.GetProperty("metrics").GetProperty("maxDrawdown").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task The_page_stands_alone_and_shows_names_as_text()
    {
        var strategy = _cli.Write("cross.json", Cross.Replace("Cross", "<script>x</script> & co", StringComparison.Ordinal));
        var candles = _cli.Write("AB_1h.csv", Walk(1_000, 3_600_000));
        await _cli.Done("backtest", "--strategy", strategy, "--candles", candles, "--html", _cli.PathOf("r.html"));
        var page = await File.ReadAllTextAsync(_cli.PathOf("r.html"));
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("@import");
        page.ShouldNotContain("url(");
        page.ShouldContain("&lt;script&gt;x&lt;/script&gt; &amp; co");
        page.ShouldContain("prefers-color-scheme");
        page.ShouldContain("class=\"equity\"");
        page.ShouldContain("class=\"hold\"");
        page.ShouldContain("class=\"fall\"");
        page.ShouldContain("class=\"heat\"");
        page.ShouldContain("none: 10 runs on data that ends earlier decided the same");
        foreach (var heading in new[] { "Equity", "Months", "Strategy", "Assumptions", "How sure it is", "Under other costs", "The same run as other tools count", "Trades (" })
            page.ShouldContain($"<h2>{heading}");
    }

    [Fact]
    public async Task Several_pairs_share_the_cash_and_the_bytes_do_not_depend_on_the_form()
    {
        var strategy = _cli.Write("cross.json", Cross);
        var first = _cli.Write("AB_1h.csv", Walk(600, 3_600_000));
        var second = _cli.Write("CD_1h.csv", Walk(600, 3_600_000, seed: 9));
        using var both = JsonDocument.Parse(await _cli.Done("backtest", "--strategy", strategy, "--candles", first, "--candles", second, "--json"));
        both.RootElement.GetProperty("symbol").GetString().ShouldBe("AB,CD");
        both.RootElement.GetProperty("trades").EnumerateArray().Select(trade => trade.GetProperty("symbol").GetString()).Distinct().Order().ShouldBe(["AB", "CD"]);
        (await _cli.Refused("backtest", "--strategy", strategy, "--candles", first, "--candles", first)).ShouldContain("AB is given twice");

        await _cli.Done("data", "export", first, "AB-1h.json.gz");
        await _cli.Done("data", "import", first);
        var plain = Hashed(await _cli.Done("backtest", "--strategy", strategy, "--candles", first, "--json"));
        Hashed(await _cli.Done("backtest", "--strategy", strategy, "--candles", _cli.PathOf("AB-1h.json.gz"), "--json")).ShouldBe(plain);
        Hashed(await _cli.Done("backtest", "--strategy", strategy, "--candles", "AB_1h", "--json")).ShouldBe(plain);
    }

    [Fact]
    public async Task From_and_to_cut_and_a_finer_file_is_aggregated()
    {
        var strategy = _cli.Write("cross.json", Cross);
        var candles = _cli.Write("AB_30m.csv", Walk(2_000, 1_800_000));
        using var json = JsonDocument.Parse(await _cli.Done("backtest", "--strategy", strategy, "--candles", candles, "--from", "2020-09-20", "--to", "2020-10-01T12:00:00Z", "--json"));
        var report = json.RootElement;
        DateTimeOffset.FromUnixTimeMilliseconds(report.GetProperty("from").GetInt64()).ShouldBe(new DateTimeOffset(2020, 9, 20, 0, 0, 0, TimeSpan.Zero));
        report.GetProperty("to").GetInt64().ShouldBe(new DateTimeOffset(2020, 10, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        report.GetProperty("candles").GetInt32().ShouldBe((11 * 24) + 12);
        report.GetProperty("trades").EnumerateArray().ShouldAllBe(trade => trade.GetProperty("entryTime").GetInt64() % 3_600_000 == 0);
    }

    [Fact]
    public async Task Finer_candles_decide_what_came_first_inside_a_candle()
    {
        // The hour that holds both levels rises first and falls after: by the rules the stop is first, by the minutes the target.
        var strategy = _cli.Write("levels.json", """{ "timeframe": "1h", "enter": "close == 100", "takeProfit": "5%", "stopLoss": "5%" }""");
        const string header = "open_time_ms,open,high,low,close,volume\n";
        var hours = _cli.Write("AB_1h.csv", header + "0,100,100,100,100,1\n3600000,100,110,90,91,1\n7200000,91,92,91,91,1\n");
        var halves = _cli.Write("AB_30m.csv", header + "0,100,100,100,100,1\n1800000,100,100,100,100,1\n3600000,100,110,100,109,1\n5400000,109,109,90,91,1\n7200000,91,92,91,91,1\n9000000,91,91,91,91,1\n");
        (await Reason()).ShouldBe("stop");
        (await Reason("--detail", halves)).ShouldBe("target");
        (await _cli.Refused("backtest", "--strategy", strategy, "--candles", hours, "--detail", _cli.Write("CD_30m.csv", header + "0,1,1,1,1,1\n1800000,1,1,1,1,1\n")))
            .ShouldBe("lastro: --detail CD: there are no --candles of that pair");

        async Task<string?> Reason(params string[] more)
        {
            using var json = JsonDocument.Parse(await _cli.Done(["backtest", "--strategy", strategy, "--candles", hours, "--json", .. more]));
            return json.RootElement.GetProperty("trades")[0].GetProperty("reason").GetString();
        }
    }

    [Theory]
    [InlineData("--from 2030-01-01", "no candle between from and to")]
    [InlineData("--from 2020-09-14 --to 2020-09-14T00:30:00Z --candles CD_4h.csv", "candles of CD are coarser than 1h")]
    public async Task What_the_candles_do_not_allow_is_code_1(string more, string message)
    {
        var strategy = _cli.Write("cross.json", Cross);
        _cli.Write("CD_4h.csv", Walk(100, 4 * 3_600_000));
        var candles = _cli.Write("AB_1h.csv", Walk(100, 3_600_000));
        (await _cli.Refused(["backtest", "--strategy", strategy, "--candles", candles, .. more.Split(' ')])).ShouldMatch(message);
    }

    [Theory]
    [InlineData("backtest --candles x.csv", "--strategy FILE|NAME is needed")]
    [InlineData("backtest --strategy x.json", "--candles FILE|NAME is needed")]
    [InlineData("backtest --strategy x --candles y --fee 1.5", "--fee '1.5' is no number from 0 to 0.999999")]
    [InlineData("backtest --strategy x --candles y --cash 0", "--cash '0' is no number")]
    [InlineData("backtest --strategy x --candles y --from 2024-01-01 --to 2023-01-01", "--from must lie before --to")]
    [InlineData("backtest --strategy x --candles y --fill maybe", "--fill 'maybe' is none of open, touch, through")]
    public async Task Wrong_usage_is_code_2(string line, string message)
    {
        var answer = await _cli.Run(line.Split(' '));
        answer.Code.ShouldBe(2);
        answer.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_broken_strategy_or_file_is_code_1_with_its_place()
    {
        var candles = _cli.Write("AB_1h.csv", Walk(100, 3_600_000));
        var broken = _cli.Write("broken.json", """{ "timeframe": "1h", "enter": "rsi(clos, 14) < 30" }""");
        (await _cli.Refused("backtest", "--strategy", broken, "--candles", candles)).ShouldStartWith($"lastro: {broken}, line 1, column 36: enter: ");
        var torn = _cli.Write("torn.json", "{\n  \"timeframe\": \"1h\",\n  \"enter\": }");
        (await _cli.Refused("backtest", "--strategy", torn, "--candles", candles)).ShouldMatch(@"torn\.json, line 3, column \d+: ");
        (await _cli.Refused("backtest", "--strategy", "none.json", "--candles", candles)).ShouldContain("none.json is no file and no built-in strategy");
        var good = _cli.Write("cross.json", Cross);
        (await _cli.Refused("backtest", "--strategy", good, "--candles", "none.csv")).ShouldContain("none.csv cannot be read");
        (await _cli.Refused("backtest", "--strategy", good, "--candles", candles, "--trades", _cli.PathOf("no/such/t.csv"))).ShouldContain("t.csv cannot be written");
        var line = await _cli.Refused("backtest", "--strategy", good, "--candles", _cli.Write("XY_1h.csv", "open_time_ms,open,high,low,close,volume\n0,1,2,1,2,3\n0,1,2,1,2,3\n"));
        line.ShouldEndWith("XY_1h.csv, line 3, column 1: open time 0 appears twice.");
    }

    internal static string Walk(int rows, long stepMs, int seed = 5)
    {
        var random = new Random(seed);
        var text = new System.Text.StringBuilder("open_time_ms,open,high,low,close,volume\n");
        var price = 100.0;
        for (var row = 0; row < rows; row++)
        {
            var open = price;
            price = Math.Round(Math.Max(1, open * (1 + ((random.NextDouble() - 0.5) * 0.03))), 4);
            text.Append(CultureInfo.InvariantCulture, $"{1_599_955_200_000 + (row * stepMs)},{open},{Math.Max(open, price) + 0.1},{Math.Min(open, price) - 0.1},{price},{random.Next(1, 50)}\n");
        }

        return text.ToString();
    }

    /// <summary>The report without what stands outside its hashed part.</summary>
    internal static string Hashed(string report) => report[..report.LastIndexOf(",\"candlesPerSecond\"", StringComparison.Ordinal)];

    private static void Same(JsonElement ours, JsonElement theirs, string what, double tolerance = 0)
    {
        if (theirs.ValueKind != JsonValueKind.Number)
            ours.ToString().ShouldBe(theirs.ToString(), what);
        else
            Math.Abs(ours.GetDouble() - theirs.GetDouble()).ShouldBeLessThanOrEqualTo(tolerance * Math.Abs(theirs.GetDouble()), $"{what}: {ours}, {theirs}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
