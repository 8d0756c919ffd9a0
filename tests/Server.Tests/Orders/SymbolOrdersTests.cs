using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Tests.Lanes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Tests.Orders;

/// <summary>A pair's order stage on the test's thread, event by event, decisions read from its mailbox.</summary>
public sealed class SymbolOrdersTests
{
    private readonly OrderMailbox _mailbox = new(Options.Create(new OrdersOptions()));
    private readonly SymbolLane _lane;
    private readonly SymbolOrders _stage;
    private long _id;

    public SymbolOrdersTests()
    {
        var feed = new FeedState(new HandClock()) { ReplayClock = true, Sanity = SanityLimits.Replay };
        _lane = new SymbolLane(LaneRig.Pair(), new Lane(0, 16, NullLogger.Instance), feed);
        _stage = new SymbolOrders(_lane, new OrdersOptions(), _mailbox);
        _lane.Staff([new StageSlot("orders", StagePosition.Orders, _stage, NullLogger.Instance)]);
        Depth(snapshot: true, [Level(99m, 2m), Level(98m, 3m)], [Level(101m, 1m), Level(102m, 4m)]);
        Trade(100.5m);
    }

    [Fact]
    public void What_fired_waits_for_the_next_event_and_not_for_the_clock()
    {
        Arrive(OrderType.StopLoss, trigger: 100m);
        Trade(100m);
        Read().Single().FiredBy!.Value.Price.Value.ShouldBe(100m);
        _lane.Accept(LaneItem.Pulse);
        Read().ShouldBeEmpty("a pulse comes when the wall clock says so; a replay must not depend on it");
        Depth(snapshot: false, [Level(99m, 0m)], []);
        Read().Single().Fills.Single().Price.Value.ShouldBe(98m, "the book as of the event at which it acts");
    }

    [Fact]
    public void What_rests_after_firing_meets_the_event_at_which_it_acts()
    {
        Arrive(OrderType.StopLossLimit, trigger: 100m, price: 101m);
        Trade(100m);
        Trade(101.5m);
        var decisions = Read();
        decisions.Select(decision => (decision.FiredBy is not null, decision.Works, decision.Fills.Count)).ShouldBe([(true, false, 0), (false, true, 0), (false, false, 1)]);
        decisions[^1].Fills[0].Maker.ShouldBeTrue();
    }

    [Fact]
    public void A_best_quote_that_is_past_fills_nobody()
    {
        Arrive(OrderType.Limit, price: 100m, model: FillModel.Touch);
        var (first, second, third) = (++_id, ++_id, ++_id);
        Top(second, 99m, 101m);
        Depth(first, [Level(100m, 1m)], []);
        Depth(third, [Level(100m, 0m)], []);
        Top(second, 100m, 101m);
        Read().ShouldBeEmpty();
        Top(++_id, 100m, 101m);
        Read().Single().Fills.Single().Cause.Kind.ShouldBe(CauseKind.Quote);
    }

    private static BookLevel Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    private void Arrive(OrderType type, decimal? trigger = null, decimal? price = null, FillModel model = FillModel.Touch) => _stage.Arrive(new WorkingOrder
    {
        Id = ++_id,
        Terms = new OrderTerms { Side = Side.Sell, Type = type, Quantity = 1m, TriggerPrice = trigger, Price = price },
        Revision = 1,
        Status = trigger is null ? OrderStatus.New : OrderStatus.Waiting,
        Quantity = 1m,
        Held = 1m,
        Model = model,
    });

    private void Trade(decimal price) =>
        _lane.Accept(LaneItem.Of(_lane, new MarketTrade(++_id, new Price(price), new Quantity(1m), _id, BuyerIsMaker: true)));

    private void Top(long id, decimal bid, decimal ask) =>
        _lane.Accept(LaneItem.Of(_lane, new BookTop(id, new Price(bid), new Quantity(1m), new Price(ask), new Quantity(1m), id)));

    private void Depth(bool snapshot, BookLevel[] bids, BookLevel[] asks) => Depth(++_id, bids, asks, snapshot);

    private void Depth(long id, BookLevel[] bids, BookLevel[] asks, bool snapshot = false) =>
        _lane.Accept(LaneItem.Of(_lane, new Depth { Snapshot = snapshot, FirstUpdateId = id, FinalUpdateId = id, TimeMs = id, Bids = bids, Asks = asks }));

    private List<Decision> Read()
    {
        var decisions = new List<Decision>();
        while (_mailbox.Decisions.TryRead(out var decision)) decisions.Add(decision);
        return decisions;
    }
}
