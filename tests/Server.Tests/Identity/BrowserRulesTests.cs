using System.Text;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Identity;

[Collection(AccountsHost.Name)]
public sealed class BrowserRulesTests(AccountsHost accounts)
{
    private const string Path = "/api/v1/watchlist/BTCUSDT";

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-origin", "https://evil.example", true)] // Sec-Fetch-Site cannot be forged by a page; Origin is for browsers without it.
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", "own", false)]
    [InlineData("SAME-ORIGIN", null, false)]
    [InlineData(null, null, false)]
    [InlineData(null, "own", true)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "http://127.0.0.1:1", false)]
    public async Task A_request_with_cookies_may_change_things_only_from_here(string? site, string? origin, bool passes)
    {
        var browser = await SignedIn();
        browser.FetchSite = site;
        browser.Origin = origin == "own" ? accounts.Host.Address.GetLeftPart(UriPartial.Authority) : origin;
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            using var answer = await browser.Send(method, Path, null);
            if (passes)
                ((int)answer.StatusCode).ShouldBe(204);
            else
                await answer.Refused(403, "forbidden");
        }

        using var read = await browser.Get("/api/v1/watchlist");
        ((int)read.StatusCode).ShouldBe(200, "reading is left to SameSite");
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("text/plain", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("multipart/form-data", false)]
    public async Task Only_JSON_is_taken_with_cookies(string type, bool passes)
    {
        var browser = await SignedIn();
        using var content = new StringContent("{\"currentPassword\":\"x\",\"newPassword\":\"y\"}", Encoding.UTF8);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var answer = await browser.Send(HttpMethod.Post, "/api/v1/auth/password", content);
        if (passes)
            await answer.Refused(422, "invalid_field");
        else
            await answer.Refused(403, "forbidden");
    }

    [Fact]
    public async Task Another_site_cannot_sign_a_visitor_in()
    {
        var email = await accounts.Register();
        var browser = new Browser(accounts.Client) { FetchSite = "cross-site" };
        using var answer = await browser.Post("/api/v1/auth/login", new { email, password = AccountsHost.Password });
        await answer.Refused(403, "forbidden");
        browser.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bearer_header_alone_decides_when_there_is_one()
    {
        var browser = await SignedIn();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(one => $"{one.Key}={one.Value}")));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer nonsense");
        using var answer = await accounts.Client.SendAsync(request);
        await answer.Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task On_plain_http_cookies_lose_prefix_and_Secure_and_Origin_tells_a_browser()
    {
        await using var host = await TestHost.Start("--AllowInsecureHttp", "true");
        var browser = new Browser(host.Client) { FetchSite = null, Origin = host.Address.GetLeftPart(UriPartial.Authority) };
        using var answer = await browser.Post("/api/v1/auth/register", new { email = "a@example.org", password = AccountsHost.Password, name = "A" });
        ((int)answer.StatusCode).ShouldBe(201);
        browser.Cookies.Keys.Order().ShouldBe(["lastro_access", "lastro_device", "lastro_refresh"]);
        browser.SetCookies.ShouldAllBe(one => !one.Contains("secure", StringComparison.OrdinalIgnoreCase) && one.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        using var me = await browser.Get("/api/v1/me");
        ((int)me.StatusCode).ShouldBe(200);
        browser.Origin = null;
        using var bare = await browser.Post("/api/v1/auth/logout");
        await bare.Refused(403, "forbidden");
    }

    private async Task<Browser> SignedIn()
    {
        var browser = new Browser(accounts.Client);
        using var made = await browser.Post("/api/v1/auth/register", new { email = AccountsHost.NewEmail(), password = AccountsHost.Password, name = "Ada" });
        ((int)made.StatusCode).ShouldBe(201);
        return browser;
    }
}
