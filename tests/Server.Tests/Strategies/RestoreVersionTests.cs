using Lastro.Server.Tests.Backtests;

namespace Lastro.Server.Tests.Strategies;

public sealed class RestoreVersionTests
{
    private const string Path = "/api/v1/strategies";

    [Fact]
    public async Task An_old_version_becomes_the_newest_and_says_where_it_came_from()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var made = (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok();
        var one = $"{Path}/{made["id"]}";
        (await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi("Second", low: 20), baseVersion = 1 })).Ok();

        var differing = (await user.Get($"{one}/diff")).Ok();
        (differing["from"], differing["to"]).ShouldBe(("1", "2"));
        differing.Body.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("field").GetString(), change.GetProperty("from").GetString(), change.GetProperty("to").GetString()))
            .ShouldBe([("name", "RSI reversal", "Second"), ("inputs.low", "30", "20")]);

        var conflict = await user.Send(HttpMethod.Post, $"{one}/restore", new { version = 1, baseVersion = 1 });
        ((int)conflict.Status, conflict["code"]).ShouldBe((409, "version_conflict"));
        var restored = (await user.Send(HttpMethod.Post, $"{one}/restore", new { version = 1, baseVersion = 2 })).Ok();
        (restored["version"], restored["name"]).ShouldBe(("3", "RSI reversal"));
        restored.Body.GetProperty("document").ToString().ShouldBe(made.Body.GetProperty("document").ToString());
        (await user.Send(HttpMethod.Post, $"{one}/restore", new { version = 1, baseVersion = 2 })).Ok()["version"].ShouldBe("3", "a retry changes nothing");
        (await user.Get($"{one}/versions")).Ok().Items.Select(item => item.GetProperty("restoredFrom").ToString()).ShouldBe(["1", "", ""]);
        (await user.Get($"{one}/diff?from=1&to=3")).Ok().Body.GetProperty("changes").GetArrayLength().ShouldBe(0);
        ((int)(await user.Send(HttpMethod.Post, $"{one}/restore", new { version = 9 })).Status).ShouldBe(404);
        ((int)(await user.Get($"{one}/diff?from=9")).Status).ShouldBe(404);
    }

    [Fact]
    public async Task A_diff_names_what_came_and_what_went()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var one = $"{Path}/{(await user.Send(HttpMethod.Post, Path, new { document = new { name = "a", timeframe = "1h", enter = "close > 1", inputs = new { n = 5 } } })).Ok()["id"]}";
        (await user.Send(HttpMethod.Put, one, new { document = new { name = "a", timeframe = "1h", enter = "close > 1", exit = "close < 1", stopLoss = "3%" }, baseVersion = 1 })).Ok();
        (await user.Get($"{one}/diff?from=1&to=2")).Ok().Body.GetProperty("changes").EnumerateArray()
            .Select(change => $"{change.GetProperty("field")}: {change.GetProperty("from")} > {change.GetProperty("to")}").Order()
            .ShouldBe(["exit:  > close < 1", "inputs.n: 5 > ", "stopLoss:  > 3%"]);
    }
}
