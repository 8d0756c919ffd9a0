using System.Net;

namespace Lastro.Server.Tests.Markets;

public sealed class ControlReplayTests
{
    [Fact]
    public async Task A_replay_pauses_and_plays_on_and_a_live_source_does_not()
    {
        await using var scene = await Scene.Set();
        foreach (var (verb, paused) in new[] { ("pause", true), ("pause", true), ("play", false) })
        {
            using var answer = await scene.Rig.Http.PostAsync(new Uri($"/api/v1/replay/{verb}", UriKind.Relative), null);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            scene.Source.Paused.ShouldBe(paused);
            (await scene.Rig.Get("/markets/source")).Body.GetProperty("replay").GetProperty("paused").GetBoolean().ShouldBe(paused);
        }

        await using var live = await Scene.Set(replay: false);
        using var refused = await live.Rig.Http.PostAsync(new Uri("/api/v1/replay/play", UriKind.Relative), null);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
