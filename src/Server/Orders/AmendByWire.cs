using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Makes an order smaller where it stands, for Binance's wire: it keeps its place, and gets another name or keeps its own.</summary>
internal sealed class AmendByWire(FindByWire find, OrderChange orders, OrderMeasure measure, OrderStoreReader reader, OrderAnswers answers)
{
    public async Task<(OrderFacts? Order, Refused? Refused)> Handle(UserId user, WireOrderKey key, decimal quantity, string name, CancellationToken cancellation)
    {
        if (await find.One(key, cancellation) is not { IsOpen: true } known || await reader.Find(user, known.Id, cancellation) is not { } seen)
            return (null, new Refused(ErrorCode.NotFound));
        if (Fault(seen, quantity) is { } fault) return (null, fault);
        var terms = AmendOrder.Measured(seen, seen.Terms with { Quantity = quantity });
        var (proposed, refused) = await measure.Measure(new Symbol(seen.Symbol), terms, cancellation);
        if (proposed is null) return (null, refused);
        try
        {
            var (row, wrong) = await orders.Apply(
                user,
                seen.Id,
                (row, settlement, _, now) =>
                {
                    if (row.Revision != seen.Revision || row.Status != seen.Status || row.Fills != seen.Fills) return OrderRefusals.Busy("The order changed at the same moment.");
                    var amended = row with { Quantity = quantity, WireId = name, Placed = answers.Keep(row) };
                    return settlement.Amend(amended, AmendOrder.Need(row, terms, proposed.Hold), now) ? null : new Refused(ErrorCode.InsufficientFunds);
                },
                cancellation);
            return row is null ? (null, wrong) : (FactsOf.Row(row), null);
        }
        catch (PostgresException error) when (error.ConstraintName == "orders_wire_id_open")
        {
            return (null, OrderRefusals.WireIdInUse(name));
        }
    }

    private static Refused? Fault(OrderRow row, decimal quantity)
    {
        if (!row.IsOpen) return new Refused(ErrorCode.NotFound);
        if (row.Leg is not null || row.Quantity is null) return new Refused(ErrorCode.InvalidField, "orderListId");
        return quantity >= row.Quantity || quantity <= row.FilledQuantity ? new Refused(ErrorCode.InvalidField, "newQty") : null;
    }
}
