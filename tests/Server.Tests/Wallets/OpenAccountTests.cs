using System.Net;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class OpenAccountTests
{
    private const string Path = "/api/v1/accounts";

    [Fact]
    public async Task A_new_account_has_its_own_money_and_its_own_orders()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var second = await trader.Send(HttpMethod.Post, Path, new { name = " Swing ", kind = "paper" });
        second.Status.ShouldBe(HttpStatusCode.Created);
        (second["name"], second["kind"], second["fillModel"], second["latencyMs"], second["slippageBps"], second["season"]).ShouldBe(("Swing", "paper", "default", "0", null, "1"));

        (await trader.MarketBuy("0.1")).Ok();
        var balances = (await trader.Get($"{Path}/{second["id"]}/balances")).Ok();
        balances.Items.Length.ShouldBe(1);
        balances.Number("total").ShouldBe(50_000m);
        (await trader.Get(Path)).Ok().Items.Select(item => item.GetProperty("name").GetString()).ShouldBe(["Paper", "Swing"]);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task The_same_key_opens_one_account_and_gives_one_answer()
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => trader.Send(HttpMethod.Post, Path, new { name = "Once", kind = "paper" }, "key-1")));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Select(answer => answer.Body.GetRawText()).Distinct().Count().ShouldBe(1);
        (await trader.Get(Path)).Items.Length.ShouldBe(2);

        var other = await trader.Send(HttpMethod.Post, Path, new { name = "Other", kind = "paper" }, "key-1");
        ((int)other.Status, other["code"], other["value"]).ShouldBe((422, "idempotency_mismatch", "key-1"));
        var stranger = await Trader.New(market.Host);
        (await stranger.Send(HttpMethod.Post, Path, new { name = "Once", kind = "paper" }, "key-1")).Ok()["id"].ShouldNotBe(answers[0]["id"]);
    }

    [Fact]
    public async Task Twenty_accounts_are_the_end_also_for_a_crowd()
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => trader.Send(HttpMethod.Post, Path, new { name = $"No {n}", kind = "paper" })));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(19);
        var refused = answers.First(answer => answer.Status != HttpStatusCode.Created);
        ((int)refused.Status, refused["code"], refused["field"], refused["limit"]).ShouldBe((422, "invalid_field", "accounts", "20"));
        (await trader.Get(Path)).Items.Length.ShouldBe(20);
        await market.ShouldBeSound();
    }

    [Theory]
    [InlineData("", "paper", "name")]
    [InlineData("a\u0007", "paper", "name")]
    [InlineData(null, "paper", "name")]
    [InlineData("Real", "live", "kind")]
    [InlineData("House", "house", "kind")]
    public async Task What_is_wrong_is_named(string? name, string kind, string field)
    {
        await using var market = await ScriptedMarket.Start();
        var answer = await (await Trader.New(market.Host)).Send(HttpMethod.Post, Path, new { name, kind });
        ((int)answer.Status, answer["field"], answer["limit"] is null).ShouldBe((422, field, false));
    }
}
