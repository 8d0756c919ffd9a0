using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>Ends an open order and gives back what it holds; with an exit of a list the whole list. One that has ended: already_final.</summary>
internal sealed class CancelOrder(OrderEnding ending)
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, CancelOrder verb, HttpContext context)
    {
        if (OrderIds.Read(id) is not { } order) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (view, refused) = await verb.Handle(UserId.Of(context.User), order, context.RequestAborted);
        return view is null ? Problems.Result(refused!) : TypedResults.Ok(view);
    }

    public async Task<(OrderView? Order, Refused? Refused)> Handle(UserId user, long id, CancellationToken cancellation)
    {
        var ended = await ending.Cancel(new EndingWish(user, Order: id), cancellation);
        if (ended.Canceled is [var row, ..]) return (OrderView.Of(row), null);
        return ended.AlreadyFinal is { } final
            ? (null, new Refused(ErrorCode.AlreadyFinal, "status", final.StatusWord, Detail: "The order has ended before."))
            : (null, new Refused(ErrorCode.NotFound));
    }
}
