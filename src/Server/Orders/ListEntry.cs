using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Orders;

/// <summary>What every list of orders names: whose, of which pair, and its key.</summary>
internal sealed record ListHead(UserId User, Guid Account, Symbol Symbol, string Key);

/// <summary>What lists of orders have in common on their way in.</summary>
internal sealed class ListEntry(OrderMeasure measure, OrderIntake intake, OrderAnswers answers, TimeProvider clock)
{
    public (ListHead? Head, Refused? Refused) Read(UserId user, string? accountId, string? pair, string? clientOrderId, string? headerKey)
    {
        if (!Guid.TryParse(accountId, out var account)) return (null, new Refused(ErrorCode.InvalidField, "accountId", accountId));
        if (!Symbol.TryParse(pair, out var symbol)) return (null, new Refused(ErrorCode.UnknownSymbol, "symbol", pair));
        var (key, badKey) = OrderKeys.Read(clientOrderId, headerKey, OrderKeys.LongestOfList, clock.GetUtcNow());
        return key is null ? (null, badKey) : (new ListHead(user, account, symbol, key), null);
    }

    /// <param name="head">Read before.</param>
    /// <param name="kind">Makes lists of different kinds different bodies.</param>
    /// <param name="wanted">The terms as the body has them, first order first.</param>
    /// <param name="measured">The orders, or why they are refused.</param>
    /// <param name="cancellation">Ends the waiting for an outcome.</param>
    public async Task<(OrderListView? List, Refused? Refused)> Submit(
        ListHead head, string kind, IReadOnlyList<OrderTerms> wanted, (IReadOnlyList<ProposedOrder>? Orders, Refused? Refused) measured, CancellationToken cancellation)
    {
        var placed = await intake.Submit(new PlaceCommand
        {
            User = head.User,
            Account = head.Account,
            Key = head.Key,
            Hash = OrderKeys.Hash([kind, head.Account, head.Symbol, .. wanted.Select(OrderKeys.Plain)]),
            Orders = measured.Orders ?? [],
            Refused = measured.Refused,
            Now = measure.Now,
        });
        return placed.Refused is not null ? (null, placed.Refused) : (await answers.OfList(placed, cancellation), null);
    }

    public static Results<Created<OrderListView>, ProblemHttpResult> Answer((OrderListView? List, Refused? Refused) outcome, HttpResponse response) =>
        outcome.List is { } list ? TypedResults.Created($"/api/v1/orders/{list.Id}", list) : Problems.Result(outcome.Refused!, response);
}
