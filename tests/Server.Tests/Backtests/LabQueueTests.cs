using System.Net.WebSockets;
using System.Text.Json;
using Dapper;
using Lastro.Core.Strategies;
using Lastro.Server.Backtests;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Markets;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Backtests;

/// <summary>Who comes when, who has what, and what happens when a worker dies. The loop of the host itself is given nothing to do.</summary>
public sealed class LabQueueTests
{
    [Fact]
    public async Task Users_take_turns_whoever_queued_first_and_how_much()
    {
        await using var host = await Quiet();
        var users = new[] { await host.NewUser(), await host.NewUser(), await host.NewUser() };
        var queue = host.Services.GetRequiredService<LabQueue>();
        for (var n = 0; n < 30; n++) await Insert(host, users[0].Id, n);
        for (var n = 0; n < 3; n++) await Insert(host, users[1].Id, 100 + n);
        await Insert(host, users[2].Id, 200);

        var served = new List<int>();
        for (var turn = 0; turn < 8; turn++)
        {
            var job = (await queue.Claim(LabKinds.Runs, CancellationToken.None)).ShouldNotBeNull();
            served.Add(Array.FindIndex(users, user => user.Id == job.User.Value));
            (await queue.Done(job, "{}", null, CancellationToken.None)).ShouldBeTrue();
        }

        served.ShouldBe([0, 1, 2, 0, 1, 0, 1, 0]);

        // Who comes new comes next, before the twenty-six that wait.
        var late = await host.NewUser();
        await Insert(host, late.Id, 300);
        (await queue.Claim(LabKinds.Runs, CancellationToken.None))!.User.Value.ShouldBe(late.Id);
    }

    [Fact]
    public async Task Positions_say_the_order_in_which_turns_come()
    {
        await using var host = await Quiet();
        var users = new[] { await host.NewUser(), await host.NewUser() };
        var ids = new List<(Guid Id, int User)>();
        foreach (var (user, n) in new[] { (0, 0), (0, 1), (0, 2), (1, 3), (1, 4) }) ids.Add((await Insert(host, users[user].Id, n), user));
        var store = host.Services.GetRequiredService<LabStore>();
        var positions = new Dictionary<Guid, int>();
        foreach (var (id, user) in ids)
        {
            var found = (await store.Find(new UserId(users[user].Id), LabKinds.Backtest, id, CancellationToken.None)).ShouldNotBeNull();
            positions[id] = found.Position.ShouldNotBeNull();
        }

        var queue = host.Services.GetRequiredService<LabQueue>();
        for (var place = 1; place <= 5; place++)
        {
            var job = (await queue.Claim(LabKinds.Runs, CancellationToken.None)).ShouldNotBeNull();
            positions[job.Id].ShouldBe(place);
            await queue.Done(job, "{}", null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task No_user_has_more_at_work_than_allowed_and_no_job_two_workers()
    {
        await using var host = await Quiet("--Lab:ConcurrentPerUser", "2");
        var (user, other) = (await host.NewUser(), await host.NewUser());
        for (var n = 0; n < 5; n++) await Insert(host, user.Id, n);
        await Insert(host, other.Id, 9);
        var queue = host.Services.GetRequiredService<LabQueue>();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => queue.Claim(LabKinds.Runs, CancellationToken.None)));
        var jobs = claimed.OfType<LabJob>().ToList();
        jobs.Select(job => job.Id).Distinct().Count().ShouldBe(3);
        (jobs.Count(job => job.User.Value == user.Id), jobs.Count(job => job.User.Value == other.Id)).ShouldBe((2, 1));
        (await queue.Claim(LabKinds.Downloads, CancellationToken.None)).ShouldBeNull("a run is no download");
    }

    [Fact]
    public async Task A_worker_that_died_loses_its_job_and_can_write_no_more_and_after_some_deaths_it_is_given_up()
    {
        await using var host = await Quiet("--Lab:Attempts", "2", "--Lab:LeaseSeconds", "2");
        var user = await host.NewUser();
        var id = await Insert(host, user.Id, 0);
        await using var other = await QuietOn(host.OwnerConnectionString, "--Lab:Attempts", "2", "--Lab:LeaseSeconds", "2");
        var (mine, theirs) = (host.Services.GetRequiredService<LabQueue>(), other.Services.GetRequiredService<LabQueue>());
        var job = (await mine.Claim(LabKinds.Runs, CancellationToken.None)).ShouldNotBeNull();
        (await mine.Beat(job, 0.4, tell: true, CancellationToken.None)).ShouldBeTrue();
        (await theirs.Claim(LabKinds.Runs, CancellationToken.None)).ShouldBeNull("its lease lasts");
        await Expire(host, id);
        var taken = (await theirs.Claim(LabKinds.Runs, CancellationToken.None)).ShouldNotBeNull();
        (taken.Id, taken.Progress).ShouldBe((id, 0.4));
        (await mine.Beat(job, 0.9, tell: true, CancellationToken.None)).ShouldBeFalse();
        (await mine.Done(job, "{}", null, CancellationToken.None)).ShouldBeFalse();
        (await mine.Failed(job, new LabError("x", null), CancellationToken.None)).ShouldBeFalse();
        await Expire(host, id);
        (await theirs.Claim(LabKinds.Runs, CancellationToken.None)).ShouldBeNull();
        var (row, _) = (await host.Services.GetRequiredService<LabStore>().Find(new UserId(user.Id), LabKinds.Backtest, id, CancellationToken.None)).ShouldNotBeNull();
        (row.Status, row.ErrorCode).ShouldBe(("failed", "gave_up"));
    }

    [Fact]
    public async Task The_stream_tells_every_change_to_its_owner_alone()
    {
        await using var host = await Quiet();
        var (user, other) = (await host.NewUser(), await host.NewUser());
        var id = await Insert(host, user.Id, 0);
        using var mine = await Listen(host, user);
        using var foreign = await Listen(host, other);
        (await mine.UntilType("snapshot")).GetProperty("data")[0].GetProperty("id").GetGuid().ShouldBe(id);
        (await foreign.UntilType("snapshot")).GetProperty("data").GetArrayLength().ShouldBe(0);
        var queue = host.Services.GetRequiredService<LabQueue>();
        var job = (await queue.Claim(LabKinds.Runs, CancellationToken.None)).ShouldNotBeNull();
        await queue.Beat(job, 0.25, tell: true, CancellationToken.None);
        await queue.Done(job, "{}", null, CancellationToken.None);
        foreach (var (status, progress) in new[] { ("running", 0.0), ("running", 0.25), ("done", 1.0) })
        {
            var data = (await mine.UntilType("update")).GetProperty("data");
            (data.GetProperty("id").GetGuid(), data.GetProperty("kind").GetString(), data.GetProperty("status").GetString(), data.GetProperty("progress").GetDouble()).ShouldBe((id, "backtest", status, progress));
        }

        var own = await Insert(host, other.Id, 1);
        await queue.Claim(LabKinds.Runs, CancellationToken.None);
        (await foreign.UntilType("update")).GetProperty("data").GetProperty("id").GetGuid().ShouldBe(own, "the first it hears is its own");
    }

    /// <summary>A host whose own loop finds nothing to do: its claims are made by the test.</summary>
    private static Task<TestHost> Quiet(params string[] settings) => QuietOn(null, settings);

    private static Task<TestHost> QuietOn(string? database, params string[] settings) => TestHost.Start(
        services =>
        {
            foreach (var hosted in services.Where(one => one.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)
                && one.ImplementationFactory?.Method.ReturnType == typeof(LabLoop)).ToList()) services.Remove(hosted);
        },
        database, settings);

    private static async Task<StreamClient> Listen(TestHost host, TestUser user)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/api/v1/stream" }.Uri, default);
        var client = new StreamClient(socket);
        await client.Send(JsonSerializer.Serialize(new { op = "auth", token = user.AccessToken }));
        await client.UntilOp("authenticated");
        await client.Subscribe("backtests");
        return client;
    }

    private static async Task<Guid> Insert(TestHost host, Guid user, int order)
    {
        var terms = new LabTerms
        {
            StrategyName = "Rsi",
            Document = StrategyJson.Write(Strategy.Read(JsonSerializer.Serialize(LabHost.Rsi()), out _)!.Document),
            Timeframe = "1h",
            Symbols = ["BTCUSDT"],
            FromMs = LabHost.StartMs,
            ToMs = LabHost.StartMs + LabHost.HourMs,
            Cash = 1m,
            Fee = 0m,
            Slippage = 0m,
            Source = "none",
            Simulated = true,
            Rows = 1,
        };
        var id = Guid.CreateVersion7();
        await using var connection = await host.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO lab_jobs (id, user_id, kind, status, request, created_at) VALUES (@id, @user, 'backtest', 'queued', @request, '2024-01-01'::timestamptz + make_interval(secs => @order))",
            new { id, user, request = JsonSerializer.Serialize(terms, LabJson.Options), order });
        return id;
    }

    private static async Task Expire(TestHost host, Guid id)
    {
        await using var connection = await host.Owner.OpenConnectionAsync();
        (await connection.ExecuteAsync("UPDATE lab_jobs SET lease_until = now() - interval '1 second' WHERE id = @id AND status = 'running'", new { id })).ShouldBe(1);
    }
}
