using System.Net.WebSockets;
using System.Text.Json;
using Lastro.Server.Tests.Markets;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class BalanceChannelTests
{
    [Fact]
    public async Task A_reset_tells_all_balances_of_its_account()
    {
        await using var market = await ScriptedMarket.Around60000();
        var user = await market.Host.NewUser();
        var trader = Trader.On(market.Host, user, (await Trader.On(market.Host, user, "").Get("/api/v1/accounts")).Items[0].GetProperty("id").GetString()!);
        (await trader.MarketBuy("0.1")).Ok();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(market.Host.Address) { Scheme = "ws", Path = "/api/v1/stream" }.Uri, default);
        using var stream = new StreamClient(socket);
        await stream.Send(JsonSerializer.Serialize(new { op = "auth", token = user.AccessToken }));
        await stream.UntilOp("authenticated");
        await stream.Subscribe("balances");

        (await ResetAccountTests.Reset(trader, new { confirm = "RESET", amount = "250" }, null)).Ok();
        var told = await stream.Until(message => message.TryGetProperty("type", out var type) && type.GetString() == "update"
            && message.GetProperty("data").EnumerateArray().Any(item => item.GetProperty("available").GetString() == "250"));
        told.GetProperty("data").EnumerateArray().Select(item => (item.GetProperty("asset").GetString(), item.GetProperty("total").GetString()))
            .ShouldBe([("BTC", "0"), ("USDT", "250")]);
        told.GetProperty("data").EnumerateArray().ShouldAllBe(item => item.GetProperty("accountId").GetString() == trader.Account);
    }

    [Fact]
    public async Task The_document_shows_both_forms_of_the_statement_and_the_shapes_of_the_new_answers()
    {
        await using var market = await ScriptedMarket.Start();
        var document = JsonElement.Parse(await market.Host.Client.GetStringAsync("/openapi/v1.json"));
        var statement = document.GetProperty("paths").GetProperty("/api/v1/accounts/{id}/statement").GetProperty("get");
        statement.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name)
            .ShouldBe(["application/json", "text/csv"], ignoreOrder: true);
        statement.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["id", "asset", "kind", "from", "to", "limit", "cursor"], ignoreOrder: true);
        foreach (var (path, method, name) in new[]
        {
            ("/api/v1/accounts", "post", "201"), ("/api/v1/accounts/{id}", "patch", "200"), ("/api/v1/accounts/{id}/reset", "post", "200"),
            ("/api/v1/accounts/{id}/seasons", "get", "200"), ("/api/v1/accounts/{id}/portfolio", "get", "200"), ("/api/v1/accounts/{id}/equity", "get", "200"),
        })
        {
            document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty(name)
                .GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString().ShouldNotBeNullOrEmpty(path);
        }
    }
}
