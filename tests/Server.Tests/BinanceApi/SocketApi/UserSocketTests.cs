using System.Globalization;
using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Streams;
using Lastro.Server.Tests.BinanceApi.Trading;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.SocketApi;

/// <summary>An account's orders and events over sockets, with the real rooms behind them.</summary>
public sealed class UserSocketTests
{
    [Fact]
    public async Task An_order_placed_over_the_socket_is_answered_and_told()
    {
        await using var market = await WireTrader.Market();
        var person = await Person.New(market.Host);
        using var client = await WireClient.Connect(market.Host.Address, "/binance/ws-api/v3?returnRateLimits=false");
        (await client.Ask(person.Request("userDataStream.subscribe.signature"))).GetProperty("result").GetProperty("subscriptionId").GetInt32().ShouldBe(0);

        // Numbers as python-binance sends them: JSON numbers, signed by their text.
        await client.Send(person.Request("order.place", ("symbol", "\"BTCUSDT\""), ("side", "\"BUY\""), ("type", "\"LIMIT\""), ("timeInForce", "\"GTC\""), ("quantity", "0.001"), ("price", "5e4")));
        var (answer, events) = (default(JsonElement), new List<string>());
        while (answer.ValueKind == JsonValueKind.Undefined || events.Count < 2)
        {
            var message = (await client.Next())!.Value;
            if (message.TryGetProperty("event", out var told)) events.Add(told.GetProperty("e").GetString()!);
            else answer = message;
        }

        answer.GetProperty("status").GetInt32().ShouldBe(200, answer.GetRawText());
        var order = answer.GetProperty("result");
        (order.GetProperty("price").GetString(), order.GetProperty("origQty").GetString(), order.GetProperty("status").GetString()).ShouldBe(("50000.00000000", "0.00100000", "NEW"));
        events.ShouldBe(["executionReport", "outboundAccountPosition"]);

        var id = order.GetProperty("orderId").GetInt64().ToString(CultureInfo.InvariantCulture);
        (await client.Ask(person.Request("order.status", ("symbol", "\"BTCUSDT\""), ("orderId", id)))).GetProperty("result").GetProperty("orderId").GetRawText().ShouldBe(id);
        (await client.Ask(person.Request("openOrders.status", ("symbol", "\"BTCUSDT\"")))).GetProperty("result").GetArrayLength().ShouldBe(1);
        await client.Send(person.Request("order.cancel", ("symbol", "\"BTCUSDT\""), ("orderId", id)));
        // The answer and the event may come in either order.
        var (report, canceled) = (default(JsonElement), false);
        while (report.ValueKind == JsonValueKind.Undefined || !canceled)
        {
            var message = (await client.Next())!.Value;
            if (!message.TryGetProperty("event", out var told)) canceled = message.GetProperty("status").GetInt32() == 200;
            else if (told.GetProperty("e").GetString() == "executionReport") report = message;
        }

        (report.GetProperty("event").GetProperty("x").GetString(), report.GetProperty("event").GetProperty("i").GetRawText()).ShouldBe(("CANCELED", id));
        (await client.Ask(person.Request("account.status"))).GetProperty("result").GetProperty("balances").GetArrayLength().ShouldBeGreaterThan(0);
        (await client.Ask(person.Request("order.place", ("symbol", "\"BTCUSDT\""), ("side", "\"SELL\""), ("type", "\"MARKET\""), ("quantity", "5")))).GetProperty("error").GetProperty("msg").GetString()
            .ShouldBe("Account has insufficient balance for requested action.");
    }

    [Fact]
    public async Task A_listen_key_is_a_stream_bare_wrapped_and_by_message_until_it_ends()
    {
        await using var market = await WireTrader.Market();
        var person = await Person.New(market.Host);
        var trader = person.Wire;
        var name = (await trader.Post("/api/v3/userDataStream", "")).Ok()["listenKey"]!;
        using var bare = await WireClient.Connect(market.Host.Address, $"/binance/ws/{name}");
        using var wrapped = await WireClient.Connect(market.Host.Address, $"/binance/stream?streams={name}/btcusdt@trade");
        using var later = await WireClient.Connect(market.Host.Address, "/binance/ws");
        (await later.Ask($$"""{"method":"SUBSCRIBE","params":["{{name}}"],"id":1}""")).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var client in new[] { bare, wrapped }) await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        var id = (await trader.Buy()).Ok().Id;
        foreach (var client in new[] { bare, later })
        {
            var told = (await client.Next())!.Value;
            (told.GetProperty("e").GetString(), told.GetProperty("i").GetInt64()).ShouldBe(("executionReport", id));
            (await client.Next())!.Value.GetProperty("e").GetString().ShouldBe("outboundAccountPosition");
        }

        var outer = await wrapped.Until(message => message.GetProperty("stream").GetString() == name);
        outer.GetProperty("data").GetProperty("i").GetInt64().ShouldBe(id);

        (await trader.Delete("/api/v3/userDataStream", $"listenKey={name}")).Ok();
        var last = (await bare.Next())!.Value;
        (last.GetProperty("e").GetString(), last.GetProperty("listenKey").GetString()).ShouldBe(("listenKeyExpired", name));
        (await trader.Buy()).Ok();
        (await bare.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""")).GetRawText().ShouldBe("""{"result":[],"id":2}""");
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => WireClient.Connect(market.Host.Address, $"/binance/ws/{name}"));
    }

    /// <summary>Somebody with a key, by REST and by socket.</summary>
    private sealed class Person(WireTrader wire, string key, string secret)
    {
        public WireTrader Wire => wire;

        public static async Task<Person> New(TestHost host)
        {
            var web = await Trader.New(host);
            var made = (await web.Send(HttpMethod.Post, "/api/v1/api-keys", new { accountId = web.Account, label = "socket", scopes = new[] { "read", "trade" } })).Ok();
            return new Person(await WireTrader.On(host, web), made["key"]!, made["secret"]!);
        }

        /// <summary>A signed request; values are JSON text.</summary>
        public string Request(string method, params (string Name, string Json)[] fields)
        {
            var all = fields.Append(("apiKey", $"\"{key}\"")).Append(("timestamp", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)))
                .Append(("recvWindow", "60000")).ToList();
            var payload = string.Join('&', all.OrderBy(field => field.Item1, StringComparer.Ordinal).Select(field => $"{field.Item1}={field.Item2.Trim('"')}"));
            return $"{{\"id\":1,\"method\":\"{method}\",\"params\":{{{string.Join(',', all.Select(field => $"\"{field.Item1}\":{field.Item2}"))},\"signature\":\"{WireSigner.Hmac(secret, payload)}\"}}}}";
        }
    }
}
