using System.Globalization;
using System.Text;
using System.Text.Json;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Backtests;

public sealed class StartBacktestTests
{
    private const string Path = "/api/v1/backtests";
    private const int Hours = 3_000;

    [Fact]
    public async Task The_report_is_the_one_Core_writes_over_the_same_candles_to_the_last_byte()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var candles = lab.Hours(Hours);
        await lab.Download(user, Hours);
        var made = (await user.Send(HttpMethod.Post, Path, Body(600, Hours, new { cash = "5000", fee = "0.00075", slippage = "0.0002" }))).Ok();
        ((int)made.Status, made["status"], made["kind"], made["timeframe"]).ShouldBe((201, "queued", "backtest", "1h"));
        made.Number("rows").ShouldBe(Hours - 600);
        var ended = await LabHost.Until(user, $"{Path}/{made["id"]}", "done", "failed");
        ended["status"].ShouldBe("done", ended.Body.ToString());

        var strategy = Strategy.Read(JsonSerializer.Serialize(LabHost.Rsi()), out _)!;
        var equity = new StringBuilder("open_time_ms,equity\n");
        var report = strategy.Backtest([new ColumnSource("BTCUSDT", LabHost.HourMs, Columns(candles), Hours)], new BacktestOptions
        {
            Cash = 5_000,
            Fee = 0.00075,
            Slippage = 0.0002,
            FromMs = LabHost.At(600).ToUnixTimeMilliseconds(),
            ToMs = LabHost.At(Hours).ToUnixTimeMilliseconds(),
            Equity = (times, values) =>
            {
                for (var row = 0; row < times.Length; row++) equity.Append(CultureInfo.InvariantCulture, $"{times[row]},{values[row]:R}\n");
            },
        });
        report.Trades.Count.ShouldBeGreaterThan(20);
        (await user.Client.GetStringAsync($"{Path}/{made["id"]}/report")).ShouldBe(Encoding.UTF8.GetString(ReportJson.ToBytes(report)));
        (await user.Client.GetStringAsync($"{Path}/{made["id"]}/equity.csv")).ShouldBe(equity.ToString());

        var csv = (await user.Client.GetStringAsync($"{Path}/{made["id"]}/trades.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        csv[0].ShouldBe("symbol,entry_time_ms,entry_price,exit_time_ms,exit_price,quantity,fees,pnl,pnl_percent,reason");
        csv.Length.ShouldBe(report.Trades.Count + 1);
        csv[1..].Sum(line => double.Parse(line.Split(',')[7], CultureInfo.InvariantCulture)).ShouldBe(report.Final - report.Start, 1e-6);

        var figures = ended.Body.GetProperty("summary").GetProperty("figures");
        (figures.GetProperty("final").GetDouble(), figures.GetProperty("trades").GetInt32()).ShouldBe((report.Final, report.Trades.Count));
        ended.Body.GetProperty("summary").GetProperty("dataHash").GetString().ShouldBe(report.DataHash);
        var doubts = ended.Body.GetProperty("summary").GetProperty("doubts");
        doubts.GetProperty("probabilisticSharpe").GetDouble().ShouldBeInRange(0, 1);
        doubts.GetProperty("deflatedSharpe").ValueKind.ShouldBe(JsonValueKind.Null, "it is the first trial");
        figures.GetProperty("sharpe").GetDouble().ShouldBeInRange(doubts.GetProperty("sharpeLow").GetDouble(), doubts.GetProperty("sharpeHigh").GetDouble());
        doubts.GetProperty("drawdownMedian").GetDouble().ShouldBeLessThan(doubts.GetProperty("drawdownMost").GetDouble());
        ended.Body.GetProperty("endedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(ended.Body.GetProperty("startedAt").GetDateTimeOffset());

        // Again: the same numbers.
        var again = (await user.Send(HttpMethod.Post, Path, Body(600, Hours, new { cash = "5000", fee = "0.00075", slippage = "0.0002" }))).Ok();
        await LabHost.Until(user, $"{Path}/{again["id"]}", "done");
        (await user.Client.GetStringAsync($"{Path}/{again["id"]}/report")).ShouldBe(Encoding.UTF8.GetString(ReportJson.ToBytes(report)));
        (await user.Get(Path)).Ok().Items.Select(item => item.GetProperty("id").GetString()).ShouldBe([again["id"], made["id"]]);
    }

    [Fact]
    public async Task Whatever_else_is_stored_the_same_run_reads_the_same_candles()
    {
        await using var lab = await LabHost.Over(source => source.History[(new Symbol("BTCUSDT"), Timeframe.Parse("1h"))] = [.. LabHost.Walk(Hours, LabHost.HourMs, 4).Where((_, at) => at % 97 != 5)]);
        var user = await lab.NewUser();
        var download = (await user.Send(HttpMethod.Post, "/api/v1/data/downloads", new { symbol = "BTCUSDT", interval = "1h", from = LabHost.At(2_400), to = LabHost.At(Hours) })).Ok();
        await LabHost.Until(user, $"/api/v1/data/downloads/{download["id"]}", "done");
        var reports = new HashSet<string>();
        for (var round = 0; round < 2; round++)
        {
            var run = (await user.Send(HttpMethod.Post, Path, Body(2_400, Hours, new { acceptGaps = true }))).Ok();
            (await LabHost.Until(user, $"{Path}/{run["id"]}", "done", "failed"))["status"].ShouldBe("done");
            reports.Add(await user.Client.GetStringAsync($"{Path}/{run["id"]}/report"));
            await lab.Download(user, 2_400);
        }

        reports.ShouldHaveSingleItem().ShouldContain("dataHash");
        var reads = await user.Get($"/api/v1/data/coverage?symbol=BTCUSDT&interval=1h&from={LabHost.At(400):yyyy-MM-ddTHH:mm:ssZ}&to={LabHost.At(2_400):yyyy-MM-ddTHH:mm:ssZ}");
        reads.Number("rows").ShouldBeGreaterThan(1_950m);
    }

    [Fact]
    public async Task A_split_is_run_in_its_parts_and_few_trades_are_warned_of()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(Hours);
        await lab.Download(user, Hours);
        var made = (await user.Send(HttpMethod.Post, Path, Body(0, Hours, new { split = 0.6 }))).Ok();
        var summary = (await LabHost.Until(user, $"{Path}/{made["id"]}", "done", "failed")).Body.GetProperty("summary");
        var (first, second) = (summary.GetProperty("inSample"), summary.GetProperty("outOfSample"));
        first.GetProperty("to").GetDateTimeOffset().ShouldBe(LabHost.At(1_800));
        second.GetProperty("from").GetDateTimeOffset().ShouldBe(LabHost.At(1_800));
        (first.GetProperty("figures").GetProperty("candles").GetInt32(), second.GetProperty("figures").GetProperty("candles").GetInt32()).ShouldBe((1_800, 1_200));

        // Each part is what a run over it alone is.
        var alone = (await user.Send(HttpMethod.Post, Path, Body(1_800, Hours))).Ok();
        var whole = (await LabHost.Until(user, $"{Path}/{alone["id"]}", "done")).Body.GetProperty("summary").GetProperty("figures");
        second.GetProperty("figures").GetProperty("final").GetDouble().ShouldBe(whole.GetProperty("final").GetDouble());

        var few = (await user.Send(HttpMethod.Post, Path, Body(0, 100))).Ok();
        var warned = (await LabHost.Until(user, $"{Path}/{few["id"]}", "done")).Body.GetProperty("summary");
        warned.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()).ShouldContain("tooFewTrades");
        warned.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()).ShouldContain("inSampleOnly");
        warned.GetProperty("trials").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Missing_candles_are_named_before_anything_runs_and_may_be_accepted()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(500, "BTCUSDT", 100, 101, 102);
        var nothing = await user.Send(HttpMethod.Post, Path, Body(0, 500, new { acceptGaps = true }));
        ((int)nothing.Status, nothing["code"], nothing["limit"]).ShouldBe((422, "data_missing", "500"));
        nothing["value"].ShouldBe("BTCUSDT 1h 2024-01-01T00:00Z - 2024-01-21T20:00Z");
        await lab.Download(user, 500);
        var hole = await user.Send(HttpMethod.Post, Path, Body(0, 500));
        ((int)hole.Status, hole["code"], hole["value"], hole["limit"]).ShouldBe((422, "data_missing", "BTCUSDT 1h 2024-01-05T04:00Z - 2024-01-05T07:00Z", "3"));
        var accepted = (await user.Send(HttpMethod.Post, Path, Body(0, 500, new { acceptGaps = true }))).Ok();
        (accepted.Number("rows"), accepted.Number("missing")).ShouldBe((497m, 3m));
        (await LabHost.Until(user, $"{Path}/{accepted["id"]}", "done", "failed")).Body.GetProperty("summary").GetProperty("figures").GetProperty("candles").GetInt32().ShouldBe(497);
    }

    [Fact]
    public async Task Two_pairs_share_the_cash_and_smaller_candles_tell_what_came_first()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(800);
        lab.Hours(800, "ETHUSDT");
        await lab.Download(user, 800);
        await lab.Download(user, 800, "ETHUSDT");
        var both = (await user.Send(HttpMethod.Post, Path, Body(0, 800, new { symbols = new[] { "BTCUSDT", "ETHUSDT" }, document = LabHost.Rsi(size: "50%") }))).Ok();
        var ended = await LabHost.Until(user, $"{Path}/{both["id"]}", "done", "failed");
        ended["status"].ShouldBe("done", ended.Body.ToString());
        var report = (await user.Get($"{Path}/{both["id"]}/report")).Ok();
        report["symbol"].ShouldBe("BTCUSDT,ETHUSDT");
        report.Body.GetProperty("trades").EnumerateArray().Select(trade => trade.GetProperty("symbol").GetString()).Distinct().Order().ShouldBe(["BTCUSDT", "ETHUSDT"]);

        var detailed = await user.Send(HttpMethod.Post, Path, Body(0, 800, new { detailTimeframe = "15m" }));
        (detailed["code"], detailed["value"]).ShouldBe(("data_missing", "BTCUSDT 15m 2024-01-01T00:00Z - 2024-02-03T08:00Z"));
        lab.Source.History[(new Symbol("BTCUSDT"), Timeframe.Parse("15m"))] = LabHost.Walk(3_200, LabHost.HourMs / 4, 5);
        var download = (await user.Send(HttpMethod.Post, "/api/v1/data/downloads", new { symbol = "BTCUSDT", interval = "15m", from = LabHost.At(0), to = LabHost.At(800) })).Ok();
        await LabHost.Until(user, $"/api/v1/data/downloads/{download["id"]}", "done");
        var run = (await user.Send(HttpMethod.Post, Path, Body(0, 800, new { detailTimeframe = "15m" }))).Ok();
        run.Number("rows").ShouldBe(4_000m);
        (await LabHost.Until(user, $"{Path}/{run["id"]}", "done", "failed"))["status"].ShouldBe("done");
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_name()
    {
        await using var lab = await LabHost.Start("--Lab:RowsPerRun", "400");
        var user = await lab.NewUser();
        lab.Hours(500);
        await lab.Download(user, 500);
        var wrong = new (object Change, string Code, string? Field)[]
        {
            (new { symbols = Array.Empty<string>() }, "invalid_field", "symbols"),
            (new { symbols = new[] { "BTCUSDT", "BTCUSDT" } }, "invalid_field", "symbols"),
            (new { symbols = new[] { "NOPEUSDT" } }, "unknown_symbol", "symbols"),
            (new { from = LabHost.At(9), to = LabHost.At(9) }, "invalid_field", "to"),
            (new { from = "1999-01-01T00:00:00Z" }, "invalid_field", "from"),
            (new { from = "2990-01-01T00:00:00Z", to = "2991-01-01T00:00:00Z" }, "invalid_field", "to"),
            (new { cash = "0" }, "invalid_field", "cash"),
            (new { fee = "0.2" }, "invalid_field", "fee"),
            (new { slippage = "-0.1" }, "invalid_field", "slippage"),
            (new { split = 1 }, "invalid_field", "split"),
            (new { fill = "queue" }, "invalid_field", "fill"),
            (new { detailTimeframe = "2h" }, "invalid_field", "detailTimeframe"),
            (new { inputs = new { nope = 5 } }, "invalid_strategy", "document.inputs.nope"),
            (new { inputs = new { length = 0 } }, "invalid_strategy", null),
            (new { strategyId = "x" }, "invalid_field", "strategyId"),
            (new { from = LabHost.At(0), to = LabHost.At(401) }, "quota_exceeded", "rows"),
            (new { nonsense = 1 }, "invalid_field", null),
        };
        foreach (var (change, code, field) in wrong)
        {
            var refused = await user.Send(HttpMethod.Post, Path, Body(0, 300, change));
            ((int)refused.Status, refused["code"]).ShouldBe((422, code), $"{change}: {refused.Body}");
            if (field is not null) refused["field"].ShouldBe(field, $"{change}");
        }

        (await user.Send(HttpMethod.Post, Path, Body(0, 400))).Ok();
        (await user.Get($"{Path}?limit=0"))["code"].ShouldBe("invalid_field");
        (await user.Get($"{Path}?cursor=x"))["code"].ShouldBe("invalid_field");
    }

    [Fact]
    public async Task A_run_of_too_many_trades_says_so_and_a_full_store_takes_no_more()
    {
        await using var lab = await LabHost.Start("--Lab:TradesPerRun", "5", "--Lab:BytesPerUser", "1000");
        var user = await lab.NewUser();
        lab.Hours(1_000);
        await lab.Download(user, 1_000);
        var many = (await user.Send(HttpMethod.Post, Path, Body(0, 1_000))).Ok();
        var ended = await LabHost.Until(user, $"{Path}/{many["id"]}", "done", "failed");
        (ended["status"], ended.Body.GetProperty("error").GetProperty("code").GetString(), ended["summary"]).ShouldBe(("failed", "too_many_trades", null));
        ((int)(await user.Get($"{Path}/{many["id"]}/report")).Status).ShouldBe(404);
        var few = (await user.Send(HttpMethod.Post, Path, Body(0, 90))).Ok();
        (await LabHost.Until(user, $"{Path}/{few["id"]}", "done", "failed"))["status"].ShouldBe("done");
        var full = await user.Send(HttpMethod.Post, Path, Body(0, 91));
        ((int)full.Status, full["code"], full["field"], full["limit"]).ShouldBe((422, "quota_exceeded", "bytes", "1000"));
        ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{few["id"]}")).Status).ShouldBe(204);
        (await user.Send(HttpMethod.Post, Path, Body(0, 91))).Ok();
    }

    [Fact]
    public async Task Kept_strategies_run_as_they_were_even_after_a_change()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(500);
        await lab.Download(user, 500);
        var strategy = (await user.Send(HttpMethod.Post, "/api/v1/strategies", new { document = LabHost.Rsi() })).Ok();
        (await user.Send(HttpMethod.Put, $"/api/v1/strategies/{strategy["id"]}", new { document = LabHost.Rsi("Changed", low: 5), baseVersion = 1 })).Ok();
        var old = (await user.Send(HttpMethod.Post, Path, Kept(strategy["id"]!, 1))).Ok();
        var newest = (await user.Send(HttpMethod.Post, Path, Kept(strategy["id"]!, null))).Ok();
        old.Body.GetProperty("strategy").ToString().ShouldBe($$"""{"id":"{{strategy["id"]}}","version":1,"name":"RSI reversal"}""");
        newest.Body.GetProperty("strategy").GetProperty("version").GetInt32().ShouldBe(2);
        ((int)(await user.Send(HttpMethod.Delete, $"/api/v1/strategies/{strategy["id"]}")).Status).ShouldBe(204);
        var ended = await LabHost.Until(user, $"{Path}/{old["id"]}", "done", "failed");
        (ended["status"], ended.Body.GetProperty("document").GetProperty("name").GetString()).ShouldBe(("done", "RSI reversal"));
        var gone = await user.Send(HttpMethod.Post, Path, Kept(strategy["id"]!, 1));
        ((int)gone.Status, gone["field"]).ShouldBe((404, "strategyId"));

        static object Kept(string id, int? version) => new { strategyId = id, version, symbols = new[] { "BTCUSDT" }, from = LabHost.At(0), to = LabHost.At(500) };
    }

    [Fact]
    public async Task The_same_key_runs_once_and_nobody_else_sees_it()
    {
        await using var lab = await LabHost.Start();
        var (user, other) = (await lab.NewUser(), await lab.NewUser());
        lab.Hours(500);
        await lab.Download(user, 500);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Trader.Insist(() => user.Send(HttpMethod.Post, Path, Body(0, 500), "once"))));
        var id = answers.Select(answer => answer.Ok()["id"]).Distinct().ShouldHaveSingleItem();
        (await user.Get(Path)).Ok().Items.ShouldHaveSingleItem();
        (await user.Send(HttpMethod.Post, Path, Body(0, 499), "once"))["code"].ShouldBe("idempotency_mismatch");
        (await other.Send(HttpMethod.Post, Path, Body(0, 500), "once")).Ok()["id"].ShouldNotBe(id, "another user's key is another key");
        await LabHost.Until(user, $"{Path}/{id}", "done");
        (await user.Send(HttpMethod.Post, Path, Body(0, 500), "once")).Ok().Body.ToString().ShouldBe(answers[0].Body.ToString());

        foreach (var path in new[] { "", "/report", "/trades.csv", "/equity.csv" })
        {
            ((int)(await other.Get($"{Path}/{id}{path}")).Status).ShouldBe(404, path);
            ((int)(await user.Client.GetAsync($"{Path}/{id}{path}")).StatusCode).ShouldBe(200, path);
        }

        ((int)(await other.Send(HttpMethod.Delete, $"{Path}/{id}")).Status).ShouldBe(404);
        ((int)(await other.Send(HttpMethod.Post, $"{Path}/{id}/explain", new { openTime = LabHost.At(300) })).Status).ShouldBe(404);
        ((int)(await user.Get($"{Path}/sweeps/{id}")).Status).ShouldBe(404, "a backtest is no sweep");
        (await other.Get(Path)).Ok().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Why_and_why_not_agree_with_the_trades_of_the_run()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(1_000);
        await lab.Download(user, 1_000);
        var made = (await user.Send(HttpMethod.Post, Path, Body(300, 1_000))).Ok();
        await LabHost.Until(user, $"{Path}/{made["id"]}", "done");
        var trades = (await user.Get($"{Path}/{made["id"]}/report")).Ok().Body.GetProperty("trades").EnumerateArray().ToList();
        foreach (var trade in trades.Take(5))
        {
            // Decided at the close before the fill.
            var decided = DateTimeOffset.FromUnixTimeMilliseconds(trade.GetProperty("entryTime").GetInt64() - LabHost.HourMs);
            var why = (await user.Send(HttpMethod.Post, $"{Path}/{made["id"]}/explain", new { openTime = decided })).Ok();
            why.Body.GetProperty("enter").GetProperty("truth").GetString().ShouldBe("true", why.Body.ToString());
            why.Body.GetProperty("exit").GetProperty("truth").GetString().ShouldBe("false");
        }

        var between = await user.Send(HttpMethod.Post, $"{Path}/{made["id"]}/explain", new { openTime = LabHost.At(400).AddMinutes(1) });
        ((int)between.Status, between["field"]).ShouldBe((404, "openTime"));
        (await user.Send(HttpMethod.Post, $"{Path}/{made["id"]}/explain", new { openTime = LabHost.At(400), symbol = "ETHUSDT" }))["code"].ShouldBe("unknown_symbol");
    }

    internal static Dictionary<string, object?> Body(int from, int to, object? change = null)
    {
        var body = new Dictionary<string, object?> { ["document"] = LabHost.Rsi(), ["symbols"] = new[] { "BTCUSDT" }, ["from"] = LabHost.At(from), ["to"] = LabHost.At(to) };
        foreach (var property in change?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(change);
        return body;
    }

    /// <summary>As a file of the same digits is read.</summary>
    private static CandleColumns Columns(IEnumerable<Candle> candles)
    {
        static double Read(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var rows = candles.ToList();
        return new CandleColumns
        {
            OpenTimeMs = [.. rows.Select(row => row.OpenTimeMs)],
            Open = [.. rows.Select(row => Read(row.Open.Value))],
            High = [.. rows.Select(row => Read(row.High.Value))],
            Low = [.. rows.Select(row => Read(row.Low.Value))],
            Close = [.. rows.Select(row => Read(row.Close.Value))],
            Volume = [.. rows.Select(row => Read(row.Volume.Value))],
        };
    }
}
