using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Identity;

/// <summary>Every route by every identity.</summary>
public sealed class RouteMatrixTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ShiftedClock _clock = new();
    private readonly Dictionary<string, string> _lab = new() { ["{strategyDocument}"] = "{}" };
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.Start(services => services.AddSingleton<TimeProvider>(_clock), null);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Every_route_says_who_may_call_it_and_has_a_row()
    {
        var routes = Routes().ToList();
        routes.Count.ShouldBeGreaterThan(20);
        routes.Where(route => Declared(route.Endpoint) is null).Select(route => route.Name).ShouldBeEmpty("no policy and no AllowAnonymous");
        routes.Select(route => route.Name).Where(name => name.Contains(" /api/", StringComparison.Ordinal)).Except(RouteRows.All.Select(row => row.Route)).ShouldBeEmpty("give it a row in RouteRows.cs");
        RouteRows.All.Select(row => row.Route).Except(routes.Select(route => route.Name)).ShouldBeEmpty("the row's route is gone");
        foreach (var row in RouteRows.All)
            Declared(routes.Single(route => route.Name == row.Route).Endpoint).ShouldBe(row.Access, row.Route);
    }

    [Fact]
    public async Task Nobody_gets_further_than_they_may()
    {
        var admin = await _host.NewUser("admin@example.org");
        var (victim, other) = (await _host.NewUser(), await _host.NewUser());
        var (account, order) = await Belongings(victim);
        await LabBelongings(victim);
        var tokens = _host.Services.GetRequiredService<AccessTokens>();
        var strangers = new Dictionary<string, string?>
        {
            ["anonymous"] = null,
            ["nonsense"] = "nonsense",
            ["forged"] = new AccessTokens(SigningKey.FromSetting("Q7w0mXn3bT5vYk8sD1fGh4jL6pZr9cVa"), _clock).Issue(new UserId(victim.Id), Guid.CreateVersion7(), "admin"),
            ["logged out"] = await LoggedOut(),
        };
        var cells = 0;
        foreach (var row in RouteRows.All)
        {
            foreach (var (name, token) in strangers)
                Stranger(row, name, await Call(row, token, account, order));
            await Signed(row, other, "other user", account, order);
            await Signed(row, admin, "admin", account, order);
            cells += strangers.Count + 2;
        }

        using var mine = await victim.Client.GetAsync($"/api/v1/orders/{order}");
        (await mine.Json()).Text("status").ShouldBe("new", "nobody else could cancel it");
        var expired = victim.AccessToken;
        _clock.Forward(TimeSpan.FromMinutes(16));
        tokens.Read(expired).ShouldBeNull();
        foreach (var row in RouteRows.All)
            Stranger(row, "expired", await Call(row, expired, account, order));
        output.WriteLine($"{RouteRows.All.Count} routes, {cells + RouteRows.All.Count} cells");
    }

    private static void Stranger(RouteRow row, string name, (int Status, string Body) answer)
    {
        if (row.Access == Access.Anyone)
        {
            if (!row.Asks)
                answer.Status.ShouldNotBeOneOf([401, 403], $"{row.Route} by {name}");
            return;
        }

        answer.Status.ShouldBe(401, $"{row.Route} by {name}");
        answer.Body.ShouldContain("\"code\":\"unauthenticated\"");
    }

    private async Task Signed(RouteRow row, TestUser user, string name, string account, string order)
    {
        if (row.Asks)
            return;
        var caller = row.EndsSession ? await _host.NewUser() : user;
        var answer = await Call(row, caller.AccessToken, account, order);
        answer.Status.ShouldBeLessThan(500, $"{row.Route} by {name}: {answer.Body}");
        if (row.Access == Access.Admin && name != "admin")
            answer.Status.ShouldBe(403, $"{row.Route} by {name}");
        else
            answer.Status.ShouldNotBeOneOf([401, 403], $"{row.Route} by {name}");
        if (row.Foreign == 0)
            return;
        if (row.Foreign == 200)
            answer.Status.ShouldBeOneOf(200, 404);
        else
            answer.Status.ShouldBe(row.Foreign, $"{row.Route} by {name}: {answer.Body}");
        if (answer.Status == 200)
            JsonElement.Parse(answer.Body).GetProperty("items").GetArrayLength().ShouldBe(0, $"{row.Route} by {name}");
    }

    private async Task<(int Status, string Body)> Call(RouteRow row, string? token, string account, string order)
    {
        var parts = row.Route.Split(' ');
        using var client = _host.NewClient(token);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), Fill(row.Path ?? parts[1]));
        if (row.Body is not null)
            request.Content = new StringContent(Fill(row.Body), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());

        string Fill(string text) => _lab.Aggregate(text.Replace("{account}", account).Replace("{order}", order), (filled, one) => filled.Replace(one.Key, one.Value));
    }

    private async Task<string> LoggedOut()
    {
        var user = await _host.NewUser();
        using var answer = await user.Client.PostAsync("/api/v1/auth/logout", null);
        ((int)answer.StatusCode).ShouldBe(204);
        return user.AccessToken;
    }

    private static async Task<(string Account, string Order)> Belongings(TestUser victim)
    {
        var accounts = await victim.Client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        var account = accounts.GetProperty("items")[0].Text("id")!;
        for (var attempt = 0; ; attempt++)
        {
            using var placed = await victim.Client.PostAsJsonAsync(
                "/api/v1/orders", new { accountId = account, symbol = "BTCUSDT", side = "buy", type = "limit", quantity = "0.01", price = "1000.00" });
            var body = await placed.Json();
            if ((int)placed.StatusCode == 201)
                return (account, body.Text("id")!);
            attempt.ShouldBeLessThan(40, body.ToString());
            await Task.Delay(250);
        }
    }

    /// <summary>What the victim has in the lab, over ten invented days.</summary>
    private async Task LabBelongings(TestUser victim)
    {
        const string document = """{"name":"Mine","timeframe":"1d","inputs":{"length":5},"enter":"close > sma(close, length)","exit":"close < sma(close, length)"}""";
        const string span = "\"from\":\"2024-01-01T00:00:00Z\",\"to\":\"2024-01-11T00:00:00Z\"";
        _lab["{strategyDocument}"] = document;
        _lab["{strategy}"] = await Make("/api/v1/strategies", $$"""{"document":{{document}}}""");
        _lab["{download}"] = await Make("/api/v1/data/downloads", $$"""{"symbol":"BTCUSDT","interval":"1d",{{span}}}""");
        for (var wait = 0; (await victim.Client.GetFromJsonAsync<JsonElement>($"/api/v1/data/downloads/{_lab["{download}"]}")).Text("status") != "done"; wait++)
        {
            wait.ShouldBeLessThan(200);
            await Task.Delay(50);
        }

        var run = $"\"strategyId\":\"{_lab["{strategy}"]}\",\"symbols\":[\"BTCUSDT\"],{span}";
        _lab["{backtest}"] = await Make("/api/v1/backtests", $"{{{run}}}");
        _lab["{sweep}"] = await Make("/api/v1/backtests/sweeps", $"{{{run},\"set\":{{\"length\":{{\"from\":2,\"to\":4,\"step\":1}}}}}}");

        async Task<string> Make(string path, string body)
        {
            using var made = await victim.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            ((int)made.StatusCode).ShouldBe(201, await made.Content.ReadAsStringAsync());
            return (await made.Json()).Text("id")!;
        }
    }

    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Routes() =>
        from endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select ($"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}", endpoint);

    private static Access? Declared(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return Access.Anyone;
        return endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(one => one.Policy).LastOrDefault() switch
        {
            Policies.Signed => Access.Signed,
            Policies.Admin => Access.Admin,
            _ => null,
        };
    }
}
