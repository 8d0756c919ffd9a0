using System.Text.Json;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Tests.Markets;

public sealed class GetSourceTests
{
    [Fact]
    public async Task The_source_says_what_it_is_and_its_channel_tells_every_change()
    {
        await using var scene = await Scene.Set(replay: false);
        using var client = await scene.Rig.Connect();
        await client.Subscribe("source");
        var snapshot = (await client.UntilType("snapshot")).GetProperty("data");
        (snapshot.GetProperty("source").GetString(), snapshot.GetProperty("state").GetString(), snapshot.GetProperty("replay").ValueKind)
            .ShouldBe(("binance", "live", JsonValueKind.Null));

        scene.Sink.State(PriceSourceState.Reconnecting, "cut");
        (await client.UntilType("update")).GetProperty("data").GetProperty("state").GetString().ShouldBe("reconnecting");
        (await scene.Rig.Get("/markets/source")).Body.GetProperty("state").GetString().ShouldBe("reconnecting");
    }
}
