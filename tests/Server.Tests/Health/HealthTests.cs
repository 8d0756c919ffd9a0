using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Health;

/// <summary>What operators see.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Ready_names_every_part()
    {
        await using var host = await TestHost.Start();
        var answer = await host.Client.GetAsync("/health/ready");
        var checks = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").EnumerateObject().Select(check => check.Name).ToList();
        checks.ShouldBe(["database", "lanes", "ledger", "orders", "priceSource"], ignoreOrder: true);
        (await host.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_for_admins()
    {
        await using var host = await TestHost.Start();
        await host.Client.GetAsync("/api/v1/auth/options");
        var text = await host.Client.GetStringAsync("/metrics");
        text.ShouldContain("# TYPE http_server_request_duration");
        text.ShouldContain("_bucket{");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
            double.TryParse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture, out _).ShouldBeTrue(line);

        (await Asked(host.Client)).ShouldBe(HttpStatusCode.Forbidden, "behind a proxy on this machine is not this machine");
        var admin = await host.NewUser();
        (await Asked(admin.Client)).ShouldBe(HttpStatusCode.OK, "the first user is admin");
        var other = await host.NewUser();
        (await Asked(other.Client)).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> Asked(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        return (await client.SendAsync(request)).StatusCode;
    }
}
