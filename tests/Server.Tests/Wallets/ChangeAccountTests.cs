using System.Net;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;

namespace Lastro.Server.Tests.Wallets;

public sealed class ChangeAccountTests
{
    [Fact]
    public async Task What_the_body_names_changes_and_the_orders_room_reads_it()
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);
        var path = $"/api/v1/accounts/{trader.Account}";
        var changed = (await trader.Send(HttpMethod.Patch, path, new { name = "Slow", fillModel = "queue", latencyMs = 250, slippageBps = 0 })).Ok();
        (changed["name"], changed["fillModel"], changed["latencyMs"], changed["slippageBps"]).ShouldBe(("Slow", "queue", "250", "0"));
        (await trader.Send(HttpMethod.Patch, path, new { name = "Still slow" })).Ok()["slippageBps"].ShouldBe("0");

        await using var connection = await market.Host.Owner.OpenConnectionAsync();
        (await Met(0)).ShouldBe(("queue", 250, 0));
        (await trader.Send(HttpMethod.Patch, path, new { slippageBps = (int?)null })).Ok()["slippageBps"].ShouldBeNull("null is the server's again");
        (await Met(1)).ShouldBe(("queue", 250, null));
        var listed = (await trader.Get("/api/v1/accounts")).Items.Single();
        (listed.GetProperty("name").GetString(), listed.GetProperty("latencyMs").GetInt32()).ShouldBe(("Still slow", 250));

        // As an order of this account meets it.
        async Task<(string Model, int LatencyMs, int? SlippageBps)> Met(int number)
        {
            var funds = await Funds.Lock(connection, [(Guid.Parse(trader.Account), "USDT")], default);
            funds.Account(Guid.Parse(trader.Account), new UserId(Guid.NewGuid())).ShouldBeNull($"look {number}: it is nobody else's");
            var account = funds.Account(Guid.Parse(trader.Account), new UserId(trader.User)).ShouldNotBeNull();
            return (account.FillModel, account.LatencyMs, account.SlippageBps);
        }
    }

    [Theory]
    [InlineData("""{"fillModel":"best"}""", "fillModel", "best", "default, touch, through, queue, book")]
    [InlineData("""{"latencyMs":5001}""", "latencyMs", "5001", "0..5000")]
    [InlineData("""{"latencyMs":-1}""", "latencyMs", "-1", "0..5000")]
    [InlineData("""{"slippageBps":501}""", "slippageBps", "501", "0..500")]
    [InlineData("""{"name":"  "}""", "name", "  ", "1..80")]
    public async Task What_is_out_of_bounds_is_refused_by_name_value_and_limit(string body, string field, string value, string limit)
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await trader.Client.PatchAsync($"/api/v1/accounts/{trader.Account}", content);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = System.Text.Json.JsonElement.Parse(await response.Content.ReadAsStringAsync());
        (problem.GetProperty("field").GetString(), problem.GetProperty("value").GetString(), problem.GetProperty("limit").GetString()).ShouldBe((field, value, limit));
        (await trader.Get("/api/v1/accounts")).Items.Single().GetProperty("fillModel").GetString().ShouldBe("default");
    }
}
