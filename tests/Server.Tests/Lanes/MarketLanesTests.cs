using System.Collections.Concurrent;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Tests.Lanes;

public sealed class MarketLanesTests
{
    private static readonly LaneOptions OneLane = new() { Count = 1 };
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly HandClock _clock = new();

    [Fact]
    public async Task Stages_see_a_trade_in_the_order_of_their_positions_with_the_lane_already_there()
    {
        await using var rig = new LaneRig(OneLane, _clock, new SpyStage(StagePosition.Subscribers, _seen), new SpyStage(StagePosition.Candles, _seen), new SpyStage(StagePosition.Orders, _seen));
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);

        await lane.Trade(LaneRig.Trade(7));
        await lane.Ask(l => l.LastTrade);

        _seen.ShouldBe(["Candles:BTCUSDT:trade 7 after 7", "Orders:BTCUSDT:trade 7 after 7", "Subscribers:BTCUSDT:trade 7 after 7"]);
    }

    [Fact]
    public async Task A_stage_that_throws_is_counted_and_stops_neither_the_others_nor_the_lane()
    {
        var broken = new SpyStage(StagePosition.Orders, _seen, (_, _) => throw new InvalidOperationException("broken"));
        await using var rig = new LaneRig(OneLane, _clock, broken, new SpyStage(StagePosition.Subscribers, _seen));
        await rig.Lanes.StartAsync(default);
        var (sick, well) = (rig.Lanes.Open(LaneRig.Pair()), rig.Lanes.Open(LaneRig.Pair("ETHUSDT")));

        await sick.Trade(LaneRig.Trade(1));
        await sick.Trade(LaneRig.Trade(2));
        await sick.Ask(_ => 0);

        _seen.ShouldBe(["Subscribers:BTCUSDT:trade 1 after 1", "Subscribers:BTCUSDT:trade 2 after 2"]);
        var fault = sick.FaultyStages.ShouldHaveSingleItem();
        (fault.Name, fault.Position, fault.Faults).ShouldBe(("SpyStage", StagePosition.Orders, 2));
        well.FaultyStages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_sees_what_was_written_before_it_and_its_exception_comes_back()
    {
        await using var rig = new LaneRig(OneLane, _clock);
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);
        for (var id = 1; id <= 1_000; id++) await lane.Trade(LaneRig.Trade(id));

        (await lane.Ask(l => l.LastTrade!.Value.Id)).ShouldBe(1_000);
        await Should.ThrowAsync<FormatException>(() => lane.Ask<int>(_ => throw new FormatException()));
        await lane.Post(_ => throw new FormatException());
        (await lane.Ask(_ => 5)).ShouldBe(5);
        rig.Lanes.Each[0].ActionFaults.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_mailbox_makes_the_source_wait()
    {
        using var gate = new ManualResetEventSlim();
        await using var rig = new LaneRig(new LaneOptions { Count = 1, MailboxSize = 64 }, _clock, new SpyStage(StagePosition.Candles, _seen, (_, _) => gate.Wait(TimeSpan.FromSeconds(20))));
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);

        var written = Enumerable.Range(1, 200).Select(id => lane.Trade(LaneRig.Trade(id)).AsTask()).ToList();
        await Task.Delay(100);
        written.Count(task => task.IsCompleted).ShouldBeInRange(64, 66);
        lane.TryPost(_ => { }).ShouldBeFalse();

        gate.Set();
        await Task.WhenAll(written).WaitAsync(TimeSpan.FromSeconds(20));
        (await lane.Ask(l => l.LastTrade!.Value.Id)).ShouldBe(200);
        _seen.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Pairs_of_one_lane_are_never_handled_at_the_same_time()
    {
        var (inside, overlaps) = (0, 0);
        var stage = new SpyStage(StagePosition.Candles, _seen, (_, _) =>
        {
            if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref overlaps);
            Thread.SpinWait(200);
            Interlocked.Decrement(ref inside);
        });
        await using var rig = new LaneRig(OneLane, _clock, stage);
        await rig.Lanes.StartAsync(default);

        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (pair, cancellation) =>
        {
            var lane = rig.Lanes.Open(LaneRig.Pair($"A{pair}USDT"));
            for (var id = 1; id <= 500; id++) await lane.Trade(LaneRig.Trade(id));
            await lane.Ask(_ => 0, cancellation);
        });

        _seen.Count.ShouldBe(4_000);
        overlaps.ShouldBe(0);
    }

    [Fact]
    public async Task A_pulse_comes_also_when_nothing_happens_and_carries_market_time()
    {
        await using var rig = new LaneRig(OneLane with { PulseMs = 20 }, _clock, new SpyStage(StagePosition.Contracts, _seen));
        rig.Feed.ReplayClock = true;
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);
        await lane.Trade(LaneRig.Trade(1, timeMs: 77_000));
        for (var wait = 0; wait < 200 && !_seen.Contains("Contracts:BTCUSDT:pulse 77000"); wait++) await Task.Delay(20);

        _seen.ShouldContain("Contracts:BTCUSDT:pulse 77000");
    }

    [Theory]
    [InlineData("", 0x811C9DC5u)]
    [InlineData("a", 0xE40C292Cu)]
    [InlineData("foobar", 0xBF9CF968u)]
    public void Pairs_spread_by_fnv_1a_of_its_published_test_vectors(string name, uint expected) =>
        MarketLanes.StableHash(name).ShouldBe(expected);

    [Fact]
    public async Task The_gate_follows_silence_the_age_of_the_book_and_the_end()
    {
        await using var rig = new LaneRig(OneLane, _clock);
        rig.Feed.State = PriceSourceState.Live;
        rig.Feed.Heard();
        await rig.Lanes.StartAsync(default);
        rig.Lanes.Gate(new Symbol("NOPE")).ShouldBe(MarketGate.UnknownSymbol);
        var lane = rig.Lanes.Open(LaneRig.Pair());
        lane.Gate.ShouldBe(MarketGate.Stale, "no price was seen yet");

        ISymbolSink sink = lane;
        await sink.Top(new BookTop(1, new Price(99m), new Quantity(1m), new Price(100m), new Quantity(1m), 5));
        await lane.Ask(_ => 0);
        lane.Gate.ShouldBe(MarketGate.Tradable);

        _clock.Pass(5_000);
        lane.Gate.ShouldBe(MarketGate.Tradable);
        _clock.Pass(1);
        lane.Gate.ShouldBe(MarketGate.Stale, "5 s of silence");
        rig.Feed.Heard();
        lane.Gate.ShouldBe(MarketGate.Tradable);

        _clock.Pass(55_000);
        rig.Feed.Heard();
        lane.Gate.ShouldBe(MarketGate.Stale, "a book older than 60 s on a live source");
        await lane.BookLost();
        await lane.Ask(_ => 0);
        lane.Gate.ShouldBe(MarketGate.Tradable, "no book is not an old book");

        rig.Lanes.Open(LaneRig.Pair() with { Trading = false }).ShouldBeSameAs(lane);
        lane.Gate.ShouldBe(MarketGate.Halted);
        rig.Feed.State = PriceSourceState.Ended;
        lane.Gate.ShouldBe(MarketGate.Ended);
    }

    [Fact]
    public async Task A_paused_replay_is_not_stale_and_its_clock_stands()
    {
        await using var rig = new LaneRig(OneLane, _clock);
        rig.Feed.ReplayClock = true;
        rig.Feed.State = PriceSourceState.Paused;
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);
        await lane.Trade(LaneRig.Trade(1, timeMs: 500));
        await lane.Trade(LaneRig.Trade(2, timeMs: 400));
        (await lane.Ask(l => l.NowMs)).ShouldBe(500, "market time never runs back");

        _clock.Pass(3_600_000);
        lane.Gate.ShouldBe(MarketGate.Tradable);
        rig.Feed.NowMs.ShouldBe(500);
    }

    [Fact]
    public async Task A_price_far_out_reaches_no_stage_and_a_confirmed_jump_reaches_them_whole()
    {
        await using var rig = new LaneRig(OneLane, _clock, new SpyStage(StagePosition.Orders, _seen));
        var lane = rig.Lanes.Open(LaneRig.Pair());
        await rig.Lanes.StartAsync(default);

        await lane.Trade(LaneRig.Trade(1, 100m));
        await lane.Trade(LaneRig.Trade(2, 1_000m));
        await lane.Trade(LaneRig.Trade(3, 101m));
        foreach (var id in new[] { 4, 5, 6 }) await lane.Trade(LaneRig.Trade(id, 60m));
        await lane.Trade(LaneRig.Trade(7, 0m));
        (await lane.Ask(l => l.LastTrade!.Value.Price.Value)).ShouldBe(60m);

        _seen.ShouldBe(["Orders:BTCUSDT:trade 1 after 1", "Orders:BTCUSDT:trade 3 after 3", "Orders:BTCUSDT:trade 4 after 4", "Orders:BTCUSDT:trade 5 after 5", "Orders:BTCUSDT:trade 6 after 6"]);
        lane.Quarantined.ShouldBe(2);
    }
}
