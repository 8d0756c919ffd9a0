using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lastro.Server.LegacyApis;
using Lastro.Server.Tests.BinanceApi.Account;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.LegacyApis;

/// <summary>One market for all: every test has a user of its own.</summary>
public sealed class LegacyMarket : IAsyncLifetime
{
    internal ScriptedMarket Market { get; private set; } = null!;

    public async Task InitializeAsync() => Market = await ScriptedMarket.Around60000();

    public async Task DisposeAsync() => await Market.DisposeAsync();
}

public sealed class LegacyApisTests(LegacyMarket legacy) : IClassFixture<LegacyMarket>
{
    private static readonly string[] _open = ["/", "/monitorar-par/BTCUSDT", "/v1/register", "/v1/login", "/v1/reauth"];

    public static TheoryData<LegacyLine> Lines => [.. LegacyTable.Lines];

    private TestHost Host => legacy.Market.Host;

    [Fact]
    public void Every_call_has_a_line_and_every_line_a_call()
    {
        var told = LegacyTable.Lines.Select(line => LegacyApisRoom.Calls.Single(call => call.Method == line.Method && call.Match(line.Path) is not null)).ToList();
        told.Select(call => $"{call.Method} {call.Path}").Order().ShouldBe(LegacyApisRoom.Calls.Select(call => $"{call.Method} {call.Path}").Order());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_call_does_what_its_line_says(LegacyLine line)
    {
        var (user, stop) = await Prepared();
        var body = line.Body.Replace("{user}", $"{user.Id}", StringComparison.Ordinal).Replace("{email}", user.Email, StringComparison.Ordinal)
            .Replace("{password}", user.Password, StringComparison.Ordinal).Replace("{refresh}", user.RefreshToken, StringComparison.Ordinal)
            .Replace("{stop}", stop, StringComparison.Ordinal);
        var (status, answer) = await Send(user.AccessToken, line.Method, line.Path, body);
        ((int)status, answer.Shape()).ShouldBe((line.Status, JsonSerializer.Deserialize<JsonElement>(line.Answer).Shape()), answer.ToString());
        await legacy.Market.ShouldBeSound();
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Without_a_token_nothing_of_a_user_is_told_or_done(LegacyLine line)
    {
        if (_open.Contains(line.Path)) return;
        var (status, answer) = await Send(null, line.Method, line.Path, line.Body);
        status.ShouldBe(HttpStatusCode.Unauthorized, answer.ToString());
        answer.TryGetProperty("message", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_purchase_moves_exactly_what_the_wallet_says()
    {
        var user = await Host.NewUser();
        (await Send(user.AccessToken, "POST", "/v1/order/market", """{"base":"btc","quote":"usdt","b_amount":1e-2,"side":"buy"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var wallet = (await Send(user.AccessToken, "GET", "/v1/wallet", "")).Answer;
        wallet.GetProperty("balance").ToString().ShouldBe("""{"BTC":0.00999,"USDT":49399.9}""");
        wallet.GetProperty("email").GetString().ShouldBe(user.Email);

        // The fee and the way back to the last price are lost.
        wallet.GetProperty("profit").GetDecimal().ShouldBe((0.00999m * 60_000m) - 600.1m);
        (await Send(user.AccessToken, "POST", "/v1/order/stoploss", """{"symbol":"BTCUSDT","amount":"0.005","price":"61000","side":"SELL"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await Send(user.AccessToken, "GET", "/v1/wallet/btc", "")).Answer.ToString().ShouldBe("""{"coin":"BTC","balance":0.00499,"fixed_balance":0.005}""");
        var open = (await Send(user.AccessToken, "GET", "/v1/transactions/open", "")).Answer.GetProperty("open")[0];
        (open.GetProperty("order_type").GetString(), open.GetProperty("price").GetDecimal()).ShouldBe(("TP", 61_000m), "above the market it takes the gain");
        (await Send(user.AccessToken, "PUT", "/v1/reset", "")).Status.ShouldBe(HttpStatusCode.OK);
        (await Send(user.AccessToken, "GET", "/v1/wallet/usdt", "")).Answer.ToString().ShouldBe("""{"coin":"USDT","balance":50000,"fixed_balance":0}""");
    }

    [Fact]
    public async Task A_price_of_the_clients_is_not_believed()
    {
        var user = await Host.NewUser();
        var (status, answer) = await Send(user.AccessToken, "POST", "/registrar-compra", $$"""{"cliente_id":"{{user.Id}}","symbol":"BTCUSDT","preco_executado":40000,"quantidade":0.5}""");
        (status, answer.GetProperty("detail").GetString()!.Length > 0).ShouldBe((HttpStatusCode.Conflict, true));
        (await Send(user.AccessToken, "GET", "/v1/wallet", "")).Answer.GetProperty("balance").ToString().ShouldContain("\"USDT\":50000");

        (status, answer) = await Send(user.AccessToken, "POST", "/registrar-compra", $$"""{"cliente_id":"{{user.Id}}","symbol":"BTCUSDT","preco_executado":66000,"quantidade":0.5}""");
        (status, answer.GetProperty("preco_executado").GetDecimal()).ShouldBe((HttpStatusCode.Created, 60_010m));
    }

    [Fact]
    public async Task Nobody_acts_for_another()
    {
        var (user, other) = (await Host.NewUser(), await Host.NewUser());
        foreach (var path in new[] { "/posicionar-compra", "/registrar-compra", "/registrar-venda" })
        {
            var body = $$"""{"cliente_id":"{{other.Id}}","symbol":"BTCUSDT","preco_alvo":59000,"preco_executado":60500,"quantidade":0.005}""";
            (await Send(user.AccessToken, "POST", path, body)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await Send(user.AccessToken, "POST", path, """{"cliente_id":1}""")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        var stop = (await Prepared()).Stop;
        (await Send(user.AccessToken, "DELETE", "/v1/order/stoploss", $$"""{"order_id":"{{stop}}"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_key_buys_once()
    {
        var user = await Host.NewUser();
        var body = """{"base":"BTC","quote":"USDT","b_amount":0.01,"side":"BUY"}""";
        var first = (await Send(user.AccessToken, "POST", "/v1/order/market", body, "once")).Answer.GetProperty("order_id").GetString();
        (await Send(user.AccessToken, "POST", "/v1/order/market", body, "once")).Answer.GetProperty("order_id").GetString().ShouldBe(first);
        (await Send(user.AccessToken, "POST", "/v1/order/market", body.Replace("0.01", "0.02"), "once")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Send(user.AccessToken, "GET", "/v1/wallet/BTC", "")).Answer.GetProperty("balance").GetDecimal().ShouldBe(0.00999m);
    }

    [Fact]
    public async Task A_browser_of_another_origin_may_ask_and_a_cookie_is_not_looked_at()
    {
        using var asks = new HttpRequestMessage(HttpMethod.Options, "/v1/wallet");
        asks.Headers.Add("Origin", "https://front.example");
        using var may = await Host.Client.SendAsync(asks);
        (may.StatusCode, may.Headers.GetValues("Access-Control-Allow-Origin").Single()).ShouldBe((HttpStatusCode.NoContent, "*"));
        may.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();

        var user = await Host.NewUser();
        using var logIn = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonBody(JsonSerializer.Serialize(new { email = user.Email, password = user.Password })) };
        logIn.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var signedIn = await Host.Client.SendAsync(logIn);
        var cookies = string.Join("; ", signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var own = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        own.Headers.Add("Cookie", cookies);
        (await Host.Client.SendAsync(own)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var old = new HttpRequestMessage(HttpMethod.Get, "/v1/wallet");
        old.Headers.Add("Cookie", cookies);
        (await Host.Client.SendAsync(old)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // Asked by a page, the older log-in still gives tokens: its front end has no other way.
        using var page = new HttpRequestMessage(HttpMethod.Post, "/v1/login") { Content = JsonBody(JsonSerializer.Serialize(new { email = user.Email, password = user.Password })) };
        page.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var tokens = await Host.Client.SendAsync(page);
        (await tokens.Content.ReadAsStringAsync()).ShouldContain("access_token");
        tokens.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json, text/plain, */*", true)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false)]
    [InlineData("text/html, application/json;q=0.5", false)]
    public async Task The_root_is_the_web_apps_unless_json_is_preferred(string accept, bool json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Host.Client.SendAsync(request);
        ((await response.Content.ReadAsStringAsync()) == """{"status":"OK"}""").ShouldBe(json);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[1]", HttpStatusCode.BadRequest)]
    [InlineData("""{"base":"NO","quote":"SUCH","b_amount":1,"side":"BUY"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"base":"BTC","quote":"USDT","b_amount":"much","side":"BUY"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"base":"BTC","quote":"USDT","b_amount":1e300,"side":"BUY"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"base":"BTC","quote":"USDT","b_amount":0.01,"side":"HOLD"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity)]
    public async Task Nonsense_is_refused_with_a_reason(string body, HttpStatusCode expected)
    {
        var user = await Host.NewUser();
        var (status, answer) = await Send(user.AccessToken, "POST", "/v1/order/market", body);
        status.ShouldBe(expected, answer.ToString());
        answer.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    /// <summary>A user with some BTC, a stop and a starred pair.</summary>
    private async Task<(TestUser User, string Stop)> Prepared()
    {
        var user = await Host.NewUser();
        var trader = Trader.On(Host, user, await Trader.AccountOf(Host, user));
        (await trader.MarketBuy("0.05")).Ok();
        var stop = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.01", triggerPrice = "59000" })).Ok()["id"]!;
        ((int)(await trader.Send(HttpMethod.Put, "/api/v1/watchlist/ETHUSDT")).Status).ShouldBe(204);
        return (user, stop);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Send(string? token, string method, string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body.Length > 0) request.Content = JsonBody(body);
        using var response = await Host.Client.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    private static StringContent JsonBody(string text) => new(text, Encoding.UTF8, "application/json");
}
