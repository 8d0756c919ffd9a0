using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>One order of the caller.</summary>
internal sealed class ShowOrder(OrderStoreReader orders)
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, ShowOrder verb, HttpContext context) =>
        OrderIds.Read(id) is { } order && await verb.Handle(UserId.Of(context.User), order, context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<OrderView?> Handle(UserId user, long id, CancellationToken cancellation) =>
        await orders.Find(user, id, cancellation) is { } row ? OrderView.Of(row) : null;
}
