using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Makes an open order smaller where it stands: it keeps its place in the queue.</summary>
internal sealed class PutAmend(WireOrders orders, MarketsRoom markets, TimeProvider clock) : IWireVerb
{
    private const int Rejected = -2038;

    public WireRoute Route { get; } = new("PUT", "/api/v3/order/amend/keepPriority", WireSecurity.Trade, 4, "order.amend.keepPriority");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (key, error) = OrderKey.Read(call, markets, "orderId", "origClientOrderId");
        if (key is null) return error;
        var (name, badName) = OrderKey.Cancel(call, "newClientOrderId", clock);
        if (name is null) return badName;
        var (wanted, badQuantity) = OrderTicket.Numbers.Read(call.Parameters, "newQty");
        if (badQuantity is not null) return badQuantity;
        if (wanted is not { } quantity) return WireError.Missing("newQty");
        if (await orders.Find(key, cancellation) is not { IsOpen: true } before) return new WireError(Rejected, WireError.UnknownOrder.Message);
        if (quantity == before.Terms.Quantity) return new WireError(Rejected, "The requested action would change no state; rejecting");
        if (quantity > before.Terms.Quantity) return new WireError(Rejected, "Order amend (quantity increase) is not supported.");
        if (markets.Find(new Symbol(key.Symbol)) is { } pair && OrderRules.Check(before.Terms with { Quantity = quantity }, pair, null) is { } fault)
            return WireRefusals.Of(fault);
        var (order, refused) = await orders.Reduce(call.Caller.User, key, quantity, name, cancellation);
        if (order is null) return Refusal(refused!);
        WireOrder.WriteAmended(output, order, before.Name);
        return null;
    }

    private static WireError Refusal(Refused refused) => refused.Code switch
    {
        ErrorCode.NotFound => new WireError(Rejected, WireError.UnknownOrder.Message),
        ErrorCode.IdempotencyMismatch => new WireError(Rejected, WireError.DuplicateOrder.Message),
        ErrorCode.InvalidField when refused.Field == "orderListId" => new WireError(Rejected, "Order amend is not supported for this symbol."),
        _ => WireRefusals.Of(refused),
    };
}
