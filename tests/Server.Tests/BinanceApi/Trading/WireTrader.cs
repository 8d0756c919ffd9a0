using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>A trader who speaks Binance's wire; <see cref="Web"/> is the same person in the web app.</summary>
internal sealed class WireTrader
{
    private readonly TestHost _host;
    private readonly string _key;
    private readonly string _secret;

    private WireTrader(TestHost host, Trader web, Answer key) => (_host, Web, _key, _secret) = (host, web, key["key"]!, key["secret"]!);

    public Trader Web { get; }

    /// <summary>A plain book around 60,000, and enough money to empty it.</summary>
    public static Task<ScriptedMarket> Market(params string[] settings) => ScriptedMarket.Around60000(["--Wallets:Grant", "10000000", .. settings]);

    public static async Task<WireTrader> New(TestHost host, params string[] scopes) => await On(host, await Trader.New(host), scopes);

    /// <summary>The same person with another key.</summary>
    public static async Task<WireTrader> On(TestHost host, Trader web, params string[] scopes)
    {
        var body = new { accountId = web.Account, label = "test", scopes = scopes.Length == 0 ? ["read", "trade"] : scopes };
        return new WireTrader(host, web, (await web.Send(HttpMethod.Post, "/api/v1/api-keys", body)).Ok());
    }

    public Task<WireAnswer> Post(string path, string fields) => Send("POST", path, fields);

    public Task<WireAnswer> Get(string path, string fields = "") => Send("GET", path, fields);

    public Task<WireAnswer> Delete(string path, string fields) => Send("DELETE", path, fields);

    public Task<WireAnswer> Put(string path, string fields) => Send("PUT", path, fields);

    /// <summary>POST order with BTCUSDT and these fields.</summary>
    public Task<WireAnswer> Place(string fields) => Post("/api/v3/order", "symbol=BTCUSDT&" + fields);

    /// <summary>A limit order, by default far below a market around 60,000.</summary>
    public Task<WireAnswer> Buy(string name = "", string price = "50000", string quantity = "0.01") =>
        Place($"side=BUY&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={price}&newClientOrderId={name}");

    /// <summary>Base units to sell.</summary>
    public async Task<WireAnswer> Stock(string quantity) => (await Place($"side=BUY&type=MARKET&quantity={quantity}")).Ok();

    public Task<WireAnswer> Order(long id) => Get("/api/v3/order", $"symbol=BTCUSDT&orderId={id}");

    /// <summary>Reads the order until it has the status, at most 5 s.</summary>
    public async Task<WireAnswer> Until(long id, string status)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            var answer = await Order(id);
            if (answer["status"] == status) return answer;
            await Task.Delay(50);
        }

        return await Order(id);
    }

    private async Task<WireAnswer> Send(string method, string path, string fields)
    {
        // The clock on the wall: a recorded market's is another.
        var query = $"{fields}{(fields.Length == 0 ? "" : "&")}recvWindow=60000&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(_secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(query));
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/binance{path}?{query}&signature={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
        request.Headers.Add("X-MBX-APIKEY", _key);
        using var response = await _host.Client.SendAsync(request);
        return new WireAnswer((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }
}

/// <summary>An answer of the wire.</summary>
internal sealed record WireAnswer(int Status, JsonElement Body)
{
    /// <summary>A field as text; null when absent.</summary>
    public string? this[string field] => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(field, out var value) ? value.ToString() : null;

    public long Id => Body.GetProperty("orderId").GetInt64();

    public decimal Number(string field) => decimal.Parse(this[field] ?? throw new InvalidOperationException($"{field} is absent in {Body}"));

    public string[] Fields => [.. Body.EnumerateObject().Select(member => member.Name)];

    public WireAnswer Ok()
    {
        Status.ShouldBe(200, Body.ToString());
        return this;
    }

    public void ShouldFail(int code, string message, int status = 400)
    {
        Body.ToString().ShouldContain($"\"code\":{code}");
        this["msg"].ShouldBe(message);
        Status.ShouldBe(status);
    }
}
