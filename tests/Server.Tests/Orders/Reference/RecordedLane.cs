using System.Globalization;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Replay;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Tests.Lanes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>
/// The server's own order stage over a recording, one counted message (trade, quote, change or picture of the book) after the other, on the
/// test's thread and without a database: every decision is taken as committed, and money is never short.
/// </summary>
internal sealed class RecordedLane
{
    private const decimal Plenty = 1_000_000_000_000m;

    private readonly OrdersOptions _options = new();
    private readonly OrderMailbox _mailbox;
    private readonly SymbolLane _lane;
    private readonly SymbolOrders _stage;
    private readonly DepthSync _sync = new();
    private readonly Dictionary<long, Followed> _followed = [];
    private int _event = -1;

    private RecordedLane()
    {
        // Orders of any worth: what an order is worth is measured before it comes here.
        var instrument = LaneRig.Pair() with { MinNotional = 0m };
        var feed = new FeedState(new HandClock()) { ReplayClock = true, Sanity = SanityLimits.Replay };
        _mailbox = new OrderMailbox(Options.Create(_options));
        _lane = new SymbolLane(instrument, new Lane(0, 16, NullLogger.Instance), feed);
        _stage = new SymbolOrders(_lane, _options, _mailbox);
        _lane.Staff([new StageSlot("orders", StagePosition.Orders, _stage, NullLogger.Instance)]);
    }

    /// <summary>Runs all of it. Events count from 0 as the reference counts them; an order is placed when its event has been handled.</summary>
    public static IReadOnlyList<OrderOutcome> Run(string recording, IReadOnlyList<PlannedOrder> plan)
    {
        var run = new RecordedLane();
        var placements = plan.ToLookup(order => order.AfterEvent);
        using var messages = new StreamMessages(recording, new Symbol("BTCUSDT"));
        while (messages.Next())
        {
            run._event++;
            run.Hand(messages);
            run.Read();
            foreach (var order in placements[run._event])
            {
                run.Place(order);
                run.Read();
            }
        }

        run._lane.FaultyStages.ShouldBeEmpty();
        run._lane.Quarantined.ShouldBe(0);
        return [.. plan.Select(order => run._followed[order.Id].Outcome())];
    }

    private void Hand(StreamMessages messages)
    {
        switch (messages.Kind)
        {
            case MessageKind.Trade:
                _lane.Accept(LaneItem.Of(_lane, messages.Trade));
                break;
            case MessageKind.BookTop:
                _lane.Accept(LaneItem.Of(_lane, messages.Top));
                break;
            case MessageKind.DepthSnapshot when !_sync.Synced && _sync.Snapshot(messages.Depth, out var picture) == DepthStep.Applied:
                _lane.Accept(LaneItem.Of(_lane, picture!));
                break;
            case MessageKind.DepthChange:
                var step = _sync.Change(messages.Depth);
                step.ShouldNotBe(DepthStep.Lost, "the recording has no gap");
                if (step == DepthStep.Applied) _lane.Accept(LaneItem.Of(_lane, messages.Depth));
                break;
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
