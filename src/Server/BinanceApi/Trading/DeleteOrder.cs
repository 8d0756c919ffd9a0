using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Cancels an open order; one of a list takes the whole list with it.</summary>
internal sealed class DeleteOrder(WireOrders orders, MarketsRoom markets, TimeProvider clock) : IWireVerb
{
    public WireRoute Route { get; } = new("DELETE", "/api/v3/order", WireSecurity.Trade, 1, "order.cancel");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (wish, error) = Read(call, "orderId", "origClientOrderId", "newClientOrderId");
        if (wish is null) return error;
        var (ended, refused) = await orders.Cancel(call.Caller.User, wish, cancellation);
        if (refused is not null) return Refusal(refused);
        await Write(output, ended, wish, cancellation);
        return null;
    }

    /// <summary>Which order is to be cancelled, by the names its parameters have in this request.</summary>
    public (WireCancel? Wish, WireError? Error) Read(WireCall call, string id, string name, string cancel)
    {
        var (key, error) = OrderKey.Read(call, markets, id, name);
        if (key is null) return (null, error);
        var (called, badName) = OrderKey.Cancel(call, cancel, clock);
        if (called is null) return (null, badName);
        var (partFilled, badRestriction) = OrderKey.Restrictions(call.Parameters);
        return badRestriction is null ? (new WireCancel(key, called) { PartFilled = partFilled }, null) : (null, badRestriction);
    }

    /// <summary>The order that was cancelled, or its list.</summary>
    public async Task Write(Utf8JsonWriter output, IReadOnlyList<OrderFacts> ended, WireCancel wish, CancellationToken cancellation)
    {
        if (ended[0].ListId is { } list)
            WireList.WriteCanceled(output, await orders.FindList(wish.Key with { Id = list, Name = null }, cancellation), wish.Name);
        else
            WireOrder.WriteCanceled(output, ended[0], wish.Name);
    }

    /// <summary>A field is at fault in one case only: the order does not stand as the restrictions want it.</summary>
    public static WireError Refusal(Refused refused) => refused.Code == ErrorCode.InvalidField ? WireRefusals.Restricted : WireRefusals.Of(refused);
}
