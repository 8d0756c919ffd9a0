using System.Text.Json.Serialization;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>The body of PATCH /orders/{id}: what is absent stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AmendRequest
{
    /// <summary>Base units in all, filled ones included. Made smaller, a resting order keeps its place.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The limit; a resting order goes to the end of the queue.</summary>
    public decimal? Price { get; init; }

    /// <summary>The trade price that fires it; only before it has fired.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Basis points behind the extreme; only before it has fired.</summary>
    public int? TrailingDelta { get; init; }

    /// <summary>Market time at which it ends; only of orders that have such a time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Changes an open order's terms in place: one transaction moves its hold and its terms together, or neither.</summary>
internal sealed class AmendOrder(OrderChange orders, OrderMeasure measure, OrderStoreReader reader, OrderAnswers answers)
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, AmendRequest body, AmendOrder verb, HttpContext context)
    {
        if (OrderIds.Read(id) is not { } order) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (view, refused) = await verb.Handle(body, UserId.Of(context.User), order, context.RequestAborted);
        return view is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(view);
    }

    public async Task<(OrderView? Order, Refused? Refused)> Handle(AmendRequest body, UserId user, long id, CancellationToken cancellation)
    {
        if (await reader.Find(user, id, cancellation) is not { } seen) return (null, new Refused(ErrorCode.NotFound));
        if (Fault(body, seen) is { } fault) return (null, fault);

        var terms = Wanted(body, seen);
        var (proposed, refused) = await measure.Measure(new Symbol(seen.Symbol), StillAhead(Measured(seen, terms)), cancellation);
        if (proposed is null) return (null, refused);
        var (order, wrong) = await orders.Apply(
            user,
            id,
            (row, settlement, funds, now) =>
            {
                if (Fault(body, row) is { } late) return late;
                if (row.Revision != seen.Revision || row.Status != seen.Status || row.Fills != seen.Fills)
                    return new Refused(ErrorCode.Busy, Detail: "The order changed at the same moment.", RetryAfterSeconds: 1);
                var need = Need(row, terms, proposed.Hold);
                var amended = row with
                {
                    Quantity = terms.Quantity,
                    Price = terms.Price,
                    TriggerPrice = terms.TriggerPrice,
                    TrailingDelta = terms.TrailingDelta,
                    ExpiresAt = terms.ExpiresAt?.UtcDateTime,
                    Placed = answers.Keep(row),
                };
                return settlement.Amend(amended, need, now) ? null : OrderChange.Short(need with { Amount = need.Amount - row.Held }, funds, row.AccountId);
            },
            cancellation);
        return order is null ? (null, wrong) : (OrderView.Of(order), null);
    }

    /// <summary>An order that has fired is measured as the limit order it has become.</summary>
    internal static OrderTerms Measured(OrderRow row, OrderTerms terms) => row.Status is OrderStatus.Waiting or OrderStatus.Paused
        ? terms
        : terms with { Type = OrderType.Limit, TriggerPrice = null, PostOnly = false, HoldWhen = HoldWhen.Placed };

    /// <summary>What the order needs after the change: nothing before it fires if it was to hold then (as measured), else what its rest costs.</summary>
    internal static Money Need(OrderRow row, OrderTerms terms, Money whole)
    {
        if (row.FilledQuantity == 0m) return whole;
        var left = terms.Quantity!.Value - row.FilledQuantity;
        return whole with { Amount = row.Side == Side.Sell ? left : Exact.Multiply(terms.Price!.Value, left) };
    }

    private static OrderTerms Wanted(AmendRequest body, OrderRow row) => row.Terms with
    {
        Quantity = body.Quantity ?? row.Quantity,
        Price = body.Price ?? row.Price,
        TriggerPrice = body.TriggerPrice ?? row.TriggerPrice,
        TrailingDelta = body.TrailingDelta ?? row.TrailingDelta,
        ExpiresAt = body.ExpiresAt?.ToUniversalTime() ?? OrderRow.Utc(row.ExpiresAt),
    };

    private OrderTerms StillAhead(OrderTerms terms) => terms.StartAt <= measure.Now ? terms with { StartAt = null } : terms;

    private static Refused? Fault(AmendRequest body, OrderRow row)
    {
        var waits = row.Status is OrderStatus.Waiting or OrderStatus.Paused;
        if (!row.IsOpen) return OrderChange.Impossible(row, "amended");
        if (row.IsDormant) return OrderChange.Impossible(row, "amended: it waits for its entry");
        if (row.Leg is not null && body.Quantity is not null) return new Refused(ErrorCode.InvalidField, "quantity", Decimals.ToPlain(body.Quantity.Value), Detail: "The quantity of a list cannot be amended.");
        if (!waits && !row.Terms.IsLimit) return OrderChange.Impossible(row, "amended");
        if (!waits && (body.TriggerPrice is not null || body.TrailingDelta is not null)) return new Refused(ErrorCode.InvalidField, "triggerPrice", Detail: "The order has fired.");
        if (body.ExpiresAt is not null && row.ExpiresAt is null) return new Refused(ErrorCode.InvalidField, "expiresAt", Detail: "The order has no end.");
        if (body.Quantity is { } quantity && quantity <= row.FilledQuantity)
            return new Refused(ErrorCode.InvalidField, "quantity", Decimals.ToPlain(quantity), Decimals.ToPlain(row.FilledQuantity), "That much is filled already.");
        return body is { Quantity: null, Price: null, TriggerPrice: null, TrailingDelta: null, ExpiresAt: null }
            ? new Refused(ErrorCode.InvalidField, "quantity", Detail: "Nothing is to be changed.")
            : null;
    }
}
