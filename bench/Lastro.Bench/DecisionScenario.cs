using System.Diagnostics;
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
        var feed = new FeedState(TimeProvider.System) { Sanity = SanityLimits.Live };
        feed.Heard();
        await using var lanes = new MarketLanes(() => [stage], new LaneOptions { Count = 1, MailboxSize = 65_536 }, feed, NullLogger<MarketLanes>.Instance);
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
        await Measure(lane, stage, mailbox, warm: true);
        var paused = GC.GetTotalPauseDuration();
        var ours = await Measure(lane, stage, mailbox, warm: false);
        paused = GC.GetTotalPauseDuration() - paused;
        var bare = await Bare(lane);
        Console.WriteLine($"trade to decision at {PerSecond:N0} trades/s, {Waiting:N0} waiting: p50 {At(ours, 0.5):F1} us, p99 {At(ours, 0.99):F1} us | an action posted to the lane: p50 {At(bare, 0.5):F1} us, p99 {At(bare, 0.99):F1} us | GC stood still {paused.TotalMilliseconds:F0} ms | wanted p99 <= 50 us");
    }

    private static async Task<List<double>> Measure(SymbolLane lane, OrdersStage stage, OrderMailbox mailbox, bool warm)
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
        var waits = new List<double>();
        using var end = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var decision in mailbox.Decisions.ReadAllAsync(end.Token))
                {
                    var now = Stopwatch.GetTimestamp();
                    if (decision.FiredBy is { } cause && cause.Id > first) waits.Add(Stopwatch.GetElapsedTime(entered[cause.Id - first - 1], now).TotalMicroseconds);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        });
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < Trades; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / PerSecond);
            while (clock.Elapsed < due) Thread.Yield();
            var fires = number % FiresEvery == FiresEvery - 1;
            if (number % FiresEvery == 0)
            {
                var id = first + Waiting + number;
                _ = lane.TryPost(own => stage.Of(own).Arrive(Stop(id, 49_000m)));
            }

            entered[number] = Stopwatch.GetTimestamp();
            await lane.Trade(Trade(lane, first + 1 + number, fires ? 49_000m : 50_000m + (number % 7)));
        }

        _ = await lane.Ask(_ => 0);
        await Task.Delay(200);
        await end.CancelAsync();
        await reading;
        await lane.Ask(own =>
        {
            for (var order = 0; order < Waiting; order++) stage.Of(own).Withdraw(first + order);
            return 0;
        });
        return waits;
    }

    private static async Task<List<double>> Bare(SymbolLane lane)
    {
        var waits = new List<double>();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < 10_000; number++)
        {
            while (clock.Elapsed < TimeSpan.FromMilliseconds(0.5 * number)) Thread.Yield();
            var begun = Stopwatch.GetTimestamp();
            await lane.Post(_ => waits.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds));
        }

        _ = await lane.Ask(_ => 0);
        return waits;
    }

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
}
