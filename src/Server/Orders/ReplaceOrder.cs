using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>Ends an order and places another in one transaction: both happen, or neither. The new one may use the money of the old.</summary>
internal sealed class ReplaceOrder(PlaceOrder place)
{
    public static async Task<Results<Created<OrderView>, ProblemHttpResult>> Route(string id, OrderRequest body, ReplaceOrder verb, HttpContext context)
    {
        if (OrderIds.Read(id) is not { } old) return Problems.Result(new Refused(ErrorCode.NotFound));
        var key = context.Request.Headers[PlaceOrder.IdempotencyHeader].FirstOrDefault();
        var (order, refused) = await verb.Handle(body, key, UserId.Of(context.User), old, context.RequestAborted);
        return order is null ? Problems.Result(refused!, context.Response) : TypedResults.Created($"/api/v1/orders/{order.Id}", order);
    }

    public Task<(OrderView? Order, Refused? Refused)> Handle(OrderRequest body, string? headerKey, UserId user, long old, CancellationToken cancellation) =>
        place.Handle(body, headerKey, user, cancellation, replaces: old);
}
