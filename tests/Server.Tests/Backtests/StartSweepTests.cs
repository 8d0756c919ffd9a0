using System.Text.Json;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Backtests;

public sealed class StartSweepTests
{
    private const string Path = "/api/v1/backtests/sweeps";

    [Fact]
    public async Task Every_combination_is_what_a_backtest_of_it_alone_is()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(1_200);
        await lab.Download(user, 1_200);
        var set = new { length = new { from = 5, to = 25, step = 5 }, low = new { from = 20, to = 40, step = 10 } };
        var made = (await user.Send(HttpMethod.Post, Path, Body(1_200, set, new { rank = "return" }))).Ok();
        ((int)made.Status, made["combinations"], made["rank"], made["best"]).ShouldBe((201, "15", "return", null));
        var ended = await LabHost.Until(user, $"{Path}/{made["id"]}", "done", "failed");
        ended["status"].ShouldBe("done", ended.Body.ToString());
        var rows = (await user.Get($"{Path}/{made["id"]}/rows")).Ok().Items;
        rows.Length.ShouldBe(15);
        rows.Select(row => row.GetProperty("index").GetInt32()).Order().ShouldBe(Enumerable.Range(0, 15));
        rows.Select(row => row.GetProperty("metrics").GetProperty("return").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        ended.Body.GetProperty("best").ToString().ShouldBe(rows[0].ToString());
        rows.Single(row => row.GetProperty("index").GetInt32() == 4).GetProperty("inputs").ToString().ShouldBe("""{"low":30,"length":10}""", "the last input changes fastest");

        // The best's neighbours, by hand: one step away in any direction.
        double Input(JsonElement row, string name) => row.GetProperty("inputs").GetProperty(name).GetDouble();
        double Return(JsonElement row) => row.GetProperty("metrics").GetProperty("return").GetDouble();
        var near = rows[1..].Where(row => Math.Abs(Input(row, "length") - Input(rows[0], "length")) <= 5 && Math.Abs(Input(row, "low") - Input(rows[0], "low")) <= 10).ToList();
        if (Return(rows[0]) > 0)
            ended.Body.GetProperty("keptNearby").GetDouble().ShouldBe(near.Average(Return) / Return(rows[0]), 1e-9);
        else
            ended["keptNearby"].ShouldBeNull();
        ended.Body.GetProperty("deflatedSharpe").GetDouble().ShouldBeInRange(0, 1);

        foreach (var row in rows.Take(3))
        {
            var inputs = row.GetProperty("inputs").Deserialize<Dictionary<string, double>>();
            var run = (await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 1_200, new { inputs }))).Ok();
            var figures = (await LabHost.Until(user, $"/api/v1/backtests/{run["id"]}", "done", "failed")).Body.GetProperty("summary").GetProperty("figures");
            figures.GetProperty("final").GetDouble().ShouldBe(row.GetProperty("final").GetDouble());
            figures.GetProperty("sharpe").ToString().ShouldBe(row.GetProperty("metrics").GetProperty("sharpe").ToString());
        }

        var byDrawdown = (await user.Get($"{Path}/{made["id"]}/rows?rank=maxDrawdown&limit=4")).Ok();
        byDrawdown.Items.Select(row => row.GetProperty("metrics").GetProperty("maxDrawdown").GetDouble()).ShouldBeInOrder(SortDirection.Ascending);
        var next = (await user.Get($"{Path}/{made["id"]}/rows?rank=maxDrawdown&limit=500&cursor={byDrawdown["nextCursor"]}")).Ok();
        (next.Items.Length, next["nextCursor"]).ShouldBe((11, null));

        var other = await lab.NewUser();
        foreach (var path in new[] { "", "/rows" }) ((int)(await other.Get($"{Path}/{made["id"]}{path}")).Status).ShouldBe(404);
        ((int)(await other.Send(HttpMethod.Delete, $"{Path}/{made["id"]}")).Status).ShouldBe(404);
        ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{made["id"]}")).Status).ShouldBe(204);
        ((int)(await user.Get($"{Path}/{made["id"]}/rows")).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Values_the_rules_refuse_have_no_figures_and_stand_last()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        lab.Hours(300);
        await lab.Download(user, 300);
        var made = (await user.Send(HttpMethod.Post, Path, Body(300, new { length = new { from = 0, to = 10, step = 5 } }))).Ok();
        (await LabHost.Until(user, $"{Path}/{made["id"]}", "done", "failed"))["status"].ShouldBe("done");
        var rows = (await user.Get($"{Path}/{made["id"]}/rows")).Ok().Items;
        rows.Length.ShouldBe(3);
        rows[^1].GetProperty("inputs").GetProperty("length").GetDouble().ShouldBe(0);
        rows[^1].GetProperty("final").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_name()
    {
        await using var lab = await LabHost.Start("--Lab:CombinationsPerSweep", "20", "--Lab:RowsPerSweep", "3000");
        var user = await lab.NewUser();
        lab.Hours(300);
        lab.Hours(300, "ETHUSDT");
        await lab.Download(user, 300);
        await lab.Download(user, 300, "ETHUSDT");
        var good = new { length = new { from = 5, to = 10, step = 1 } };
        var wrong = new (object Set, object? Change, string Code, string Field)[]
        {
            (new { }, null, "invalid_field", "set"),
            (new { nope = new { from = 1, to = 2, step = 1 } }, null, "invalid_field", "set.nope"),
            (new { length = new { from = 2, to = 1, step = 1 } }, null, "invalid_field", "set.length"),
            (new { length = new { from = 1, to = 2, step = 0 } }, null, "invalid_field", "set.length"),
            (new { length = new { from = 1, to = 22, step = 1 } }, null, "quota_exceeded", "combinations"),
            (new { length = new { from = 1, to = 1e9, step = 1 }, low = new { from = 1, to = 1e9, step = 1 } }, null, "quota_exceeded", "combinations"),
            (new { length = new { from = 1, to = 11, step = 1 } }, null, "quota_exceeded", "rows"),
            (good, new { rank = "beauty" }, "invalid_field", "rank"),
            (good, new { symbols = new[] { "BTCUSDT", "ETHUSDT" } }, "invalid_field", "symbols"),
        };
        foreach (var (set, change, code, field) in wrong)
        {
            var refused = await user.Send(HttpMethod.Post, Path, Body(300, set, change));
            ((int)refused.Status, refused["code"], refused["field"]).ShouldBe((422, code, field), $"{set} {change}: {refused.Body}");
        }

        (await user.Send(HttpMethod.Post, Path, Body(300, good))).Ok();
    }

    [Fact]
    public async Task The_queue_of_a_user_ends_and_a_full_shelf_takes_no_more()
    {
        await using var lab = await LabHost.Start("--Lab:QueuedPerUser", "2", "--Lab:KeptPerUser", "3", "--Lab:Workers", "1");
        var (user, other) = (await lab.NewUser(), await lab.NewUser());
        lab.Hours(LabHost.HeavyHours);
        await lab.Download(user, LabHost.HeavyHours);
        var first = (await user.Send(HttpMethod.Post, Path, LabHost.Heavy())).Ok();
        var second = (await user.Send(HttpMethod.Post, Path, LabHost.Heavy())).Ok();
        var third = await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100));
        ((int)third.Status, third["code"], third["field"], third["value"], third["limit"]).ShouldBe((422, "quota_exceeded", "queue", "3", "2"));
        (await other.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100))).Ok();
        foreach (var sweep in new[] { first, second })
        {
            ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{sweep["id"]}")).Status).ShouldBe(204);
            (await user.Get($"{Path}/{sweep["id"]}"))["status"].ShouldBe("canceled");
        }

        await Run(user);
        var full = await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100));
        ((int)full.Status, full["code"], full["field"], full["limit"]).ShouldBe((422, "quota_exceeded", "backtests", "3"));
        ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{first["id"]}")).Status).ShouldBe(204);
        await Run(user);

        static async Task Run(Trader user)
        {
            var run = (await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100))).Ok();
            await LabHost.Until(user, $"/api/v1/backtests/{run["id"]}", "done");
        }
    }

    internal static Dictionary<string, object?> Body(int hours, object set, object? change = null)
    {
        var body = StartBacktestTests.Body(0, hours, change);
        body["set"] = set;
        return body;
    }
}
