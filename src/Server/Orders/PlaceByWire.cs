using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>
/// Accepts what Binance's wire wants placed. Its names are no idempotency keys: an order's own key is made here, and the name must be free
/// among the account's open orders. An order that takes from the market at once answers with what that came to.
/// </summary>
internal sealed class PlaceByWire(OrderMeasure measure, OrderIntake intake, OrderAnswers answers, FindByWire find, TimeProvider clock)
{
    private static readonly byte[] NoBody = new byte[32];

    public async Task<(WireReport? Report, Refused? Refused)> Handle(WirePlacing wish, CancellationToken cancellation)
    {
        var (orders, wrong) = await Measure(wish, cancellation);
        if (orders is null) return (null, wrong);
        var (placed, refused) = await Submit(wish, orders);
        if (placed is null) return (null, refused);
        if (orders.Count > 1) return (new WireReport([.. placed.Orders.Select(FactsOf.Row)], []), null);
        var row = await answers.AfterTaking(placed, cancellation);

        // What the lane turns away the moment it comes in was never there, for the wire.
        if (row is { Status: OrderStatus.Rejected, Reason: "would_take" }) return (null, OrderRefusals.Of(new OrderRefusal(OrderFault.WouldTake, "price", row.Price)));
        return (new WireReport([FactsOf.Row(row)], row.Fills == 0 ? [] : await find.FillsOf(row.Id, cancellation)), null);
    }

    public async Task<Refused?> Try(WirePlacing wish, CancellationToken cancellation) => (await Measure(wish, cancellation)).Refused;

    private async Task<(Placed? Placed, Refused? Refused)> Submit(WirePlacing wish, IReadOnlyList<ProposedOrder> orders)
    {
        try
        {
            var placed = await intake.Submit(new PlaceCommand
            {
                User = wish.User,
                Account = wish.Account,
                Key = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                Hash = NoBody,
                Orders = orders,
                WireListId = wish.ListName,
                WantsTaking = orders is [{ Terms.Type: OrderType.Limit }],
                Now = measure.Now,
            });
            return placed.Refused is { } refused ? (null, refused) : (placed, null);
        }
        catch (PostgresException error) when (error.ConstraintName == "orders_wire_id_open")
        {
            // Another node was faster.
            return (null, OrderRefusals.WireIdInUse(orders[0].WireId ?? ""));
        }
    }

    private async Task<(IReadOnlyList<ProposedOrder>? Orders, Refused? Refused)> Measure(WirePlacing wish, CancellationToken cancellation)
    {
        var first = wish.Orders[0];
        if (wish.Orders.Count == 1)
        {
            var (one, wrong) = await measure.Measure(wish.Symbol, first.Terms, cancellation);
            wrong ??= await BehindActivation(wish, first.Terms, cancellation);
            return one is null || wrong is not null ? (null, wrong) : ([Named(one, first)], null);
        }

        if (await measure.Last(wish.Symbol, cancellation) is not { } last) return (null, OrderRefusals.Of(Platform.Lanes.MarketGate.Stale, wish.Symbol.Value));
        if (OnWrongSide(first.Terms, last)) return (null, OrderRefusals.Of(new OrderRefusal(OrderFault.WouldTake, "price", first.Terms.Price, last)));

        // As in PlaceOco: the target carries what the dearer of the two needs.
        var (target, bad) = await measure.Measure(wish.Symbol, first.Terms, cancellation);
        if (target is null) return (null, bad);
        var (stop, worse) = await measure.Measure(wish.Symbol, wish.Orders[1].Terms, cancellation);
        if (stop is null) return (null, worse);
        var hold = target.Hold with { Amount = Math.Max(target.Hold.Amount, stop.Hold.Amount) };

        // The stop has the lower id, as on Binance.
        return (
            [
                Named(stop with { Hold = stop.Hold with { Amount = 0m }, Leg = OrderLeg.Stop }, wish.Orders[1]),
                Named(target with { Terms = first.Terms with { PostOnly = false }, Hold = hold, Leg = OrderLeg.Target }, first),
            ],
            null);
    }

    /// <summary>The target of a list lies where its owner gains, seen from the last trade.</summary>
    private static bool OnWrongSide(OrderTerms target, decimal last) =>
        (target.Price ?? target.TriggerPrice) is { } price && (target.Side == Core.Markets.Side.Sell ? price <= last : price >= last);

    /// <summary>A trailing stop's activation price must lie ahead, as a trigger must.</summary>
    private async Task<Refused?> BehindActivation(WirePlacing wish, OrderTerms terms, CancellationToken cancellation)
    {
        if (terms.ActivationPrice is not { } price || await measure.Last(wish.Symbol, cancellation) is not { } last) return null;
        var reached = terms.Side == Core.Markets.Side.Sell ? last >= price : last <= price;
        return reached ? OrderRefusals.Of(new OrderRefusal(OrderFault.TriggerReached, "activationPrice", price, last)) : null;
    }

    private static ProposedOrder Named(ProposedOrder order, WireWish wish) => order with { WireId = wish.Name, WireTags = FactsOf.Stored(wish.Tags) };
}
