using System.Globalization;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Exchanges.Replay;
using Lastro.Exchanges.Shared;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Tests.Lanes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>
/// The server's own order stage over a recording, event by event as the replay source gives them, without lane threads and without a database:
/// every decision is taken as committed, and money is never short.
/// </summary>
internal sealed class RecordedLane
{
    private const decimal Plenty = 1_000_000_000_000m;

    private readonly OrdersOptions _options = new();
    private readonly OrderMailbox _mailbox;
    private readonly SymbolLane _lane;
    private readonly SymbolOrders _stage;
    private readonly IReadOnlyList<RecordedEvent> _events;
    private readonly ILookup<int, PlannedOrder> _placements;
    private readonly Dictionary<long, Followed> _followed = [];
    private int _event = -1;
    private int _handled;

    private RecordedLane(IReadOnlyList<RecordedEvent> events, IReadOnlyList<PlannedOrder> plan)
    {
        (_events, _placements) = (events, plan.ToLookup(order => order.AfterEvent));
        // Orders of any worth: what an order is worth is measured before it comes here.
        var instrument = LaneRig.Pair() with { MinNotional = 0m };
        var feed = new FeedState(new HandClock()) { ReplayClock = true, Sanity = SanityLimits.Replay };
        _mailbox = new OrderMailbox(Options.Create(_options));
        _lane = new SymbolLane(instrument, new Lane(0, 16, NullLogger.Instance), feed);
        _stage = new SymbolOrders(_lane, _options, _mailbox);
        _lane.Staff([new StageSlot("orders", StagePosition.Orders, _stage, NullLogger.Instance)]);
    }

    /// <summary>Runs all of it, as the replay source gives it. An order is placed when its event has been handled.</summary>
    /// <param name="recording">The recorded stream's path.</param>
    /// <param name="events">What the reference counts as events, in its order.</param>
    /// <param name="plan">The orders.</param>
    public static async Task<IReadOnlyList<OrderOutcome>> Run(string recording, IReadOnlyList<RecordedEvent> events, IReadOnlyList<PlannedOrder> plan)
    {
        var run = new RecordedLane(events, plan);
        await using var source = new ReplaySource(new ReplayOptions { Path = recording, Symbol = "BTCUSDT", Speed = "max" }, TimeProvider.System);
        await source.Run(new LaneSink(run), default);
        run.PlaceUpTo(events.Count - 1);
        run._lane.FaultyStages.ShouldBeEmpty();
        run._lane.Quarantined.ShouldBe(0);
        run._handled.ShouldBeGreaterThan(events.Count * 99 / 100);
        return [.. plan.Select(order => run._followed[order.Id].Outcome())];
    }

    private void Handle(EventKind kind, long id, LaneItem item)
    {
        // What the source keeps back (changes before the first picture) is an event too: orders may come after it.
        var at = _event + 1;
        while (_events[at].Kind != kind || (kind != EventKind.Snapshot && _events[at].Id != id)) at++;
        PlaceUpTo(at - 1);
        _event = at;
        _handled++;
        _lane.Accept(item);
        Read();
        PlaceAfter(at);
    }

    private void PlaceUpTo(int last)
    {
        while (_event < last) PlaceAfter(++_event);
    }

    private void PlaceAfter(int at)
    {
        foreach (var order in _placements[at])
        {
            Place(order);
            Read();
        }
    }

    /// <summary>As the verb does it: measured against what the lane sees, then handed in.</summary>
    private void Place(PlannedOrder planned)
    {
        var terms = new OrderTerms
        {
            Side = OrderWords.ToSide(planned.Side)!.Value,
            Type = OrderWords.ToType(planned.Type)!.Value,
            TimeInForce = planned.TimeInForce is null ? TimeInForce.Gtc : OrderWords.ToTime(planned.TimeInForce)!.Value,
            PostOnly = planned.PostOnly,
            Quantity = Number(planned.Quantity),
            QuoteQuantity = Number(planned.QuoteQuantity),
            Price = Number(planned.Price),
            TriggerPrice = Number(planned.TriggerPrice),
            ActivationPrice = Number(planned.ActivationPrice),
            TrailingDelta = planned.TrailingDelta,
        };
        OrderRules.Check(terms, _lane.Instrument, null).ShouldBeNull($"order {planned.Id}");
        var sight = _stage.Look(terms);
        var refused = (terms.PostOnly && sight.WouldTake) || (sight.Last is { } last && terms.Reached(last.Value));
        var status = refused ? OrderStatus.Rejected : terms.Waits ? OrderStatus.Waiting : OrderStatus.New;
        _followed.Add(planned.Id, new Followed(planned.Id, terms, _options.Fees) { Status = status });
        if (refused) return;
        _stage.Arrive(new WorkingOrder
        {
            Id = planned.Id,
            Terms = terms,
            Revision = 1,
            Status = status,
            Quantity = terms.Quantity,
            QuoteQuantity = terms.QuoteQuantity,
            Held = Plenty,
            Model = FillModels.TryParse(planned.Model, out var model) ? model : null,
        });
    }

    private void Read()
    {
        while (_mailbox.Decisions.TryRead(out var decision)) _followed[decision.OrderId].Apply(decision, _event);
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed class LaneSink(RecordedLane run) : IMarketSink, ISymbolSink
    {
        public ISymbolSink Open(Symbol symbol) => this;

        public void Heard() => run._lane.Gate.ShouldNotBe(MarketGate.Ended);

        public void State(PriceSourceState state, string? detail) => state.ShouldNotBe(PriceSourceState.Reconnecting);

        public void Ticker(in TickerUpdate ticker) => throw new InvalidOperationException("A replay has no coarse tickers.");

        public ValueTask Trade(MarketTrade trade) => Handle(EventKind.Trade, trade.Id, LaneItem.Of(run._lane, trade));

        public ValueTask Top(BookTop top) => Handle(EventKind.Top, top.UpdateId, LaneItem.Of(run._lane, top));

        public ValueTask Depth(Depth depth) =>
            Handle(depth.Snapshot ? EventKind.Snapshot : EventKind.Change, depth.FinalUpdateId, LaneItem.Of(run._lane, depth));

        public ValueTask BookLost() => throw new InvalidOperationException("The recording has no gap.");

        private ValueTask Handle(EventKind kind, long id, in LaneItem item)
        {
            run.Handle(kind, id, item);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>An order's decisions as the settlement applies them.</summary>
    private sealed class Followed(long id, OrderTerms terms, FeeRates fees)
    {
        private readonly List<OutcomeFill> _fills = [];
        private OutcomeFiring? _firedBy;

        public required OrderStatus Status { get; set; }

        public OrderOutcome Outcome() => new() { Id = id, Status = OrderWords.Of(Status), FiredBy = _firedBy, Fills = _fills };

        public void Apply(Decision decision, int at)
        {
            decision.FillsBefore.ShouldBe(_fills.Count, $"order {id}");
            if (decision.FiredBy is { } by)
            {
                Happen(OrderEvent.Fire);
                _firedBy = new OutcomeFiring(at, by.Id, Decimals.ToPlain(by.Price.Value));
            }

            if (decision.Works) Happen(OrderEvent.Work);
            foreach (var fill in decision.Fills)
            {
                Happen(OrderEvent.Fill);
                _fills.Add(Settled(fill, at));
            }

            if (decision.End is { } end) Happen(end);
        }

        private OutcomeFill Settled(in DecidedFill fill, int at)
        {
            var buys = terms.Side == Side.Buy;
            var received = buys ? fill.Quantity.Value : Exact.Multiply(fill.Price.Value, fill.Quantity.Value);
            return new OutcomeFill(
                Decimals.ToPlain(fill.Price.Value),
                Decimals.ToPlain(fill.Quantity.Value),
                fill.Maker,
                Decimals.ToPlain(fees.On(received, fill.Maker)),
                buys ? "BTC" : "USDT",
                at,
                new OutcomeCause(fill.Cause.Kind.ToString().ToLowerInvariant(), fill.Cause.Id, Decimals.ToPlain(fill.Cause.Price.Value)));
        }

        private void Happen(OrderEvent happened) =>
            Status = OrderStates.Next(Status, happened) ?? throw new InvalidOperationException($"Order {id} is {Status}: {happened} cannot happen to it.");
    }
}
