using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>What taking gave an order.</summary>
/// <param name="Fills">Shares, best level first.</param>
/// <param name="End">How the order ends by it; null when it stays open.</param>
/// <param name="Reason">Why, when it is not filled.</param>
internal readonly record struct TakeResult(IReadOnlyList<DecidedFill> Fills, OrderEvent? End, string? Reason);

/// <summary>What an order would meet.</summary>
/// <param name="Last">The last trade's price.</param>
/// <param name="Estimate">What taking now would give; null without any price, and for orders that wait.</param>
/// <param name="WouldTake">True for a limit order that does not only rest.</param>
internal readonly record struct Sight(Price? Last, Estimate? Estimate, bool WouldTake);

/// <summary>What taking now would give.</summary>
/// <param name="Price">The best price offered.</param>
/// <param name="Base">Base units.</param>
/// <param name="Quote">Quote units.</param>
internal readonly record struct Estimate(Price Price, decimal Base, decimal Quote);

/// <summary>Lets orders of one pair take from the local book, or from the last price where there is no book. On the lane's thread only.</summary>
internal sealed class TakerDesk(SymbolLane lane, decimal slippage)
{
    public OfferedBook Offered { get; } = new(lane.Book);

    /// <summary>Takes for an order; null when there is no price at all.</summary>
    public TakeResult? Take(WorkingOrder order)
    {
        if (Market(order.Side, order.Slippage ?? slippage) is not { } market) return null;
        var walked = BookWalk.Take(market.Levels, new TakeWish
        {
            Side = order.Side,
            Step = lane.Instrument.StepSize,
            Base = order.Quantity ?? (order.Side == Side.Sell ? order.Held : null),
            Quote = order.QuoteQuantity ?? (order.Side == Side.Buy ? order.Held : null),
            Limit = order.Limit,
        });
        if (order.Terms.TimeInForce == TimeInForce.Fok && walked.End != WalkEnd.BaseSpent) return new TakeResult([], OrderEvent.Expire, "fok");
        if (market.Flat is null) Offered.Took(order.Side, walked.Taken);
        var fills = walked.Taken.Select(share => new DecidedFill(
            share.Price, share.Quantity, Maker: false, market.Flat ?? new FillCause(CauseKind.Book, lane.Book.UpdateId, share.Price, lane.Book.TimeMs))).ToList();
        var (end, reason) = order.Terms.IsLimit ? EndOfLimit(order, walked) : EndOfMarket(order, walked);
        return new TakeResult(fills, end, reason);
    }

    /// <summary>True when a limit order with these terms reaches the other side of the market now.</summary>
    public bool WouldTake(OrderTerms terms)
    {
        if (terms.Price is not { } limit || Market(terms.Side, slippage) is not { } market) return false;
        foreach (var level in market.Levels) return terms.Side == Side.Buy ? limit >= level.Price.Value : limit <= level.Price.Value;
        return false;
    }

    /// <summary>What an order with these terms would take, without taking it.</summary>
    public Estimate? Estimate(OrderTerms terms)
    {
        if (Market(terms.Side, slippage) is not { } market) return null;
        Price? best = null;
        foreach (var level in market.Levels)
        {
            best = level.Price;
            break;
        }

        if (best is null) return null;
        var walked = BookWalk.Take(market.Levels, new TakeWish
        {
            Side = terms.Side,
            Step = lane.Instrument.StepSize,
            Base = terms.Quantity,
            Quote = terms.QuoteQuantity,
        });
        return new Estimate(best.Value, walked.Base, walked.Quote);
    }

    private static (OrderEvent? End, string? Reason) EndOfLimit(WorkingOrder order, Walked walked)
    {
        if (walked.End == WalkEnd.BaseSpent) return (OrderEvent.FillLast, null);
        return order.Terms.TimeInForce == TimeInForce.Ioc ? (OrderEvent.Expire, "ioc") : (null, null);
    }

    private static (OrderEvent? End, string? Reason) EndOfMarket(WorkingOrder order, Walked walked)
    {
        var byQuote = order.QuoteQuantity is not null;
        var reason = walked.End switch
        {
            WalkEnd.NoMoreLevels or WalkEnd.Limit => "no_liquidity",
            WalkEnd.BaseSpent => byQuote ? "hold_spent" : null,
            WalkEnd.QuoteSpent when !byQuote => "hold_spent",
            WalkEnd.QuoteSpent => walked.Taken.Count > 0 ? null : "below_step",
        };
        if (reason is null) return (OrderEvent.FillLast, null);
        return (walked.Taken.Count + order.Fills > 0 ? OrderEvent.Cancel : OrderEvent.Reject, reason);
    }

    private (IEnumerable<BookLevel> Levels, FillCause? Flat)? Market(Side taker, decimal moved)
    {
        if (lane.Book.Ready) return (Offered.Levels(taker), null);
        var (instrument, seen) = (lane.Instrument, Reference(taker));
        if (seen is not { } cause) return null;
        var price = FlatMarket.TakerPrice(taker, cause.Price, moved, instrument.TickSize);
        return (FlatMarket.Levels(price, instrument), cause);
    }

    private FillCause? Reference(Side taker)
    {
        if (lane.LastTrade is { } trade) return new FillCause(CauseKind.Slippage, trade.Id, trade.Price, trade.TimeMs);
        return lane.Top is { } top
            ? new FillCause(CauseKind.Slippage, top.UpdateId, taker == Side.Buy ? top.Ask : top.Bid, top.TimeMs)
            : null;
    }
}
