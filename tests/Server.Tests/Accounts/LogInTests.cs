using System.Diagnostics;
using System.Net.Http.Json;
using Dapper;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class LogInTests(AccountsHost accounts, ITestOutputHelper output)
{
    [Fact]
    public async Task Gives_tokens_to_a_program()
    {
        var email = await accounts.Register();
        using var answer = await accounts.TryLogIn(email.ToUpperInvariant(), AccountsHost.Password);
        var body = await answer.Json();
        body.GetProperty("expiresIn").GetInt32().ShouldBe(900);
        body.GetProperty("user").Text("email").ShouldBe(email);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await accounts.Me(body.Text("accessToken")!)).Body.Text("email").ShouldBe(email);
    }

    [Fact]
    public async Task Gives_cookies_and_no_token_to_a_browser()
    {
        var email = await accounts.Register();
        var browser = new Browser(accounts.Client);
        using var answer = await browser.Post("/api/v1/auth/login", new { email, password = AccountsHost.Password });
        var body = await answer.Json();
        body.Text("accessToken").ShouldBeNull();
        body.Text("refreshToken").ShouldBeNull();
        browser.Cookies.Keys.Order().ShouldBe(["__Host-lastro_access", "__Host-lastro_device", "__Host-lastro_refresh"]);
        foreach (var cookie in browser.SetCookies.Select(one => one.ToLowerInvariant()))
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; samesite=strict");
            cookie.ShouldContain("; path=/");
            cookie.ShouldNotContain("domain=");
        }

        using var me = await browser.Get("/api/v1/me");
        (await me.Json()).Text("email").ShouldBe(email);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_look_the_same()
    {
        var email = await accounts.Register();
        using var wrong = await accounts.TryLogIn(email, "not the password");
        using var unknown = await accounts.TryLogIn(AccountsHost.NewEmail(), "not the password");
        var (first, second) = (await wrong.Refused(401, "unauthenticated"), await unknown.Refused(401, "unauthenticated"));
        first.Text("detail").ShouldBe(second.Text("detail"));
    }

    [Fact]
    public async Task Known_and_unknown_addresses_cost_the_same_work()
    {
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4; round++)
        {
            var email = await accounts.Register();
            known.Add(await Time(email));
            unknown.Add(await Time(AccountsHost.NewEmail()));
        }

        output.WriteLine($"known {known.Min():0} ms, unknown {unknown.Min():0} ms at best of 4");
        unknown.Min().ShouldBeGreaterThan(known.Min() / 3, "an unknown address is answered without hashing");

        async Task<double> Time(string email)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await accounts.TryLogIn(email, "not the password");
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    [Theory]
    [InlineData(null, "x", "email")]
    [InlineData("a@example.org", null, "password")]
    public async Task A_missing_field_is_named(string? email, string? password, string field)
    {
        using var answer = await accounts.Client.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        (await answer.Refused(422, "invalid_field")).Text("field").ShouldBe(field);
    }

    [Fact]
    public async Task A_hash_of_fewer_rounds_is_renewed()
    {
        var email = await accounts.Register();
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<object>(
            Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 1000 }))
            .HashPassword(new object(), AccountsHost.Password);
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("update users set password_hash = @old where email = @email", new { old, email });
        await accounts.LogIn(email);
        var renewed = Convert.FromBase64String((await owner.ExecuteScalarAsync<string>("select password_hash from users where email = @email", new { email }))!);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(renewed.AsSpan(5)).ShouldBe(220_000u);
        await accounts.LogIn(email);
    }

    [Fact]
    public async Task A_session_says_where_it_was_begun_and_keeps_no_token()
    {
        var email = await accounts.Register();
        var browser = new Browser(accounts.Client);
        using var answer = await browser.Post("/api/v1/auth/login", new { email, password = AccountsHost.Password });
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        var (device, ip, hash) = await owner.QuerySingleAsync<(string, string, byte[])>(
            "select s.device, s.ip, r.hash from sessions s join users u on u.id = s.user_id join refresh_tokens r on r.session_id = s.id where u.email = @email", new { email });
        device.ShouldBe("TestBrowser/1.0");
        ip.ShouldBe("127.0.0.1");
        hash.ShouldBe(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(browser.Cookies["__Host-lastro_refresh"])));
    }
}
