using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>Lets a waiting order rest without firing, and wait again. Its money stays held, its expiry goes on.</summary>
internal sealed class PauseOrder(OrderChange orders)
{
    public static Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, PauseOrder verb, HttpContext context) => Answer(id, pause: true, verb, context);

    public static Task<Results<Ok<OrderView>, ProblemHttpResult>> ResumeRoute(string id, PauseOrder verb, HttpContext context) => Answer(id, pause: false, verb, context);

    public async Task<(OrderView? Order, Refused? Refused)> Handle(UserId user, long id, bool pause, CancellationToken cancellation)
    {
        var (order, refused) = await orders.Apply(
            user,
            id,
            (row, settlement, _, now) =>
            {
                if (row.Status == (pause ? OrderStatus.Paused : OrderStatus.Waiting)) return null;
                if (row.IsDormant) return OrderChange.Impossible(row, "paused: it waits for its entry");
                return settlement.Move(id, pause ? OrderEvent.Pause : OrderEvent.Resume, now) is null ? OrderChange.Impossible(row, pause ? "paused" : "resumed") : null;
            },
            cancellation);
        return order is null ? (null, refused) : (OrderView.Of(order), null);
    }

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Answer(string id, bool pause, PauseOrder verb, HttpContext context)
    {
        if (OrderIds.Read(id) is not { } order) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (view, refused) = await verb.Handle(UserId.Of(context.User), order, pause, context.RequestAborted);
        return view is null ? Problems.Result(refused!) : TypedResults.Ok(view);
    }
}
