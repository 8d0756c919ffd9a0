using System.Text.Json.Serialization;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>The body of POST /orders/bracket: a buy with the way out for what it fills.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BracketRequest
{
    public string? AccountId { get; init; }

    /// <summary>BTCUSDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>buy: on a spot account only what was bought can be sold again.</summary>
    public string? Side { get; init; }

    /// <summary>The entry: market or limit.</summary>
    public string? Type { get; init; }

    /// <summary>Base units of the entry.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote units to spend, instead of quantity; market entries only.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>Limit entries only.</summary>
    public decimal? Price { get; init; }

    /// <summary>Where the gain is taken, by a limit order.</summary>
    public decimal? TargetPrice { get; init; }

    /// <summary>The trade price at which the loss is ended.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>With it the stop becomes a limit order at this price; without it a market order.</summary>
    public decimal? StopLimitPrice { get; init; }

    /// <summary>Market time at which a limit entry ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>1 to 62 visible ASCII characters; the exits get it with the suffixes .1 and .2.</summary>
    public string? ClientOrderId { get; init; }
}

/// <summary>An entry, and a target and a stop for what it fills: they grow with its fills, and what happens to one of them ends everything else.</summary>
internal sealed class PlaceBracket(OrderMeasure measure, ListEntry list)
{
    public static async Task<Results<Created<OrderListView>, ProblemHttpResult>> Route(BracketRequest body, PlaceBracket verb, HttpContext context)
    {
        var key = context.Request.Headers[PlaceOrder.IdempotencyHeader].FirstOrDefault();
        return ListEntry.Answer(await verb.Handle(body, key, UserId.Of(context.User), context.RequestAborted), context.Response);
    }

    public async Task<(OrderListView? List, Refused? Refused)> Handle(BracketRequest body, string? headerKey, UserId user, CancellationToken cancellation)
    {
        var (head, refused) = list.Read(user, body.AccountId, body.Symbol, body.ClientOrderId, headerKey);
        if (head is null) return (null, refused);
        if (body.Side != "buy") return (null, new Refused(ErrorCode.InvalidField, "side", body.Side, "buy"));
        if (OrderWords.ToType(body.Type) is not ((OrderType.Market or OrderType.Limit) and { } type))
            return (null, new Refused(ErrorCode.InvalidField, "type", body.Type, "market, limit"));
        var entry = new OrderTerms
        {
            Side = Side.Buy,
            Type = type,
            Quantity = body.Quantity,
            QuoteQuantity = body.QuoteQuantity,
            Price = body.Price,
            TimeInForce = body.ExpiresAt is null ? TimeInForce.Gtc : TimeInForce.Gtd,
            ExpiresAt = body.ExpiresAt?.ToUniversalTime(),
        };
        var target = new OrderTerms { Side = Side.Sell, Type = OrderType.Limit, Price = body.TargetPrice };
        var stop = target with { Type = body.StopLimitPrice is null ? OrderType.StopLoss : OrderType.StopLossLimit, Price = body.StopLimitPrice, TriggerPrice = body.StopPrice };
        return await list.Submit(head, "bracket", [entry, target, stop], await Measure(head.Symbol, entry, target, stop, cancellation), cancellation);
    }

    private async Task<(IReadOnlyList<ProposedOrder>? Orders, Refused? Refused)> Measure(
        Symbol symbol, OrderTerms entry, OrderTerms target, OrderTerms stop, CancellationToken cancellation)
    {
        var (first, wrong) = await measure.Measure(symbol, entry, cancellation);
        if (first is null) return (null, wrong);
        var instrument = first.Instrument;
        var from = entry.Price ?? await measure.Last(symbol, cancellation);
        if (from is not { } price) return (null, OrderRefusals.Of(Platform.Lanes.MarketGate.Stale, symbol.Value));
        if ((Missing("targetPrice", target.Price) ?? Missing("stopPrice", stop.TriggerPrice)) is { } missing) return (null, missing);
        if (target.Price <= price) return (null, WrongSide("targetPrice", target.Price!.Value, price));
        if (stop.TriggerPrice >= price) return (null, WrongSide("stopPrice", stop.TriggerPrice!.Value, price));
        foreach (var exit in new[] { target, stop })
        {
            if (OrderRules.CheckPrices(exit, instrument) is { } offTick) return (null, OrderRefusals.Of(offTick));
        }

        var nothing = new Money(0m, instrument.Base);
        return ([first with { Leg = OrderLeg.Entry }, new ProposedOrder(target, instrument, nothing, OrderLeg.Target), new ProposedOrder(stop, instrument, nothing, OrderLeg.Stop)], null);
    }

    private static Refused? Missing(string field, decimal? value) =>
        value is null or <= 0m ? new Refused(ErrorCode.InvalidField, field, value is { } given ? Decimals.ToPlain(given) : null, Detail: "A bracket needs it, above zero.") : null;

    private static Refused WrongSide(string field, decimal value, decimal entry) =>
        new(ErrorCode.TriggerWrongSide, field, Decimals.ToPlain(value), Decimals.ToPlain(entry), "It lies on the wrong side of the entry's price, given as the limit.");
}
