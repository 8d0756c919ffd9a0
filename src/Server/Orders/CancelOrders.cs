using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>Ends all open orders of an account, or those of one pair.</summary>
internal sealed class CancelOrders(OrderEnding ending)
{
    public static async Task<Results<Ok<Paged<OrderView>>, ProblemHttpResult>> Route(string? accountId, string? symbol, CancelOrders verb, HttpContext context)
    {
        if (!Guid.TryParse(accountId, out var account)) return Problems.Result(new Refused(ErrorCode.InvalidField, "accountId", accountId));
        if (symbol is not null && !Symbol.TryParse(symbol, out _)) return Problems.Result(new Refused(ErrorCode.UnknownSymbol, "symbol", symbol));
        return TypedResults.Ok(await verb.Handle(UserId.Of(context.User), account, symbol?.ToUpperInvariant(), context.RequestAborted));
    }

    public async Task<Paged<OrderView>> Handle(UserId user, Guid account, string? symbol, CancellationToken cancellation)
    {
        var canceled = new List<OrderView>();
        while (true)
        {
            var ended = await ending.Cancel(new EndingWish(user, Account: account, Symbol: symbol), cancellation);
            canceled.AddRange(ended.Canceled.Select(OrderView.Of));
            if (ended.Canceled.Count < OrderEnding.Batch) return new Paged<OrderView>(canceled, null);
        }
    }
}
