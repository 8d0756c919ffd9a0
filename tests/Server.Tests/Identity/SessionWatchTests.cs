using System.Diagnostics;
using Dapper;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Server.Tests.Identity;

[Collection(AccountsHost.Name)]
public sealed class SessionWatchTests(AccountsHost accounts)
{
    [Fact]
    public async Task A_session_ended_by_another_process_dies_within_5_s()
    {
        var email = await accounts.Register();
        var (access, _) = await accounts.LogIn(email);
        (await accounts.Me(access)).Status.ShouldBe(200);
        await Revoke(accounts.Host, email, accounts.Clock.GetUtcNow());
        var watch = Stopwatch.StartNew();
        while ((await accounts.Me(access)).Status == 200)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task A_restart_does_not_raise_the_dead()
    {
        await using var first = await TestHost.Start("--Accounts:TokenKey", "Q7w0mXn3bT5vYk8sD1fGh4jL6pZr9cVa");
        var user = await first.NewUser();
        using (var gone = await user.Client.PostAsync("/api/v1/auth/logout", null))
            ((int)gone.StatusCode).ShouldBe(204);
        var living = await first.NewUser();
        await using var second = await TestHost.Start(configure: null, first.OwnerConnectionString, "--Accounts:TokenKey", "Q7w0mXn3bT5vYk8sD1fGh4jL6pZr9cVa");
        using var dead = await second.NewClient(user.AccessToken).GetAsync("/api/v1/me");
        ((int)dead.StatusCode).ShouldBe(401);
        using var alive = await second.NewClient(living.AccessToken).GetAsync("/api/v1/me");
        ((int)alive.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task While_it_cannot_look_it_asks_and_when_nobody_answers_it_lets_nobody_in()
    {
        var (away, asked) = (false, 0);
        var source = new SessionSource(
            (_, _) => away ? throw new TimeoutException("away") : Task.FromResult<IReadOnlyList<Guid>>([]),
            (_, _) => ++asked > 1 ? throw new TimeoutException("away") : Task.FromResult(true));
        using var watch = new SessionWatch(source, TimeProvider.System, NullLogger<SessionWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        var session = Guid.CreateVersion7();
        await Task.Delay(500);
        (await watch.IsLive(session, CancellationToken.None)).ShouldBeTrue();
        asked.ShouldBe(0, "the picture is fresh");
        away = true;
        await Task.Delay(4_500);
        (await watch.IsLive(session, CancellationToken.None)).ShouldBeTrue();
        asked.ShouldBe(1, "the picture is old, so it asked");
        await Should.ThrowAsync<TimeoutException>(async () => await watch.IsLive(session, CancellationToken.None));
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Tells_of_each_ended_session_once()
    {
        var session = Guid.CreateVersion7();
        var source = new SessionSource((_, _) => Task.FromResult<IReadOnlyList<Guid>>([session]), (_, _) => Task.FromResult(false));
        using var watch = new SessionWatch(source, TimeProvider.System, NullLogger<SessionWatch>.Instance);
        var told = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        watch.WhenEnded(told.Add);
        watch.Ended([session]);
        await watch.StartAsync(CancellationToken.None);
        await Task.Delay(2_500);
        await watch.StopAsync(CancellationToken.None);
        told.ShouldBe([session]);
        watch.IsRevoked(session).ShouldBeTrue();
        (await watch.IsLive(session, CancellationToken.None)).ShouldBeFalse();
    }

    private static async Task Revoke(TestHost host, string email, DateTimeOffset now)
    {
        await using var owner = await host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync(
            "update sessions set revoked_at = @now, revoked_reason = 'logOut' where user_id = (select id from users where email = @email)", new { now, email });
    }
}
