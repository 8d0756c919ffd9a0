using System.Globalization;
using Dapper;
using Lastro.Server.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class LoginWaitsTests(AccountsHost accounts)
{
    [Fact]
    public async Task The_sixth_wrong_try_shows_a_wait_and_waits_grow_to_60_s()
    {
        var email = await accounts.Register();
        await Fresh();
        for (var n = 0; n < 5; n++)
            (await Try(email)).ShouldBe((401, 0), $"try {n + 1}");
        (await Try(email)).ShouldBe((429, 10), "refused unseen");
        (await Try(email)).Status.ShouldBe(429);
        foreach (var (after, wait) in new[] { (11, 20), (21, 40), (41, 60), (61, 60), (61, 60) })
        {
            accounts.Clock.Forward(TimeSpan.FromSeconds(after));
            (await Try(email)).ShouldBe((429, wait), "seen and wrong");
        }

        using var early = await accounts.TryLogIn(email, AccountsHost.Password);
        await early.Refused(429, "rate_limited");
        accounts.Clock.Forward(TimeSpan.FromSeconds(61));
        await accounts.LogIn(email);
        (await Try(email)).ShouldBe((401, 0), "the right password forgot the count");
    }

    [Fact]
    public async Task Tries_during_a_wait_do_not_lengthen_it()
    {
        var email = await accounts.Register();
        await Fresh();
        for (var n = 0; n < 5; n++)
            await Try(email);
        for (var n = 0; n < 30; n++)
            (await Try(email)).Wait.ShouldBeLessThanOrEqualTo(10);
        accounts.Clock.Forward(TimeSpan.FromSeconds(11));
        await accounts.LogIn(email);
    }

    [Fact]
    public async Task Unknown_addresses_wait_alike()
    {
        await Fresh();
        var email = AccountsHost.NewEmail();
        for (var n = 0; n < 5; n++)
            (await Try(email)).ShouldBe((401, 0));
        (await Try(email)).ShouldBe((429, 10));
    }

    [Fact]
    public async Task A_burst_gets_no_more_guesses_than_one_after_the_other()
    {
        var email = await accounts.Register();
        await Fresh();
        var places = Math.Max(1, Environment.ProcessorCount / 2);
        var taken = new List<IDisposable>();
        for (var n = 0; n < places; n++)
            taken.Add(await accounts.Host.Services.GetRequiredService<Hashing>().Enter(CancellationToken.None));
        var tries = Enumerable.Range(0, 20).Select(_ => Try(email)).ToList();
        await Task.Delay(3_000);
        taken.ForEach(place => place.Dispose());
        var answers = await Task.WhenAll(tries);
        answers.ShouldAllBe(one => one.Status == 401 || one.Status == 429 || one.Status == 503);
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        (await owner.ExecuteScalarAsync<int>("select max(failures) from login_waits")).ShouldBeLessThanOrEqualTo(5 + places - 1, "passwords looked at");
    }

    [Fact]
    public async Task Somebody_elsewhere_cannot_make_the_owner_wait()
    {
        var email = await accounts.Register();
        await Fresh();
        var waits = accounts.Host.Services.GetRequiredService<LoginWaits>();
        for (var network = 0; network < 100; network++)
        {
            var stranger = LoginTry.OfStranger(EmailAddress.Key(email), $"203.0.113.{network}");
            for (var n = 0; n < 10; n++)
                await waits.Wrong(stranger, CancellationToken.None);
            (await waits.SecondsLeft(stranger, CancellationToken.None)).ShouldBe(60);
        }

        await accounts.LogIn(email);
    }

    [Fact]
    public async Task A_browser_used_before_does_not_wait_for_a_guesser_at_the_same_address()
    {
        var email = await accounts.Register();
        await Fresh();
        var browser = new Browser(accounts.Client);
        using var first = await browser.Post("/api/v1/auth/login", new { email, password = AccountsHost.Password });
        using var gone = await browser.Post("/api/v1/auth/logout");
        for (var n = 0; n < 6; n++)
            await Try(email);
        (await Try(email)).Status.ShouldBe(429);
        using var owner = await browser.Post("/api/v1/auth/login", new { email, password = AccountsHost.Password });
        ((int)owner.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task The_mark_of_another_account_helps_nobody()
    {
        var (mine, other) = (await accounts.Register(), await accounts.Register());
        await Fresh();
        var browser = new Browser(accounts.Client);
        using var first = await browser.Post("/api/v1/auth/login", new { email = mine, password = AccountsHost.Password });
        browser.Cookies.Remove("__Host-lastro_access");
        for (var n = 0; n < 6; n++)
            await Try(other);
        using var guess = await browser.Post("/api/v1/auth/login", new { email = other, password = "wrong again" });
        await guess.Refused(429, "rate_limited");
    }

    [Fact]
    public async Task One_network_that_tries_many_accounts_waits_too()
    {
        await Fresh();
        var waits = accounts.Host.Services.GetRequiredService<LoginWaits>();
        for (var n = 0; n < 31; n++)
            await waits.Wrong(LoginTry.OfStranger($"SOMEBODY{n}@EXAMPLE.ORG", "198.51.100.7"), CancellationToken.None);
        (await waits.SecondsLeft(LoginTry.OfStranger("NEXT@EXAMPLE.ORG", "198.51.100.7"), CancellationToken.None)).ShouldBe(20);
    }

    [Fact]
    public async Task A_restart_forgets_nothing_and_a_quarter_of_an_hour_does()
    {
        var email = await accounts.Register();
        await Fresh();
        for (var n = 0; n < 5; n++)
            await Try(email);
        await using var second = await TestHost.Start(
            services => services.AddSingleton<TimeProvider>(accounts.Clock), accounts.Host.OwnerConnectionString);
        using var there = await second.Client.PostAsync("/api/v1/auth/login", System.Net.Http.Json.JsonContent.Create(new { email, password = "wrong" }));
        ((int)there.StatusCode).ShouldBe(429);
        accounts.Clock.Forward(TimeSpan.FromMinutes(16));
        (await Try(email)).ShouldBe((401, 0));
        await accounts.Host.Services.GetRequiredService<Sweep>().Run(CancellationToken.None);
        accounts.Clock.Forward(TimeSpan.FromMinutes(16));
        await accounts.Host.Services.GetRequiredService<Sweep>().Run(CancellationToken.None);
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        (await owner.ExecuteScalarAsync<long>("select count(*) from login_waits")).ShouldBe(0);
    }

    // The counts of this machine's address are shared by all tests here.
    private async Task Fresh()
    {
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("delete from login_waits");
    }

    private async Task<(int Status, int Wait)> Try(string email)
    {
        using var answer = await accounts.TryLogIn(email, $"wrong {Guid.CreateVersion7()}");
        var wait = answer.Headers.TryGetValues("Retry-After", out var values) ? int.Parse(values.Single(), CultureInfo.InvariantCulture) : 0;
        return ((int)answer.StatusCode, wait);
    }
}
