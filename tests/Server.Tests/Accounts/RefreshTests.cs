using System.Net.Http.Json;
using Dapper;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class RefreshTests(AccountsHost accounts)
{
    [Fact]
    public async Task Gives_the_next_pair()
    {
        var (_, first) = await accounts.LogIn(await accounts.Register());
        var (status, body) = await accounts.Refresh(first);
        status.ShouldBe(200);
        body.Text("refreshToken").ShouldNotBe(first);
        (await accounts.Me(body.Text("accessToken")!)).Status.ShouldBe(200);
        (await accounts.Refresh(body.Text("refreshToken")!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Tabs_that_refresh_at_once_all_stay_signed_in()
    {
        var (_, first) = await accounts.LogIn(await accounts.Register());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => accounts.Refresh(first)));
        answers.ShouldAllBe(one => one.Status == 200);
        answers.Select(one => one.Body.Text("refreshToken")).Distinct().Count().ShouldBe(1);
        accounts.Clock.Forward(TimeSpan.FromSeconds(29));
        (await accounts.Refresh(first)).Status.ShouldBe(200, "29 s are within the leeway");
        (await accounts.Refresh(answers[0].Body.Text("refreshToken")!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_copy_used_after_30_s_ends_the_session_for_both()
    {
        var email = await accounts.Register();
        var (access, first) = await accounts.LogIn(email);
        var (_, other) = await accounts.LogIn(email);
        var (_, second) = await accounts.Refresh(first);
        accounts.Clock.Forward(TimeSpan.FromSeconds(31));
        (await accounts.Refresh(first)).Status.ShouldBe(401);
        (await accounts.Refresh(second.Text("refreshToken")!)).Status.ShouldBe(401, "the owner's chain ends with the thief's");
        (await accounts.Me(access)).Status.ShouldBe(401);
        (await accounts.Me(second.Text("accessToken")!)).Status.ShouldBe(401);
        (await accounts.Refresh(other)).Status.ShouldBe(200, "another session of the same user lives on");
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        (await owner.ExecuteScalarAsync<string>("select revoked_reason from sessions s join users u on u.id = s.user_id where email = @email and revoked_at is not null", new { email }))
            .ShouldBe("tokenReused");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_was_never_given_is_refused(string? refreshToken)
    {
        using var answer = await accounts.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken });
        await answer.Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task A_session_ends_after_30_days_of_silence()
    {
        var email = await accounts.Register();
        var (_, first) = await accounts.LogIn(email);
        await Age("29 days");
        var (status, body) = await accounts.Refresh(first);
        status.ShouldBe(200);
        await Age("29 days");
        (await accounts.Refresh(body.Text("refreshToken")!)).Status.ShouldBe(200, "the refresh began the 30 days anew");
        await Age("31 days");
        (await accounts.Refresh(body.Text("refreshToken")!)).Status.ShouldBe(401);

        async Task Age(string by)
        {
            await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
            (await owner.ExecuteAsync(
                "update sessions set created_at = created_at - @by::interval, expires_at = expires_at - @by::interval where user_id = (select id from users where email = @email)",
                new { by, email })).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_browser_refreshes_by_its_cookie_and_loses_dead_ones()
    {
        var browser = new Browser(accounts.Client);
        using var made = await browser.Post("/api/v1/auth/register", new { email = AccountsHost.NewEmail(), password = AccountsHost.Password, name = "Ada" });
        var before = browser.Cookies["__Host-lastro_refresh"];
        accounts.Clock.Forward(TimeSpan.FromMinutes(16));
        using var late = await browser.Get("/api/v1/me");
        ((int)late.StatusCode).ShouldBe(401);
        using var answer = await browser.Post("/api/v1/auth/refresh");
        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Json()).Text("refreshToken").ShouldBeNull();
        browser.Cookies["__Host-lastro_refresh"].ShouldNotBe(before);
        using var me = await browser.Get("/api/v1/me");
        ((int)me.StatusCode).ShouldBe(200);

        browser.Cookies["__Host-lastro_refresh"] = before;
        accounts.Clock.Forward(TimeSpan.FromSeconds(31));
        using var reused = await browser.Post("/api/v1/auth/refresh");
        ((int)reused.StatusCode).ShouldBe(401);
        browser.Cookies.Keys.ShouldBe(["__Host-lastro_device"]);
    }
}
