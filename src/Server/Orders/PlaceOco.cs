using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>The body of POST /orders/oco: one cancels the other.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record OcoRequest
{
    public string? AccountId { get; init; }

    /// <summary>BTCUSDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>buy or sell, of both orders.</summary>
    public string? Side { get; init; }

    /// <summary>Base units, of both orders.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The limit order: above the market for a sell, below it for a buy.</summary>
    public decimal? Price { get; init; }

    /// <summary>The stop: below the market for a sell, above it for a buy.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>With it the stop becomes a limit order at this price; without it a market order.</summary>
    public decimal? StopLimitPrice { get; init; }

    /// <summary>Market time at which both end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>1 to 62 visible ASCII characters; the second order gets it with the suffix .1.</summary>
    public string? ClientOrderId { get; init; }
}

/// <summary>Two orders for the same money: a limit order that takes the gain and a stop that ends the loss. What happens to one ends the other.</summary>
internal sealed class PlaceOco(OrderMeasure measure, ListEntry entry)
{
    public static async Task<Results<Created<OrderListView>, ProblemHttpResult>> Route(OcoRequest body, PlaceOco verb, HttpContext context)
    {
        var key = context.Request.Headers[PlaceOrder.IdempotencyHeader].FirstOrDefault();
        return ListEntry.Answer(await verb.Handle(body, key, UserId.Of(context.User), context.RequestAborted), context.Response);
    }

    public async Task<(OrderListView? List, Refused? Refused)> Handle(OcoRequest body, string? headerKey, UserId user, CancellationToken cancellation)
    {
        var (head, refused) = entry.Read(user, body.AccountId, body.Symbol, body.ClientOrderId, headerKey);
        if (head is null) return (null, refused);
        if (OrderWords.ToSide(body.Side) is not { } side) return (null, new Refused(ErrorCode.InvalidField, "side", body.Side, "buy, sell"));
        var time = body.ExpiresAt is null ? TimeInForce.Gtc : TimeInForce.Gtd;
        var target = new OrderTerms { Side = side, Type = OrderType.Limit, Quantity = body.Quantity, Price = body.Price, TimeInForce = time, ExpiresAt = body.ExpiresAt?.ToUniversalTime() };
        var stop = target with { Type = body.StopLimitPrice is null ? OrderType.StopLoss : OrderType.StopLossLimit, Price = body.StopLimitPrice, TriggerPrice = body.TriggerPrice };
        return await entry.Submit(head, "oco", [target, stop], await Measure(head.Symbol, target, stop, cancellation), cancellation);
    }

    /// <summary>The target carries what the dearer of the two needs.</summary>
    private async Task<(IReadOnlyList<ProposedOrder>? Orders, Refused? Refused)> Measure(Symbol symbol, OrderTerms target, OrderTerms stop, CancellationToken cancellation)
    {
        var (carrier, wrong) = await measure.Measure(symbol, target with { PostOnly = true }, cancellation);
        if (carrier is null) return (null, wrong);
        var (other, bad) = await measure.Measure(symbol, stop, cancellation);
        if (other is null) return (null, bad);
        var hold = carrier.Hold with { Amount = Math.Max(carrier.Hold.Amount, other.Hold.Amount) };
        return ([carrier with { Terms = target, Hold = hold, Leg = OrderLeg.Target }, other with { Hold = other.Hold with { Amount = 0m }, Leg = OrderLeg.Stop }], null);
    }
}
