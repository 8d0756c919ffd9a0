using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Orders;

/// <summary>A signed-in user with a paper account, speaking HTTP.</summary>
internal sealed class Trader
{
    private readonly HttpClient _client;

    private Trader(HttpClient client, Guid user, string account) => (_client, User, Account) = (client, user, account);

    public string Account { get; }

    public Guid User { get; }

    public HttpClient Client => _client;

    public static async Task<Trader> New(TestHost host)
    {
        var user = await host.NewUser();
        var accounts = await user.Client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        return new Trader(user.Client, user.Id, accounts.GetProperty("items")[0].GetProperty("id").GetString()!);
    }

    public static Trader On(TestHost host, TestUser user, string account) => new(host.NewClient(user.AccessToken), user.Id, account);

    public static async Task<string> AccountOf(TestHost host, TestUser user)
    {
        var answer = await On(host, user, "").Get("/api/v1/accounts");
        return answer.Items[0].GetProperty("id").GetString()!;
    }

    /// <summary>The user with a token of this host, after a restart.</summary>
    public static async Task<TestUser> SignIn(TestHost host, TestUser user)
    {
        var answer = await On(host, user with { AccessToken = "" }, "").Send(HttpMethod.Post, "/api/v1/auth/login", new { email = user.Email, password = user.Password });
        return user with { AccessToken = answer.Ok()["accessToken"]! };
    }

    /// <summary>A busy database says 503 and "come back", which is no answer: asked again, at most for some seconds.</summary>
    public static async Task<Answer> Insist(Func<Task<Answer>> ask)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await ask();
            if (answer.Status != HttpStatusCode.ServiceUnavailable || tries == 200) return answer;
            await Task.Delay(50);
        }
    }

    public Task<Answer> Buy(string quantity, string price, string? key = null) => Place(new { side = "buy", type = "limit", quantity, price, clientOrderId = key });

    public Task<Answer> Sell(string quantity, string price, string? key = null) => Place(new { side = "sell", type = "limit", quantity, price, clientOrderId = key });

    public Task<Answer> MarketBuy(string quantity, string? key = null) => Place(new { side = "buy", type = "market", quantity, clientOrderId = key });

    public Task<Answer> MarketSell(string quantity, string? key = null) => Place(new { side = "sell", type = "market", quantity, clientOrderId = key });

    public Task<Answer> BuyFor(string quoteQuantity, string? key = null) => Place(new { side = "buy", type = "market", quoteQuantity, clientOrderId = key });

    public Task<Answer> Place(object fields) => Post("/api/v1/orders", fields);

    public Task<Answer> Amend(string order, object fields) => Send(HttpMethod.Patch, $"/api/v1/orders/{order}", fields);

    /// <summary>With this account and BTCUSDT, unless the fields say otherwise.</summary>
    public Task<Answer> Post(string path, object fields)
    {
        var body = new Dictionary<string, object?> { ["accountId"] = Account, ["symbol"] = "BTCUSDT" };
        foreach (var property in fields.GetType().GetProperties())
        {
            if (property.GetValue(fields) is { } value) body[property.Name] = value;
        }

        return Send(HttpMethod.Post, path, body);
    }

    public Task<Answer> Cancel(string order) => Send(HttpMethod.Delete, $"/api/v1/orders/{order}");

    public Task<Answer> Show(string order) => Send(HttpMethod.Get, $"/api/v1/orders/{order}");

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public async Task<(decimal Available, decimal Held)> Balance(string asset)
    {
        var answer = await Get($"/api/v1/accounts/{Account}/balances");
        foreach (var item in answer.Body.GetProperty("items").EnumerateArray())
        {
            if (item.GetProperty("asset").GetString() == asset)
                return (decimal.Parse(item.GetProperty("available").GetString()!), decimal.Parse(item.GetProperty("held").GetString()!));
        }

        return (0m, 0m);
    }

    /// <summary>Open and ended orders of a list, by leg.</summary>
    public async Task<Dictionary<string, Answer>> Legs(Answer list)
    {
        var legs = new Dictionary<string, Answer>();
        foreach (var order in list.Body.GetProperty("orders").EnumerateArray())
        {
            var shown = await Show(order.GetProperty("id").GetString()!);
            legs.Add(shown["leg"]!, shown);
        }

        return legs;
    }

    /// <summary>Reads the order until it has the status, at most 5 s.</summary>
    public async Task<Answer> Until(string order, string status)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            var answer = await Show(order);
            if (answer["status"] == status) return answer;
            await Task.Delay(50);
        }

        return await Show(order);
    }

    /// <summary>Reads the order until so much of it is filled, at most 5 s.</summary>
    public async Task<Answer> UntilFilled(string order, decimal quantity)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            var answer = await Show(order);
            if (answer.Number("filledQuantity") == quantity) return answer;
            await Task.Delay(50);
        }

        return await Show(order);
    }

    public async Task<Answer> Send(HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), response.Headers.RetryAfter?.ToString());
    }
}

/// <summary>An answer of the API.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, string? RetryAfter)
{
    /// <summary>A field as text; null when absent or null.</summary>
    public string? this[string field] => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ToString()
        : null;

    public decimal Number(string field) => decimal.Parse(this[field] ?? throw new InvalidOperationException($"{field} is absent in {Body}"));

    public JsonElement[] Items => [.. Body.GetProperty("items").EnumerateArray()];

    public Answer Ok()
    {
        ((int)Status).ShouldBeInRange(200, 201, Body.ToString());
        return this;
    }
}
