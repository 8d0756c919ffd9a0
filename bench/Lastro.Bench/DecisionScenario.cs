using System.Diagnostics;
using System.Runtime.InteropServices;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lastro.Bench;

/// <summary>
/// From a trade's entry into its lane's mailbox to the decision it causes in the orders' mailbox, at 100,000 trades a second with 100,000
/// conditional orders waiting; the lane is the server's own. Beside it the same path of an empty lane: a posted action.
/// </summary>
internal static class DecisionScenario
{
    private const int Waiting = 100_000;
    private const int PerSecond = 100_000;
    private const int Trades = 500_000;
    private const int FiresEvery = 50;

    public static async Task Run(string shared)
    {
        var options = Options.Create(new OrdersOptions { MailboxSize = 1_000_000 });
        var mailbox = new OrderMailbox(options);
        var stage = new OrdersStage(mailbox, options);
        var probe = new Probe(mailbox);
        var feed = new FeedState(TimeProvider.System) { Sanity = SanityLimits.Live };
        feed.Heard();
        await using var lanes = new MarketLanes(() => [stage, probe], new LaneOptions { Count = 1, MailboxSize = 65_536 }, feed, NullLogger<MarketLanes>.Instance);
        await lanes.StartAsync(CancellationToken.None);
        var lane = lanes.Open(new Instrument
        {
            Symbol = new Symbol("BTCUSDT"),
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            StepSize = 0.00001m,
            MinQuantity = 0.00001m,
            MinNotional = 5m,
        });
        await Measure(lane, stage, probe, feed, warm: true);
        var (ours, paused, collections) = await Measure(lane, stage, probe, feed, warm: false);
        var bare = await Bare(lane);
        Console.WriteLine($"trade to decision at {PerSecond:N0} trades/s, {Waiting:N0} waiting: p50 {At(ours, 0.5):F1} us, p99 {At(ours, 0.99):F1} us | an action posted to the lane: p50 {At(bare, 0.5):F1} us, p99 {At(bare, 0.99):F1} us | {collections} collections stopped all for {paused.TotalMilliseconds:F1} ms | wanted p99 <= 50 us");
    }

    private static async Task<(List<double> Waits, TimeSpan Paused, int Collections)> Measure(SymbolLane lane, OrdersStage stage, Probe probe, FeedState feed, bool warm)
    {
        var first = warm ? 1 : 10_000_000;
        await lane.Trade(Trade(lane, first, 50_000m));
        await lane.Ask(own =>
        {
            for (var order = 0; order < Waiting; order++)
                stage.Of(own).Arrive(Stop(first + order, 40_000m - (order % 10_000 * 0.01m)));
            return 0;
        });
        var entered = new long[Trades];
        probe.Begin(entered, first + 1);

        // Orders that wait have grown old before the market gets busy.
        GC.Collect();
        GC.Collect();
        var (paused, collections) = (GC.GetTotalPauseDuration(), GC.CollectionCount(0));
        await Task.Factory.StartNew(() => Feed(lane, stage, feed, entered, first), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = await lane.Ask(_ => 0);
        (paused, collections) = (GC.GetTotalPauseDuration() - paused, GC.CollectionCount(0) - collections);
        await lane.Ask(own =>
        {
            for (var order = 0; order < Waiting; order++) stage.Of(own).Withdraw(first + order);
            return 0;
        });
        return (probe.Waits, paused, collections);
    }

    /// <summary>The exchange: on a thread and, where that can be had, a processor of its own.</summary>
    private static void Feed(SymbolLane lane, OrdersStage stage, FeedState feed, long[] entered, long first)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = PrCtl(29, 1);
            ulong last = 1UL << (Environment.ProcessorCount - 1);
            _ = SetAffinity(0, sizeof(ulong), ref last);
        }

        var clock = Stopwatch.StartNew();
        for (var number = 0; number < Trades; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / PerSecond);
            while (clock.Elapsed < due) Pause();
            if (number % 1_000 == 0) feed.Heard();
            var fires = number % FiresEvery == FiresEvery - 1;
            if (number % FiresEvery == 0)
            {
                var id = first + Waiting + number;
                _ = lane.TryPost(own => stage.Of(own).Arrive(Stop(id, 49_000m)));
            }

            entered[number] = Stopwatch.GetTimestamp();
            if (!lane.Trade(Trade(lane, first + 1 + number, fires ? 49_000m : 50_000m + (number % 7))).AsTask().IsCompleted) throw new InvalidOperationException("The mailbox is full.");
        }
    }

    private static async Task<List<double>> Bare(SymbolLane lane)
    {
        var waits = new List<double>();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < 10_000; number++)
        {
            while (clock.Elapsed < TimeSpan.FromMilliseconds(0.5 * number)) Pause();
            var begun = Stopwatch.GetTimestamp();
            await lane.Post(_ => waits.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds));
        }

        _ = await lane.Ask(_ => 0);
        return waits;
    }

    /// <summary>A feed sleeps until its socket has news; a feed that spins would take the lane's processor away where there are only two.</summary>
    private static void Pause()
    {
        if (OperatingSystem.IsLinux()) _ = USleep(1);
        else Thread.Yield();
    }

    [DllImport("libc", EntryPoint = "usleep")]
    private static extern int USleep(uint microseconds);

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int PrCtl(int option, nuint nanoseconds);

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nuint size, ref ulong mask);

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));

    private static MarketTrade Trade(SymbolLane lane, long id, decimal price) =>
        new(id, new Price(price), new Quantity(0.001m), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), false);

    private static WorkingOrder Stop(long id, decimal trigger) => new()
    {
        Id = id,
        Revision = 0,
        Status = OrderStatus.Waiting,
        Quantity = 0.001m,
        Held = 0.001m,
        Terms = new OrderTerms { Side = Side.Sell, Type = OrderType.StopLoss, Quantity = 0.001m, TriggerPrice = trigger },
    };

    /// <summary>Stands behind the orders in the lane: what they decided on an event is in their mailbox when it gets that event.</summary>
    private sealed class Probe(OrderMailbox mailbox) : ILaneStage, ISymbolStage
    {
        private long[] _entered = [];
        private long _first;

        public List<double> Waits { get; private set; } = [];

        public StagePosition Position => StagePosition.Subscribers;

        public ISymbolStage Open(SymbolLane lane) => this;

        public void Begin(long[] entered, long first) => (_entered, _first, Waits) = (entered, first, new List<double>(entered.Length));

        public void OnTrade(in MarketTrade trade)
        {
            while (mailbox.Decisions.TryRead(out var decision))
            {
                if (decision.FiredBy is { } cause && cause.Id >= _first) Waits.Add(Stopwatch.GetElapsedTime(_entered[cause.Id - _first]).TotalMicroseconds);
            }
        }

        public void OnTop(in BookTop top)
        {
            // Trades alone fire.
        }

        public void OnDepth(Depth depth)
        {
            // As above.
        }

        public void OnBookLost()
        {
            // As above.
        }

        public void OnPulse(long nowMs)
        {
            // As above.
        }
    }
}
