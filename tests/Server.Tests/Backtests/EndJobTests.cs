
namespace Lastro.Server.Tests.Backtests;

public sealed class EndJobTests
{
    private const string Sweeps = "/api/v1/backtests/sweeps";

    [Fact]
    public async Task A_run_under_way_is_cancelled_at_once_and_its_thread_takes_the_next()
    {
        await using var lab = await LabHost.Start("--Lab:Workers", "1");
        var user = await lab.NewUser();
        lab.Hours(LabHost.HeavyHours);
        await lab.Download(user, LabHost.HeavyHours);
        var sweep = (await user.Send(HttpMethod.Post, Sweeps, LabHost.Heavy())).Ok();
        await LabHost.Until(user, $"{Sweeps}/{sweep["id"]}", "running");
        var waiting = (await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100))).Ok();
        (await user.Get($"/api/v1/backtests/{waiting["id"]}"))["status"].ShouldBe("queued");
        (await user.Get($"/api/v1/backtests/{waiting["id"]}"))["queuePosition"].ShouldBe("1");

        ((int)(await user.Send(HttpMethod.Delete, $"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(204);
        var canceled = (await user.Get($"{Sweeps}/{sweep["id"]}")).Ok();
        (canceled["status"], canceled["best"]).ShouldBe(("canceled", null));
        (await LabHost.Until(user, $"/api/v1/backtests/{waiting["id"]}", "done", "failed"))["status"].ShouldBe("done");
        (await user.Get($"{Sweeps}/{sweep["id"]}"))["status"].ShouldBe("canceled", "what was stopped stays so");

        // The second time it is deleted.
        ((int)(await user.Send(HttpMethod.Delete, $"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(204);
        ((int)(await user.Get($"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(404);
        ((int)(await user.Send(HttpMethod.Delete, $"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(404);
    }

    [Fact]
    public async Task A_long_sweep_gives_way_to_others_between_its_chunks()
    {
        await using var lab = await LabHost.Start("--Lab:Workers", "1");
        var (greedy, other) = (await lab.NewUser(), await lab.NewUser());
        lab.Hours(LabHost.HeavyHours);
        await lab.Download(greedy, LabHost.HeavyHours);
        var sweep = (await greedy.Send(HttpMethod.Post, Sweeps, LabHost.Heavy())).Ok();
        await LabHost.Until(greedy, $"{Sweeps}/{sweep["id"]}", "running");
        var small = (await other.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100))).Ok();
        (await LabHost.Until(other, $"/api/v1/backtests/{small["id"]}", "done", "failed"))["status"].ShouldBe("done");
        var later = (await greedy.Get($"{Sweeps}/{sweep["id"]}")).Ok();
        later["status"].ShouldBeOneOf("running", "queued");
        later.Number("progress").ShouldBeLessThan(1m, "it was not yet through when the other was served");
        ((int)(await greedy.Send(HttpMethod.Delete, $"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(204);
    }

    [Fact]
    public async Task A_report_of_what_has_not_ended_or_was_cancelled_is_refused()
    {
        await using var lab = await LabHost.Start("--Lab:Workers", "1");
        var user = await lab.NewUser();
        lab.Hours(LabHost.HeavyHours);
        await lab.Download(user, LabHost.HeavyHours);
        var sweep = (await user.Send(HttpMethod.Post, Sweeps, LabHost.Heavy())).Ok();
        var run = (await user.Send(HttpMethod.Post, "/api/v1/backtests", StartBacktestTests.Body(0, 100))).Ok();
        var early = await user.Get($"/api/v1/backtests/{run["id"]}/report");
        ((int)early.Status, early["code"]).ShouldBe((409, "in_progress"));
        ((int)(await user.Send(HttpMethod.Delete, $"/api/v1/backtests/{run["id"]}")).Status).ShouldBe(204);
        ((int)(await user.Get($"/api/v1/backtests/{run["id"]}/report")).Status).ShouldBe(404);
        ((int)(await user.Send(HttpMethod.Delete, $"{Sweeps}/{sweep["id"]}")).Status).ShouldBe(204);
    }
}
