using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Markets;

public sealed class MarketsRoomTests
{
    [Fact]
    public async Task Values_come_from_the_last_trade_directly_or_over_usdt()
    {
        var source = new ScriptedSource(replay: true, "BTCUSDT", "BRLUSDT");
        await using var rig = await MarketRig.Start(new RigOptions { Source = source.Open() });
        var sink = await source.Sink;
        var room = rig.Services.GetRequiredService<MarketsRoom>();
        var (btc, usdt, usd, brl) = (new Asset("BTC"), new Asset("USDT"), new Asset("USD"), new Asset("BRL"));
        room.PriceIn(btc, usdt).ShouldBeNull("no trade yet");

        await Send(sink, "BTCUSDT", 60_000m);
        await Send(sink, "BRLUSDT", 0.2m);
        for (var wait = 0; wait < 200 && (room.PriceIn(btc, brl) is null); wait++) await Task.Delay(20);

        room.PriceIn(btc, usdt).ShouldBe(60_000m);
        room.PriceIn(btc, usd).ShouldBe(60_000m);
        room.PriceIn(usdt, usd).ShouldBe(1m);
        room.PriceIn(usdt, brl).ShouldBe(5m);
        room.PriceIn(btc, brl).ShouldBe(300_000m);
        room.PriceIn(new Asset("XYZ"), usdt).ShouldBeNull();
    }

    [Fact]
    public async Task The_gate_tells_unknown_stale_tradable_and_ended_and_market_time_is_the_replays()
    {
        await using var scene = await Scene.Set();
        var room = scene.Rig.Services.GetRequiredService<MarketsRoom>();
        var btc = new Symbol("BTCUSDT");
        room.Status(new Symbol("NOPE")).ShouldBe(MarketGate.UnknownSymbol);
        room.Status(btc).ShouldBe(MarketGate.Stale);
        await scene.Trade(1, 100m, 5);
        (await room.Ready(btc, default)).ShouldBe(MarketGate.Tradable);
        room.NowMs.ShouldBe(Scene.StartMs + 5);
        scene.Sink.State(PriceSourceState.Paused, null);
        room.Status(btc).ShouldBe(MarketGate.Tradable);
        scene.Sink.State(PriceSourceState.Ended, null);
        room.Status(btc).ShouldBe(MarketGate.Ended);
    }

    [Fact]
    public async Task A_live_source_that_falls_silent_is_marked_stale_within_seconds_and_recovers()
    {
        await using var scene = await Scene.Set(replay: false);
        var room = scene.Rig.Services.GetRequiredService<MarketsRoom>();
        var btc = new Symbol("BTCUSDT");
        await scene.Trade(1, 100m, 0);
        (await room.Ready(btc, default)).ShouldBe(MarketGate.Tradable);

        var stale = await scene.Eventually("/markets/BTCUSDT/depth", b => b.GetProperty("stale").GetBoolean());
        stale.GetProperty("state").GetString().ShouldBe("live");
        room.Status(btc).ShouldBe(MarketGate.Stale);
        (await scene.Rig.Get("/markets/tickers?symbols=BTCUSDT")).Body.GetProperty("items")[0].GetProperty("stale").GetBoolean().ShouldBeTrue();

        scene.Sink.Heard();
        room.Status(btc).ShouldBe(MarketGate.Tradable);
    }

    [Fact]
    public async Task Pairs_are_followed_while_watched_or_named_by_a_room()
    {
        await using var scene = await Scene.Set(replay: false);
        var (btc, eth) = (new Symbol("BTCUSDT"), new Symbol("ETHUSDT"));
        scene.Source.Followed.ShouldBeEmpty();
        using var client = await scene.Rig.Connect();
        await client.Subscribe("depth:BTCUSDT");
        await client.UntilType("snapshot");
        scene.Source.Followed.ShouldContainKeyAndValue(btc, true);
        scene.Source.Followed.ShouldNotContainKey(eth);

        scene.Rig.Services.GetRequiredService<MarketsRoom>().KeepFollowed(() => [eth]);
        for (var wait = 0; wait < 200 && !scene.Source.Followed.ContainsKey(eth); wait++) await Task.Delay(20);
        scene.Source.Followed.ShouldContainKeyAndValue(eth, true);
    }

    private static ValueTask Send(IMarketSink sink, string symbol, decimal price) =>
        sink.Open(new Symbol(symbol)).Trade(new MarketTrade(1, new Price(price), new Quantity(1m), Scene.StartMs, BuyerIsMaker: false));
}
