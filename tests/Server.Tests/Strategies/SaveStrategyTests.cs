using System.Text.Json;
using Lastro.Server.Tests.Backtests;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Strategies;

public sealed class SaveStrategyTests
{
    private const string Path = "/api/v1/strategies";

    [Fact]
    public async Task A_strategy_is_kept_shown_and_listed_before_the_built_in_ones()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var made = (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok();
        ((int)made.Status).ShouldBe(201);
        (made["name"], made["version"], made["builtIn"], made["createdAt"]).ShouldBe(("RSI reversal", "1", "False", made["updatedAt"]));
        made.Body.GetProperty("document").GetProperty("enter").GetString().ShouldBe("r < low");
        (await user.Get($"{Path}/{made["id"]}")).Ok().Body.ToString().ShouldBe(made.Body.ToString());

        var list = (await user.Get(Path)).Ok().Items;
        list[0].ToString().ShouldBe(made.Body.ToString());
        list.Length.ShouldBeGreaterThan(8);
        foreach (var builtIn in list[1..])
        {
            (builtIn.GetProperty("builtIn").GetBoolean(), builtIn.GetProperty("version").GetInt32(), builtIn.GetProperty("createdAt").ValueKind).ShouldBe((true, 1, JsonValueKind.Null));
            var shown = (await user.Get($"{Path}/{Uri.EscapeDataString(builtIn.GetProperty("id").GetString()!)}")).Ok();
            shown.Body.ToString().ShouldBe(builtIn.ToString());
        }
    }

    [Fact]
    public async Task The_same_key_makes_one_strategy_and_another_body_is_refused()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Trader.Insist(() => user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() }, "one"))));
        answers.Select(answer => answer.Ok().Body.ToString()).Distinct().ShouldHaveSingleItem();
        var other = await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi("Another") }, "one");
        ((int)other.Status, other["code"]).ShouldBe((422, "idempotency_mismatch"));
        (await user.Get(Path)).Ok().Items.Count(item => !item.GetProperty("builtIn").GetBoolean()).ShouldBe(1);

        // Deleted and asked again: the same answer, and nothing new.
        ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{answers[0]["id"]}")).Status).ShouldBe(204);
        (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() }, "one")).Ok().Body.ToString().ShouldBe(answers[0].Body.ToString());
        ((int)(await user.Get($"{Path}/{answers[0]["id"]}")).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Rules_with_an_error_are_not_kept_and_the_place_is_named()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var refused = await user.Send(HttpMethod.Post, Path, new { document = new { name = "x", timeframe = "1h", enter = "clsoe > 5" } });
        ((int)refused.Status, refused["code"], refused["field"]).ShouldBe((422, "invalid_strategy", "document.enter"));
        refused["detail"]!.ShouldContain("clsoe");
        foreach (var document in new object[] { "text", 5, new { }, new { name = "x", timeframe = "7h", enter = "close > 1" } })
            ((int)(await user.Send(HttpMethod.Post, Path, new { document })).Status).ShouldBe(422, document.ToString());
        var large = new { name = "large", timeframe = "1h", enter = "close > 1", define = Enumerable.Range(0, 15).ToDictionary(n => $"d{n}", _ => $"close{new string(' ', 9_000)}") };
        var tooLarge = await user.Send(HttpMethod.Post, Path, new { document = large });
        ((int)tooLarge.Status, tooLarge["code"]).ShouldBe((422, "quota_exceeded"));
    }

    [Fact]
    public async Task A_user_keeps_as_many_as_allowed_however_they_come()
    {
        await using var lab = await LabHost.Start("--Strategies:PerUser", "3");
        var (user, other) = (await lab.NewUser(), await lab.NewUser());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Trader.Insist(() => user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi($"Number {n}") }))));
        answers.Count(answer => (int)answer.Status == 201).ShouldBe(3);
        var refused = answers.First(answer => (int)answer.Status != 201);
        ((int)refused.Status, refused["code"], refused["field"], refused["value"], refused["limit"]).ShouldBe((422, "quota_exceeded", "strategies", "4", "3"));
        (await other.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok();
        var first = answers.First(answer => (int)answer.Status == 201);
        ((int)(await user.Send(HttpMethod.Delete, $"{Path}/{first["id"]}")).Status).ShouldBe(204);
        (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi("Room again") })).Ok();
    }

    [Fact]
    public async Task Bytes_of_all_versions_are_bounded()
    {
        await using var lab = await LabHost.Start("--Strategies:BytesPerUser", "2000");
        var user = await lab.NewUser();
        var refused = await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() });
        for (var n = 0; n < 20 && (int)refused.Status == 201; n++) refused = await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi($"{n}") });
        ((int)refused.Status, refused["code"], refused["field"], refused["limit"]).ShouldBe((422, "quota_exceeded", "document", "2000"));
    }
}
