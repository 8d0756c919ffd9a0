using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>Measures what is wanted against the pair and its market: what it has to hold, or why it is refused.</summary>
internal sealed class OrderMeasure(MarketsRoom markets, MarketLanes lanes, OrdersStage stage)
{
    private static readonly TimeSpan LanePatience = TimeSpan.FromSeconds(2);

    /// <summary>Market time.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(markets.NowMs);

    public async Task<(ProposedOrder? Order, Refused? Refused)> Measure(Symbol symbol, OrderTerms terms, CancellationToken cancellation)
    {
        if (lanes.Find(symbol) is not { } lane) return (null, OrderRefusals.Of(MarketGate.UnknownSymbol, symbol.Value));
        var instrument = lane.Instrument;
        if ((OrderRules.Check(terms, instrument, null) ?? OrderRules.CheckAhead(terms, Now)) is { } refusal) return (null, OrderRefusals.Of(refusal));
        if (OrderRefusals.Of(await markets.Ready(symbol, cancellation), symbol.Value) is { } closed) return (null, closed);
        if (terms is { Type: OrderType.Limit, PostOnly: false }) return (Propose(terms, instrument, Holds.Fixed(terms, instrument)!.Value), null);
        var (sight, busy) = await Look(lane, terms, cancellation);
        return sight is { } seen ? Judge(terms, instrument, seen) : (null, busy);
    }

    /// <summary>The last trade's price; null without one.</summary>
    public async Task<decimal?> Last(Symbol symbol, CancellationToken cancellation) =>
        lanes.Find(symbol) is { } lane ? await lane.Ask(own => own.LastTrade?.Price.Value, cancellation) : null;

    /// <summary>What the order would meet now.</summary>
    public async Task<(Sight? Sight, Refused? Refused)> Look(SymbolLane lane, OrderTerms terms, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LanePatience);
        try
        {
            return (await lane.Ask(own => stage.Of(own).Look(terms), patience.Token), null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, OrderRefusals.Busy("The pair's lane did not answer in time."));
        }
    }

    private static (ProposedOrder?, Refused?) Judge(OrderTerms terms, Instrument instrument, Sight sight)
    {
        static (ProposedOrder?, Refused?) No(OrderRefusal refusal) => (null, OrderRefusals.Of(refusal));
        if (terms.PostOnly && sight.WouldTake) return No(new OrderRefusal(OrderFault.WouldTake, "price", terms.Price));
        var stale = OrderRefusals.Of(MarketGate.Stale, instrument.Symbol.Value);
        if (terms.IsConditional)
        {
            if (sight.Last is not { } last) return (null, stale);
            if (terms.Reached(last.Value)) return No(new OrderRefusal(OrderFault.TriggerReached, "triggerPrice", terms.TriggerPrice, last.Value));
            var price = terms.Type == OrderType.TrailingStop ? Holds.TrailingPrice(terms, last.Value) : terms.TriggerPrice!.Value;
            if (OrderRules.Check(terms, instrument, new Price(price)) is { } small) return No(small);
            var follows = terms is { Type: OrderType.TrailingStop, ActivationPrice: null, StartAt: null };
            var proposed = Propose(terms, instrument, Holds.Fixed(terms, instrument) ?? Holds.AtPrice(terms, price, instrument));
            return (proposed with { Extreme = follows ? last.Value : null }, null);
        }

        if (terms.IsLimit) return (Propose(terms, instrument, Holds.Fixed(terms, instrument)!.Value), null);
        if (sight.Estimate is not { } seen) return (null, stale);
        if (OrderRules.Check(terms, instrument, seen.Price) is { } tooSmall) return No(tooSmall);
        var hold = Holds.Fixed(terms, instrument) ?? Holds.Walked(terms.Side, (seen.Base, seen.Quote), instrument);
        return hold.Amount > 0m
            ? (Propose(terms, instrument, hold), null)
            : No(new OrderRefusal(OrderFault.QuantityNotOnStep, "quoteQuantity", terms.QuoteQuantity, instrument.StepSize));
    }

    private static ProposedOrder Propose(OrderTerms terms, Instrument instrument, Money hold) =>
        new(terms, instrument, terms.HoldWhen == HoldWhen.Fired ? hold with { Amount = 0m } : hold);
}
