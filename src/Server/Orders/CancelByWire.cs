using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Orders;

/// <summary>Ends orders for Binance's wire. What has ended before is as unknown as what never was.</summary>
internal sealed class CancelByWire(FindByWire find, OrderEnding ending)
{
    public async Task<(IReadOnlyList<OrderFacts> Ended, Refused? Refused)> Handle(UserId user, WireCancel wish, CancellationToken cancellation)
    {
        if (await find.One(wish.Key, cancellation) is not { IsOpen: true } order) return ([], new Refused(ErrorCode.NotFound));
        var ended = await ending.Cancel(new EndingWish(user, Order: order.Id) { CancelId = wish.Name, PartFilled = wish.PartFilled }, cancellation);
        if (ended.Canceled.Count > 0) return ([.. ended.Canceled.Select(FactsOf.Row)], null);
        return ([], new Refused(ended.AlreadyFinal is { IsOpen: true } ? ErrorCode.InvalidField : ErrorCode.NotFound, "cancelRestrictions"));
    }

    public async Task<IReadOnlyList<OrderFacts>> All(UserId user, WireCancel wish, CancellationToken cancellation)
    {
        var canceled = new List<OrderFacts>();
        while (true)
        {
            var ended = await ending.Cancel(new EndingWish(user, Account: wish.Key.Account, Symbol: wish.Key.Symbol) { CancelId = wish.Name }, cancellation);
            canceled.AddRange(ended.Canceled.Select(FactsOf.Row));
            if (ended.Canceled.Count < OrderEnding.Batch) return canceled;
        }
    }
}
