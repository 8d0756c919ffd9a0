using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>Tries an order again that fired when its money was not there: it holds what it needs now and acts on the next market event.</summary>
internal sealed class RetryOrder(OrderChange orders, OrderMeasure measure, OrderStoreReader reader)
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, RetryOrder verb, HttpContext context)
    {
        if (OrderIds.Read(id) is not { } order) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (view, refused) = await verb.Handle(UserId.Of(context.User), order, context.RequestAborted);
        return view is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(view);
    }

    public async Task<(OrderView? Order, Refused? Refused)> Handle(UserId user, long id, CancellationToken cancellation)
    {
        if (await reader.Find(user, id, cancellation) is not { } failed) return (null, new Refused(ErrorCode.NotFound));
        if (failed.Status != OrderStatus.Failed) return (null, OrderChange.Impossible(failed, "retried"));

        // It is measured as what it has become: an order that acts now.
        var terms = failed.Terms;
        var acting = new OrderTerms
        {
            Side = terms.Side,
            Type = terms.IsLimit ? OrderType.Limit : OrderType.Market,
            Quantity = terms.Quantity,
            QuoteQuantity = terms.QuoteQuantity,
            Price = terms.Price,
        };
        var (proposed, refused) = await measure.Measure(new Symbol(failed.Symbol), acting, cancellation);
        if (proposed is null) return (null, refused);
        var (order, wrong) = await orders.Apply(
            user,
            id,
            (row, settlement, funds, now) =>
            {
                if (row.Status != OrderStatus.Failed) return OrderChange.Impossible(row, "retried");
                return settlement.Retry(row, proposed.Hold, now) ? null : OrderChange.Short(proposed.Hold, funds, row.AccountId);
            },
            cancellation);
        return order is null ? (null, wrong) : (OrderView.Of(order), null);
    }
}
