using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Tests.ApiKeys;
using Lastro.Server.Tests.BinanceApi.Streams;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.SocketApi;

/// <summary>One host for all tests of the WebSocket API, with calls that only say what reached them.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    internal TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TestHost.Start(
        services => services.AddSingleton<IWireVerb>(new Echo("probe.read", WireSecurity.UserData, 0)).AddSingleton<IWireVerb>(new Echo("probe.trade", WireSecurity.Trade, 1))
            .AddSingleton<IWireVerb>(new Slow()), database: null, "--BinanceApi:WeightPerMinute", "100000");

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>Says what it was sent.</summary>
    private sealed class Echo(string name, WireSecurity security, int orders) : IWireVerb
    {
        public WireRoute Route { get; } = new("GET", $"/api/v3/{name}", security, 1, name) { Orders = orders };

        public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
        {
            output.WriteStartObject();
            foreach (var (parameter, value) in call.Parameters.All) output.WriteString(parameter, value);
            output.WriteEndObject();
            return default;
        }
    }

    /// <summary>Takes its time.</summary>
    private sealed class Slow : IWireVerb
    {
        public WireRoute Route { get; } = new("GET", "/api/v3/probe.slow", WireSecurity.None, 1, "probe.slow");

        public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
        {
            await Task.Delay(200, cancellation);
            output.WriteStartObject();
            output.WriteEndObject();
            return null;
        }
    }
}

public sealed class ApiSocketTests(ApiHost shared) : IClassFixture<ApiHost>
{
    private const string Path = "/binance/ws-api/v3";

    private readonly TestHost _host = shared.Host;

    [Fact]
    public async Task Answers_come_in_the_order_of_the_requests_with_their_ids()
    {
        using var client = await Connect();
        string[] ids = ["1", "\"a-b_c\"", "null", "-7", "9223372036854775807"];
        foreach (var id in ids) await client.Send($$"""{"id":{{id}},"method":"{{(id == "1" ? "probe.slow" : "ping")}}"}""");
        foreach (var id in ids) (await client.Next())!.Value.GetRawText().ShouldStartWith($$"""{"id":{{id}},"status":200,"result":{},"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":100000,"count":""");
        await client.Send("""{"id":5,"method":"v3/ping","params":{"returnRateLimits":false}}""");
        (await client.Next())!.Value.GetRawText().ShouldBe("""{"id":5,"status":200,"result":{}}""");
        using var quiet = await Connect("?returnRateLimits=false");
        (await quiet.Ask("""{"id":6,"method":"ping"}""")).GetRawText().ShouldBe("""{"id":6,"status":200,"result":{}}""");
        (await quiet.Ask("""{"id":7,"method":"ping","params":{"returnRateLimits":true}}""")).TryGetProperty("rateLimits", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{nonsense", "null", 400, -1135, "Invalid JSON Request")]
    [InlineData("[]", "null", 400, -1135, "Invalid JSON Request")]
    [InlineData("""{"id":1,"method":"ping","params":[]}""", "1", 400, -1135, "Invalid 'params' in JSON request; expected an object.")]
    [InlineData("""{"id":1}""", "1", 400, -1102, "Mandatory parameter 'method' was not sent, was empty/null, or malformed.")]
    [InlineData("""{"id":1,"method":"order.dance"}""", "1", 404, -5000, "Method order.dance is invalid")]
    [InlineData("""{"id":{},"method":"ping"}""", "null", 400, -1100, "Illegal characters found in parameter 'id'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.")]
    [InlineData("""{"id":1,"method":"ping","params":{"a":1,"a":2}}""", "1", 400, -1101, "Duplicate values for a parameter detected.")]
    [InlineData("""{"id":1,"method":"depth","params":{"symbol":"NOPE"}}""", "1", 400, -1121, "Invalid symbol.")]
    [InlineData("""{"id":1,"method":"probe.read","params":{"timestamp":1}}""", "1", 401, -2014, "API-key format invalid.")]
    [InlineData("""{"id":1,"method":"probe.read","params":{"timestamp":1,"apiKey":"nosuchkey","signature":"00"}}""", "1", 401, -2015, "Invalid API-key, IP, or permissions for action.")]
    [InlineData("""{"id":1,"method":"probe.read","params":{"timestamp":1,"apiKey":"nosuchkey"}}""", "1", 400, -1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.")]
    [InlineData("""{"id":1,"method":"userDataStream.subscribe"}""", "1", 401, -2014, "API-key format invalid.")]
    [InlineData("""{"id":1,"method":"userDataStream.unsubscribe","params":{"subscriptionId":3}}""", "1", 400, -2036, "User Data Stream subscription not active.")]
    public async Task What_is_wrong_is_said_in_Binances_words_and_the_socket_lives_on(string message, string id, int status, int code, string text)
    {
        using var client = await Connect("?returnRateLimits=false");
        (await client.Ask(message)).GetRawText().ShouldBe($$$"""{"id":{{{id}}},"status":{{{status}}},"error":{"code":{{{code}}},"msg":"{{{text}}}"}}""");
        (await client.Ask("""{"id":2,"method":"ping"}""")).GetRawText().ShouldBe("""{"id":2,"status":200,"result":{}}""");
    }

    [Fact]
    public async Task What_is_signed_is_sorted_and_holds_numbers_as_they_were_written()
    {
        var (key, secret) = await NewKey(await KeyOwner.New(_host));
        using var client = await Connect("?returnRateLimits=false");
        var now = Now();
        var payload = $"apiKey={key}&flag=true&list=[1, 2]&price=1e-05&quantity=0.00100&recvWindow=5000.5&symbol=１２３４５６&text=a b&timestamp={now}";
        var signature = WireSigner.Hmac(secret, payload);
        var answer = await client.Ask(
            Request("\"x\"", "probe.read", $$"""
                "timestamp":{{now}},"text":"a b","symbol":"１２３４５６","signature":"{{signature.ToUpperInvariant()}}","recvWindow":5000.5,"nothing":null,"price":1e-05,"quantity":0.00100,"list":[1, 2],"flag":true,"apiKey":"{{key}}"
                """));
        answer.GetRawText().ShouldBe(
            $$$"""{"id":"x","status":200,"result":{"flag":"true","list":"[1, 2]","price":"1e-05","quantity":"0.00100","recvWindow":"5000.5","symbol":"１２３４５６","text":"a b","timestamp":"{{{now}}}"}}""");

        var other = await client.Ask(Request("1", "probe.read", $$"""
            "apiKey":"{{key}}","timestamp":{{now}},"quantity":0.001,"signature":"{{WireSigner.Hmac(secret, $"apiKey={key}&quantity=0.00100&timestamp={now}")}}"
            """));
        other.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1022, "the number was written otherwise than it was signed");
    }

    [Fact]
    public async Task A_trade_shows_its_orders_among_the_limits_and_a_key_that_may_not_is_refused()
    {
        var owner = await KeyOwner.New(_host);
        var (key, secret) = await NewKey(owner);
        var (reader, other) = await NewKey(owner, "read");
        using var client = await Connect();
        var kinds = (await Signed(client, "probe.trade", key, secret)).GetProperty("rateLimits").EnumerateArray()
            .Select(limit => $"{limit.GetProperty("rateLimitType")} {limit.GetProperty("intervalNum")} {limit.GetProperty("interval")} {limit.GetProperty("count")}").ToArray();
        kinds[..2].ShouldBe(["ORDERS 10 SECOND 1", "ORDERS 1 DAY 1"]);
        kinds[2].ShouldStartWith("REQUEST_WEIGHT 1 MINUTE ");
        (await Signed(client, "probe.trade", reader, other)).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2015);
    }

    [Fact]
    public async Task Who_logs_on_with_Ed25519_needs_no_signature_until_the_log_out()
    {
        var (sign, open) = WireSigner.NewCurveKey();
        var owner = await KeyOwner.New(_host);
        var key = (await owner.Make(new { kind = "ed25519", publicKey = open })).Ok()["key"]!;
        using var client = await Connect("?returnRateLimits=false");
        var before = (await client.Ask("""{"id":1,"method":"session.status"}""")).GetProperty("result");
        (before.GetProperty("apiKey").ValueKind, before.GetProperty("authorizedSince").ValueKind, before.GetProperty("userDataStream").GetBoolean(), before.GetProperty("returnRateLimits").GetBoolean())
            .ShouldBe((JsonValueKind.Null, JsonValueKind.Null, false, false));
        var now = Now();
        var logged = (await client.Ask(Request("2", "session.logon", $$"""
            "apiKey":"{{key}}","timestamp":{{now}},"signature":"{{sign($"apiKey={key}&timestamp={now}")}}"
            """))).GetProperty("result");
        logged.GetProperty("apiKey").GetString().ShouldBe(key);
        logged.GetProperty("authorizedSince").GetInt64().ShouldBeInRange(now - 1_000, now + 60_000);

        (await client.Ask($$$"""{"id":3,"method":"probe.trade","params":{"timestamp":{{{Now()}}}}}""")).GetProperty("status").GetInt32().ShouldBe(200);
        (await client.Ask("""{"id":4,"method":"probe.trade","params":{}}""")).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1102, "the timestamp is still asked for");
        (await client.Ask("""{"id":5,"method":"userDataStream.subscribe"}""")).GetRawText().ShouldBe("""{"id":5,"status":200,"result":{"subscriptionId":0}}""");
        (await client.Ask("""{"id":6,"method":"userDataStream.subscribe"}""")).GetRawText().ShouldBe("""{"id":6,"status":400,"error":{"code":-2035,"msg":"User Data Stream subscription already active."}}""");
        (await client.Ask("""{"id":7,"method":"session.subscriptions"}""")).GetRawText().ShouldBe("""{"id":7,"status":200,"result":[{"subscriptionId":0}]}""");
        Tell(owner, """{"e":"executionReport","E":5}""");
        (await client.Next())!.Value.GetRawText().ShouldBe("""{"subscriptionId":0,"event":{"e":"executionReport","E":5}}""");

        await client.Send("""{"id":8,"method":"session.logout"}""");
        (await client.Next())!.Value.GetRawText().ShouldStartWith("""{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":""");
        (await client.Next())!.Value.GetProperty("result").GetProperty("apiKey").ValueKind.ShouldBe(JsonValueKind.Null);
        (await client.Ask($$$"""{"id":9,"method":"probe.trade","params":{"timestamp":{{{Now()}}}}}""")).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2014);
    }

    [Fact]
    public async Task Nobody_logs_on_with_a_shared_secret()
    {
        var (key, secret) = await NewKey(await KeyOwner.New(_host));
        using var client = await Connect("?returnRateLimits=false");
        (await Signed(client, "session.logon", key, secret)).GetRawText().ShouldBe("""{"id":1,"status":400,"error":{"code":-4056,"msg":"HMAC_SHA256 API key is not supported."}}""");
        (await client.Ask("""{"id":1,"method":"session.status"}""")).GetProperty("result").GetProperty("apiKey").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_signature_is_enough_to_hear_an_account_until_unsubscribed()
    {
        var owner = await KeyOwner.New(_host);
        var (key, secret) = await NewKey(owner, "read");
        using var client = await Connect("?returnRateLimits=false");
        (await Signed(client, "userDataStream.subscribe.signature", key, secret)).GetRawText().ShouldBe("""{"id":1,"status":200,"result":{"subscriptionId":0}}""");
        var stranger = await KeyOwner.New(_host);
        _host.Services.GetRequiredService<UserEvents>().Tell(Guid.Parse(stranger.Trader.Account), "{}"u8.ToArray());
        for (var i = 0; i < 100; i++) Tell(owner, $$$"""{"e":"balanceUpdate","E":{{{i}}}}""");
        for (var i = 0; i < 100; i++) (await client.Next())!.Value.GetRawText().ShouldBe($$$"""{"subscriptionId":0,"event":{"e":"balanceUpdate","E":{{{i}}}}}""");

        await client.Send("""{"id":2,"method":"userDataStream.unsubscribe"}""");
        (await client.Next())!.Value.GetProperty("event").GetProperty("e").GetString().ShouldBe("eventStreamTerminated");
        (await client.Next())!.Value.GetRawText().ShouldBe("""{"id":2,"status":200,"result":{}}""");
        _host.Services.GetRequiredService<UserEvents>().Heard(Guid.Parse(owner.Trader.Account)).ShouldBeFalse();
        (await Signed(client, "userDataStream.subscribe.signature", key, secret)).GetProperty("result").GetProperty("subscriptionId").GetInt32().ShouldBe(1, "a number is given once");
    }

    [Fact]
    public async Task A_revoked_key_takes_its_events_with_it_within_a_second()
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make()).Ok();
        using var client = await Connect("?returnRateLimits=false");
        await Signed(client, "userDataStream.subscribe.signature", made["key"]!, made["secret"]!);
        ((int)(await owner.Revoke(made["id"]!)).Status).ShouldBeInRange(200, 204);
        var begun = TimeProvider.System.GetTimestamp();
        var message = await client.Next(TimeSpan.FromSeconds(5));
        message!.Value.GetProperty("event").GetProperty("e").GetString().ShouldBe("eventStreamTerminated");
        TimeProvider.System.GetElapsedTime(begun).TotalSeconds.ShouldBeLessThan(3, "a second, and what a busy machine adds");
        (await Signed(client, "probe.read", made["key"]!, made["secret"]!)).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2015);
    }

    [Fact]
    public async Task A_socket_that_goes_listens_no_longer()
    {
        var owner = await KeyOwner.New(_host);
        var (key, secret) = await NewKey(owner);
        var account = Guid.Parse(owner.Trader.Account);
        using (var client = await Connect())
        {
            await Signed(client, "userDataStream.subscribe.signature", key, secret);
            _host.Services.GetRequiredService<UserEvents>().Heard(account).ShouldBeTrue();
        }

        for (var wait = 0; _host.Services.GetRequiredService<UserEvents>().Heard(account); wait++)
        {
            wait.ShouldBeLessThan(400);
            await Task.Delay(25);
        }
    }

    [Fact]
    public async Task Weight_is_used_by_connecting_by_requests_and_by_nonsense()
    {
        await using var host = await TestHost.Start(null, database: null, "--BinanceApi:WeightPerMinute", "6");
        using var client = await WireClient.Connect(host.Address, Path);
        (await client.Ask("""{"id":1,"method":"ping"}""")).GetProperty("rateLimits")[0].GetProperty("count").GetInt32().ShouldBe(3, "two for the connection, one for the ping");
        await client.Ask("{nonsense");
        await client.Ask("""{"id":2,"method":"session.status"}""");
        var refused = await client.Ask("""{"id":3,"method":"ping"}""");
        (refused.GetProperty("status").GetInt32(), refused.GetProperty("error").GetProperty("code").GetInt32()).ShouldBe((429, -1003));
        refused.GetProperty("error").GetProperty("data").GetProperty("retryAfter").GetInt64().ShouldBeGreaterThan(refused.GetProperty("error").GetProperty("data").GetProperty("serverTime").GetInt64());
        (await Should.ThrowAsync<WebSocketException>(() => WireClient.Connect(host.Address, Path))).Message.ShouldContain("429");
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<WireClient> Connect(string query = "") => WireClient.Connect(_host.Address, Path + query);

    private void Tell(KeyOwner owner, string text) => _host.Services.GetRequiredService<UserEvents>().Tell(Guid.Parse(owner.Trader.Account), Encoding.UTF8.GetBytes(text));

    private static async Task<(string Key, string Secret)> NewKey(KeyOwner owner, params string[] scopes)
    {
        var made = (await owner.Make(new { scopes = scopes.Length > 0 ? scopes : ["read", "trade"] })).Ok();
        return (made["key"]!, made["secret"]!);
    }

    private static string Request(string id, string method, string parameters) => $"{{\"id\":{id},\"method\":\"{method}\",\"params\":{{{parameters}}}}}";

    private static Task<JsonElement> Signed(WireClient client, string method, string key, string secret)
    {
        var now = Now().ToString(CultureInfo.InvariantCulture);
        return client.Ask(Request("1", method, $$"""
            "timestamp":{{now}},"apiKey":"{{key}}","signature":"{{WireSigner.Hmac(secret, $"apiKey={key}&timestamp={now}")}}"
            """));
    }
}
