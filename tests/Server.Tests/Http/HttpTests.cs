using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Http;

/// <summary>What every answer carries, what is refused before any room sees it, and the files of the web app.</summary>
public sealed class HttpTests
{
    private const string Index = "<!doctype html><title>Lastro test page</title>";

    [Theory]
    [InlineData("/api/v1/auth/options", HttpStatusCode.OK)]
    [InlineData("/api/v1/me", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/docs", HttpStatusCode.OK)]
    public async Task Every_answer_is_hardened(string path, HttpStatusCode status)
    {
        await using var host = await TestHost.Start();
        var answer = await host.Client.GetAsync(path);
        answer.StatusCode.ShouldBe(status);
        Hardened(answer);
    }

    [Fact]
    public async Task Also_what_is_no_JSON_too_large_or_of_the_wrong_shape()
    {
        await using var host = await TestHost.Start();
        var (broken, brokenCode, _) = await Send(host, "{\"email\":");
        (broken, brokenCode).ShouldBe((HttpStatusCode.BadRequest, "invalid_json"));
        var (missing, missingCode, field) = await Send(host, """{"email":"a@example.com","name":"A"}""");
        (missing, missingCode, field).ShouldBe((HttpStatusCode.UnprocessableEntity, "invalid_field", "password"));
        var (wrong, wrongCode, wrongField) = await Send(host, """{"email":7,"password":"x","name":"A"}""");
        (wrong, wrongCode, wrongField).ShouldBe((HttpStatusCode.UnprocessableEntity, "invalid_field", "email"));
        var (large, largeCode, _) = await Send(host, $"{{\"email\":\"{new string('a', 1_100_000)}\"}}");
        (large, largeCode).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too_large"));
    }

    [Fact]
    public async Task The_document_writes_amounts_as_strings()
    {
        await using var host = await TestHost.Start();
        var text = await host.Client.GetStringAsync("/openapi/v1.json");
        var document = JsonDocument.Parse(text).RootElement;
        document.GetProperty("paths").TryGetProperty("/api/v1/orders", out _).ShouldBeTrue();

        // Shares, figures and inputs of the lab are statistics (docs/decisions/0016-backtest-engine.md); no price and no amount of anybody's is one.
        document.GetProperty("paths").ToString().ShouldNotContain("\"double\"");
        document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Value.ToString().Contains("\"double\"")).Select(schema => schema.Name)
            .ShouldBeSubsetOf(["BacktestView", "DownloadView", "LabDoubts", "LabFigures", "LabWarning", "ListIndicatorsParameter", "RulePlot", "StartBacktestRequest", "StartSweepRequest", "SweepRange", "SweepRow", "SweepView"]);
        text.ShouldContain("\"format\": \"decimal\"");
        document.GetProperty("paths").GetProperty("/api/v1/orders").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString()).ShouldContain("accountId");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            (path.Name.StartsWith("/api/", StringComparison.Ordinal) || path.Name.StartsWith("/health", StringComparison.Ordinal)).ShouldBeTrue(path.Name);
    }

    [Fact]
    public async Task Docs_are_of_our_own_origin_only()
    {
        await using var host = await TestHost.Start();
        foreach (var path in new[] { "/docs", "/docs/docs.css", "/docs/docs.js" })
        {
            var answer = await host.Client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("//cdn", Case.Insensitive);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("https://");
        }
    }

    [Fact]
    public async Task The_web_app_is_served_with_the_right_caches()
    {
        var folder = Directory.CreateTempSubdirectory("lastro-web-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "assets"));
            await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), Index);
            await File.WriteAllTextAsync(Path.Combine(folder, "assets", "app-1a2b3c.js"), new string('a', 5_000));
            await using var host = await TestHost.Start("--Web:Folder", folder);

            var asset = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/assets/app-1a2b3c.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } });
            asset.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            asset.Content.Headers.ContentEncoding.ShouldBe(["br"]);
            Hardened(asset);

            foreach (var path in new[] { "/", "/trade/BTCUSDT", "/wallet" })
            {
                var page = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } });
                (await page.Content.ReadAsStringAsync()).ShouldBe(Index);
                page.Headers.CacheControl!.NoCache.ShouldBeTrue();
            }

            (await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/nowhere") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } }))
                .StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await host.Client.GetAsync("/assets/gone.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await host.Client.GetAsync("/..%2f..%2fetc/passwd")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Hardened(HttpResponseMessage answer)
    {
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-eval");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Referrer-Policy").ShouldBeTrue();
        answer.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private static async Task<(HttpStatusCode Status, string? Code, string? Field)> Send(TestHost host, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        // A body that the server will not take is refused before it is sent, else the pipe breaks half-way.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/register") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await host.Client.SendAsync(request);
        Hardened(answer);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.TryGetProperty("code", out var code) ? code.GetString() : null, problem.TryGetProperty("field", out var field) ? field.GetString() : null);
    }
}
