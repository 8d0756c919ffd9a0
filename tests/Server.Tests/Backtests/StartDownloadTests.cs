using Lastro.Core.Markets;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Backtests;

public sealed class StartDownloadTests
{
    private const string Path = "/api/v1/data/downloads";

    [Fact]
    public async Task What_is_missing_is_brought_and_the_sources_own_gaps_are_reported()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(3_500, "BTCUSDT", 10, 2_000, 2_001, 3_499);
        var before = await Coverage(user, 0, 3_500);
        (before["rows"], before["missing"], before["from"], before["source"]).ShouldBe(("0", "3500", null, "binance"));
        before.Body.GetProperty("gaps").ToString().ShouldBe("""[{"from":"2024-01-01T00:00:00.000Z","to":"2024-05-25T20:00:00.000Z","missing":3500}]""");

        var made = (await user.Send(HttpMethod.Post, Path, new { symbol = "BTCUSDT", interval = "1h", from = LabHost.At(0), to = LabHost.At(3_500) })).Ok();
        ((int)made.Status, made["status"], made["rows"], made["coverage"]).ShouldBe((201, "queued", "3500", null));
        var ended = await LabHost.Until(user, $"{Path}/{made["id"]}", "done", "failed");
        (ended["status"], ended["progress"]).ShouldBe(("done", "1"));
        var expected = (await Coverage(user, 0, 3_500)).Body.ToString();
        ended.Body.GetProperty("coverage").ToString().ShouldBe(expected);
        (await Coverage(user, 0, 3_500)).Number("rows").ShouldBe(3_496m);
        (await Coverage(user, 0, 3_500)).Body.GetProperty("gaps").EnumerateArray().Select(gap => ((gap.GetProperty("from").GetDateTimeOffset() - LabHost.At(0)).TotalHours, gap.GetProperty("missing").GetInt32()))
            .ShouldBe([(10, 1), (2_000, 2), (3_499, 1)]);
        (await Coverage(user, 11, 2_000))["missing"].ShouldBe("0");

        // Again: only the gaps are asked for.
        var asked = lab.Source.Asked.Count;
        var again = (await user.Send(HttpMethod.Post, Path, new { symbol = "BTCUSDT", interval = "1h", from = LabHost.At(0), to = LabHost.At(3_500) })).Ok();
        again["rows"].ShouldBe("4");
        await LabHost.Until(user, $"{Path}/{again["id"]}", "done");
        lab.Source.Asked.Skip(asked).Where(one => one.Timeframe == Timeframe.Parse("1h") && one.Symbol == new Symbol("BTCUSDT") && one.ToMs <= LabHost.At(3_500).ToUnixTimeMilliseconds())
            .Sum(one => (one.ToMs - one.FromMs) / LabHost.HourMs).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_download_is_bounded_for_itself_for_the_day_and_in_the_queue()
    {
        await using var lab = await LabHost.Start("--Lab:RowsPerDownload", "100", "--Lab:DownloadRowsPerDay", "250", "--Lab:DownloadsPerUser", "50");
        var (user, other) = (await lab.NewUser(), await lab.NewUser());
        lab.Hours(1_000);
        Task<Answer> Ask(Trader who, int from, int to) => who.Send(HttpMethod.Post, Path, new { symbol = "BTCUSDT", interval = "1h", from = LabHost.At(from), to = LabHost.At(to) });
        var large = await Ask(user, 0, 101);
        ((int)large.Status, large["code"], large["field"], large["value"], large["limit"]).ShouldBe((422, "quota_exceeded", "rows", "101", "100"));
        foreach (var at in new[] { 0, 100 }) (await Ask(user, at, at + 100)).Ok();
        var tooMuch = await Ask(user, 200, 300);
        ((int)tooMuch.Status, tooMuch["code"], tooMuch["value"], tooMuch["limit"]).ShouldBe((422, "quota_exceeded", "300", "250"));
        (await Ask(other, 200, 300)).Ok();
        var mine = (await user.Get(Path)).Ok().Items;
        mine.Length.ShouldBe(2);
        ((int)(await other.Get($"{Path}/{mine[0].GetProperty("id")}")).Status).ShouldBe(404);
        ((int)(await other.Send(HttpMethod.Delete, $"{Path}/{mine[0].GetProperty("id")}")).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Spans_that_make_no_sense_are_refused()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        foreach (var (query, field) in new[]
        {
            ("symbol=NOPE&interval=1h&from=2024-01-01T00:00:00Z", "symbol"), ("symbol=BTCUSDT&interval=7h&from=2024-01-01T00:00:00Z", "interval"),
            ("symbol=BTCUSDT&interval=1h&from=yesterday", "from"), ("symbol=BTCUSDT&interval=1h", "from"), ("symbol=BTCUSDT&interval=1h&from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z", "to"),
        })
            (await user.Get($"/api/v1/data/coverage?{query}"))["field"].ShouldBe(field, query);
        var months = (await user.Get("/api/v1/data/coverage?symbol=BTCUSDT&interval=1M&from=2024-01-15T00:00:00Z&to=2024-06-15T00:00:00Z")).Ok();
        (months["missing"], months.Body.GetProperty("gaps")[0].ToString()).ShouldBe(("5", """{"from":"2024-02-01T00:00:00.000Z","to":"2024-07-01T00:00:00.000Z","missing":5}"""));
        ((int)(await lab.Host.Client.GetAsync("/api/v1/data/coverage?symbol=BTCUSDT&interval=1h&from=2024-01-01T00:00:00Z")).StatusCode).ShouldBe(401);
    }

    private static async Task<Answer> Coverage(Trader user, int from, int to) =>
        (await user.Get($"/api/v1/data/coverage?symbol=BTCUSDT&interval=1h&from={LabHost.At(from):yyyy-MM-ddTHH:mm:ssZ}&to={LabHost.At(to):yyyy-MM-ddTHH:mm:ssZ}")).Ok();
}
