using System.Net.Http.Json;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class LogOutTests(AccountsHost accounts)
{
    [Fact]
    public async Task Ends_this_session_at_once_and_no_other()
    {
        var email = await accounts.Register();
        var (here, refresh) = await accounts.LogIn(email);
        var (there, _) = await accounts.LogIn(email);
        using var client = accounts.Host.NewClient(here);
        using var answer = await client.PostAsync("/api/v1/auth/logout", null);
        ((int)answer.StatusCode).ShouldBe(204);
        (await accounts.Me(here)).Status.ShouldBe(401);
        (await accounts.Refresh(refresh)).Status.ShouldBe(401);
        (await accounts.Me(there)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Works_by_refresh_token_when_the_access_token_has_run_out()
    {
        var (_, refresh) = await accounts.LogIn(await accounts.Register());
        accounts.Clock.Forward(TimeSpan.FromMinutes(16));
        using var answer = await accounts.Client.PostAsJsonAsync("/api/v1/auth/logout", new { refreshToken = refresh });
        ((int)answer.StatusCode).ShouldBe(204);
        (await accounts.Refresh(refresh)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Takes_a_browsers_cookies()
    {
        var browser = new Browser(accounts.Client);
        using var made = await browser.Post("/api/v1/auth/register", new { email = AccountsHost.NewEmail(), password = AccountsHost.Password, name = "Ada" });
        using var answer = await browser.Post("/api/v1/auth/logout");
        ((int)answer.StatusCode).ShouldBe(204);
        browser.Cookies.Keys.ShouldBe(["__Host-lastro_device"]);
    }

    [Fact]
    public async Task Everywhere_ends_all()
    {
        var email = await accounts.Register();
        var sessions = new[] { await accounts.LogIn(email), await accounts.LogIn(email), await accounts.LogIn(email) };
        var ended = new List<Guid>();
        accounts.Host.Services.GetRequiredService<SessionWatch>().WhenEnded(ended.Add);
        using var client = accounts.Host.NewClient(sessions[1].Access);
        using var answer = await client.PostAsync("/api/v1/auth/logout-all", null);
        ((int)answer.StatusCode).ShouldBe(204);
        foreach (var (access, refresh) in sessions)
        {
            (await accounts.Me(access)).Status.ShouldBe(401);
            (await accounts.Refresh(refresh)).Status.ShouldBe(401);
        }

        ended.Count.ShouldBe(3, "open sockets are told");
    }
}
