using System.Numerics;
using Lastro.Core;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>Decides on orders as a lane might: never more than an order wants or holds.</summary>
internal sealed class DecisionMaker(Chance chance, DraftMaker drafts, Tally tally)
{
    private long _timeMs = 1_800_000_000_000;

    /// <summary>Null when a lane would decide nothing.</summary>
    public Decision? On(ModelOrder order)
    {
        if (order.Waits) return Waiting(order);
        if (order.Status == "triggered" && order.IsLimit && chance.Percent(40)) return Begin(order) with { Works = true };
        if (order.IsLimit && chance.Percent(4))
        {
            tally.Add(order.Fills > 0 ? Case.ExpiredPartlyFilled : Case.RejectedByTheBook);
            return Begin(order) with { End = order.Fills > 0 ? OrderEvent.Expire : OrderEvent.Reject, Reason = order.Fills > 0 ? "expired" : "would_take" };
        }

        return chance.Percent(25) ? Taken(order) : Shared(order);
    }

    public Decision Begin(ModelOrder order) => new() { OrderId = order.Id, FillsBefore = order.Fills, Revision = order.Revision, TimeMs = ++_timeMs };

    public Decision Fire(ModelOrder order)
    {
        var price = order.Trigger ?? drafts.Market(order.Pair.Symbol).Price;
        var timed = order.HasStart;
        if (timed && chance.Percent(10)) price = 0;
        return Begin(order) with { FiredBy = new FillCause(timed ? CauseKind.Time : CauseKind.Trade, _timeMs, new Price(Units.ToDecimal(price)), _timeMs) };
    }

    public DecidedFill Share(BigInteger price, BigInteger quantity, bool maker) =>
        new(new Price(Units.ToDecimal(price)), new Quantity(Units.ToDecimal(quantity)), maker, new FillCause(CauseKind.Trade, _timeMs, new Price(Units.ToDecimal(price)), _timeMs));

    private Decision? Waiting(ModelOrder order)
    {
        if (order.IsDormant) return null;
        if (chance.Percent(10))
        {
            tally.Add(order.Status == "paused" ? Case.ExpiredPaused : Case.ExpiredWaiting);
            return Begin(order) with { End = OrderEvent.Expire, Reason = "expired" };
        }

        // By the time it is delivered the order may have fired: so never more than it holds.
        var least = order.Buys ? Units.Times(order.Pair.Tick, order.Pair.Step) : order.Pair.Step;
        if (order.Status == "waiting" && order.Held >= least && chance.Percent(3))
        {
            tally.Add(Case.FilledWhileWaiting);
            return Begin(order) with { Fills = [Share(order.Pair.Tick, order.Pair.Step, maker: true)] };
        }

        if (order.Status == "paused") tally.Add(Case.FiredWhilePaused);
        return Fire(order);
    }

    /// <summary>Takes from a random book.</summary>
    private Decision Taken(ModelOrder order)
    {
        var start = order.Price is { } own ? own + ((order.Buys ? -1 : 1) * chance.Next(10) * order.Pair.Tick) : drafts.Market(order.Pair.Symbol).Price;
        var (_, _, walked) = drafts.Walk(order, start, order.Price);
        var fills = walked.Taken.Select(level => Share(Units.Of(level.Price.Value), Units.Of(level.Quantity.Value), maker: false)).ToList();
        if (walked.Taken.Any(level => !DraftMaker.CanBook(Units.Times(Units.Of(level.Price.Value), Units.Of(level.Quantity.Value))))) return Close(order, [], whole: false);
        var whole = order.Quantity is null ? walked.End == WalkEnd.QuoteSpent && order.Buys && fills.Count > 0 : walked.End == WalkEnd.BaseSpent;
        return Close(order, fills, whole);
    }

    /// <summary>Fills of a resting order, or at any price of a market order.</summary>
    private Decision Shared(ModelOrder order)
    {
        var (held, got, paid) = (order.Held, order.Filled, order.FilledQuote);
        var fills = new List<DecidedFill>();
        for (var count = chance.Percent(15) ? 6 : chance.Next(3) + 1; count > 0; count--)
        {
            var maker = order.IsLimit && chance.Percent(70);
            var better = (order.Buys ? -1 : 1) * chance.Next(30) * order.Pair.Tick;
            var price = order.Price is { } limit ? maker ? limit : limit + better : drafts.Market(order.Pair.Symbol).Price;
            if (price.Sign <= 0) break;
            var most = order.Quantity is { } wanted ? wanted - got : (order.QuoteQuantity!.Value - paid) * Units.One / price;
            most = Units.Floor(BigInteger.Min(most, order.Buys ? held * Units.One / price : held), order.Pair.Step);
            if (most.IsZero) break;
            var share = chance.Steps(most, order.Pair.Step);
            var quote = Units.Times(price, share);
            if (!DraftMaker.CanBook(quote)) break;
            (held, got, paid) = (held - (order.Buys ? quote : share), got + share, paid + quote);
            if (order.Pair.Tick * order.Pair.Step == Units.One && !(quote % 10).IsZero) tally.Add(Case.EighteenPlaces);
            fills.Add(Share(price, share, maker));
        }

        if (fills.Count > 3) tally.Add(Case.ManyFillsInOneDecision);
        return Close(order, fills, order.Quantity is { } all ? got == all : fills.Count > 0 && chance.Percent(60));
    }

    private Decision Close(ModelOrder order, List<DecidedFill> fills, bool whole)
    {
        var begun = Begin(order) with { Fills = fills };
        if (whole) return begun with { End = OrderEvent.FillLast };
        if (order.IsLimit && (fills.Count > 0 || order.Status != "triggered")) return chance.Percent(5) ? begun with { End = OrderEvent.Expire, Reason = "ioc" } : begun;
        var any = fills.Count + order.Fills > 0;
        tally.Add(any ? Case.CanceledByTheBook : Case.RejectedByTheBook);
        return begun with { End = any ? OrderEvent.Cancel : OrderEvent.Reject, Reason = "no_liquidity" };
    }
}
