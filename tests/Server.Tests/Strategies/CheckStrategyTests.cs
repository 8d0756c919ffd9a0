using Lastro.Server.Tests.Backtests;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Strategies;

public sealed class CheckStrategyTests
{
    private const string Path = "/api/v1/strategies/check";

    [Fact]
    public async Task Good_rules_come_back_as_trees_and_sentences()
    {
        await using var host = await TestHost.Start();
        var user = await Trader.New(host);
        var found = (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok();
        (found["valid"], found["warmUp"]).ShouldBe(("True", "14"));
        found.Body.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var enter = found.Body.GetProperty("rules").GetProperty("enter");
        (enter.GetProperty("kind").GetString(), enter.GetProperty("text").GetString(), enter.GetProperty("children").GetArrayLength()).ShouldBe(("compare", "r < low", 2));
        found.Body.GetProperty("rules").GetProperty("define").GetProperty("r").GetProperty("kind").GetString().ShouldBe("indicator");
        found.Body.GetProperty("plots").EnumerateArray().Select(plot => $"{plot.GetProperty("name")} {plot.GetProperty("pane")}").ShouldBe(["r own"]);
        var sentences = new HashSet<string>();
        foreach (var language in new[] { "en", "pt", "ru", "es" })
        {
            var told = (await user.Send(HttpMethod.Post, $"{Path}?language={language}", new { document = LabHost.Rsi() })).Ok().Body.GetProperty("sentences");
            told.GetProperty("enter").GetString()!.ShouldContain("RSI");
            sentences.Add(told.GetProperty("enter").GetString()!).ShouldBeTrue(language);
            told.TryGetProperty("takeProfit", out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_error_is_an_answer_with_its_place_in_the_language_asked_for()
    {
        await using var host = await TestHost.Start();
        var user = await Trader.New(host);
        var document = new { name = "x", timeframe = "1h", enter = "close > smaa(close, 5)", exit = "close <", stopLoss = "300%" };
        var messages = new HashSet<string>();
        foreach (var language in new[] { "en", "pt", "ru", "es" })
        {
            var found = (await user.Send(HttpMethod.Post, $"{Path}?language={language}", new { document })).Ok();
            (found["valid"], found["sentences"]).ShouldBe(("False", null));
            var errors = found.Body.GetProperty("errors").EnumerateArray().ToList();
            errors.Select(error => error.GetProperty("field").GetString()).Order().ShouldBe(["enter", "exit", "stopLoss"]);
            var enter = errors.Single(error => error.GetProperty("field").GetString() == "enter");
            (enter.GetProperty("line").GetInt32(), enter.GetProperty("column").GetInt32(), enter.GetProperty("length").GetInt32()).ShouldBe((1, 9, 4));
            messages.Add(enter.GetProperty("message").GetString()!).ShouldBeTrue(language);
        }
    }

    [Fact]
    public async Task A_rule_that_can_be_read_has_its_tree_though_it_is_wrong()
    {
        await using var host = await TestHost.Start();
        var user = await Trader.New(host);
        var found = (await user.Send(HttpMethod.Post, Path, new { document = new { timeframe = "1h", enter = "close > smaa(close, 5)", exit = "close <" } })).Ok();
        found["valid"].ShouldBe("False");
        var rules = found.Body.GetProperty("rules");
        rules.GetProperty("enter").GetProperty("children").GetArrayLength().ShouldBe(2);
        rules.TryGetProperty("exit", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Whatever_is_sent_the_server_does_not_fail()
    {
        await using var host = await TestHost.Start();
        var user = await Trader.New(host);
        var deep = string.Concat(Enumerable.Repeat("(", 5_000));
        foreach (var document in new object?[] { null, 5, "x", true, Array.Empty<int>(), new { }, new { enter = deep, timeframe = "1h" }, new { name = "x", timeframe = "1h", enter = string.Join(" and ", Enumerable.Repeat("close > 1", 900)) } })
        {
            var answer = await user.Send(HttpMethod.Post, Path, new { document });
            ((int)answer.Status).ShouldBe(200, $"{document}"[..Math.Min(40, $"{document}".Length)]);
        }

        ((int)(await user.Send(HttpMethod.Post, Path, new { })).Status).ShouldBe(422);
        ((int)(await user.Send(HttpMethod.Post, Path, new { document = new string('x', 300_000) })).Status).ShouldBe(413);
    }
}
