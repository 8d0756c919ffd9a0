using System.Net.WebSockets;
using System.Text.Json;
using Lastro.Server.Tests.Markets;

namespace Lastro.Server.Tests.Orders;

public sealed class OrderChannelTests
{
    [Fact]
    public async Task Orders_and_balances_stream_what_was_committed_to_their_owner_only()
    {
        await using var market = await ScriptedMarket.Around60000();
        var user = await market.Host.NewUser();
        var trader = Trader.On(market.Host, user, (await Trader.On(market.Host, user, "").Get("/api/v1/accounts")).Items[0].GetProperty("id").GetString()!);
        var stranger = await Trader.New(market.Host);
        var resting = (await trader.Buy("0.1", "59000")).Ok();
        using var stream = await Connect(market, user.AccessToken);

        await stream.Subscribe("orders");
        var snapshot = await stream.Until(m => Channel(m) == "orders");
        snapshot.GetProperty("data")[0].GetProperty("id").GetString().ShouldBe(resting["id"]);
        await stream.Subscribe("balances");
        await stream.Until(m => Channel(m) == "balances");

        (await stranger.MarketBuy("0.1")).Ok();
        await market.Trade(58_999m);
        var told = new List<JsonElement>();
        await stream.Until(m =>
        {
            told.Add(m);
            return told.Exists(one => Channel(one) == "orders" && Status(one) == "filled") && told.Exists(one => Channel(one) == "balances" && HasBitcoin(one));
        });
        var filled = told.Single(m => Channel(m) == "orders" && Status(m) == "filled");
        filled.GetProperty("data").GetProperty("order").GetProperty("id").GetString().ShouldBe(resting["id"]);
        filled.GetProperty("data").GetProperty("fill").GetProperty("price").GetString().ShouldBe("59000");
        told.Where(m => Channel(m) == "balances").SelectMany(m => m.GetProperty("data").EnumerateArray())
            .ShouldAllBe(item => item.GetProperty("accountId").GetString() == trader.Account);
    }

    private static async Task<StreamClient> Connect(ScriptedMarket market, string token)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(market.Host.Address) { Scheme = "ws", Path = "/api/v1/stream" }.Uri, default);
        var stream = new StreamClient(socket);
        await stream.Send(JsonSerializer.Serialize(new { op = "auth", token }));
        await stream.UntilOp("authenticated");
        return stream;
    }

    private static bool HasBitcoin(JsonElement message) =>
        message.GetProperty("data").EnumerateArray().Any(item => item.GetProperty("asset").GetString() == "BTC");

    private static string? Channel(JsonElement message) => message.TryGetProperty("type", out _) ? message.GetProperty("channel").GetString() : null;

    private static string? Status(JsonElement message) =>
        message.GetProperty("data") is { ValueKind: JsonValueKind.Object } data ? data.GetProperty("order").GetProperty("status").GetString() : null;
}
