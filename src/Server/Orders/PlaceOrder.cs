using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>
/// Accepts an order: measured against the pair, its money held and its row inserted in one transaction, then given to the pair's lane.
/// The same key with the same body gives the same answer for ever. Market, IOC and FOK orders answer with their outcome.
/// </summary>
internal sealed class PlaceOrder(OrderMeasure measure, OrderIntake intake, OrderAnswers answers, TimeProvider clock)
{
    public const string IdempotencyHeader = "Idempotency-Key";

    public static async Task<Results<Created<OrderView>, ProblemHttpResult>> Route(OrderRequest body, PlaceOrder verb, HttpContext context)
    {
        var key = context.Request.Headers[IdempotencyHeader].FirstOrDefault();
        var (order, refused) = await verb.Handle(body, key, UserId.Of(context.User), context.RequestAborted);
        return order is null
            ? Problems.Result(refused!, context.Response)
            : TypedResults.Created($"/api/v1/orders/{order.Id}", order);
    }

    public async Task<(OrderView? Order, Refused? Refused)> Handle(
        OrderRequest body, string? headerKey, UserId user, CancellationToken cancellation, long? replaces = null)
    {
        var (parsed, refused) = ParsedOrder.Read(body, headerKey, clock.GetUtcNow());
        if (parsed is null) return (null, refused);

        // Measured first, told later: a repeated order gets its answer whatever the market does now.
        var (order, wrong) = await measure.Measure(parsed.Symbol, parsed.Terms, cancellation);
        var placed = await intake.Submit(new PlaceCommand
        {
            User = user,
            Account = parsed.Account,
            Key = parsed.Key,
            Hash = replaces is { } old ? OrderKeys.Hash(Convert.ToHexString(parsed.Hash()), "replaces", old) : parsed.Hash(),
            Orders = order is null ? [] : [order],
            Refused = wrong,
            Replaces = replaces,
            Now = measure.Now,
        });
        return placed.Refused is not null ? (null, placed.Refused) : (await answers.Of(placed.Orders[0], placed.Before, cancellation), null);
    }
}
