using System.Text.Json;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Cancels a whole list.</summary>
internal sealed class DeleteOrderList(WireOrders orders, MarketsRoom markets, TimeProvider clock) : IWireVerb
{
    public WireRoute Route { get; } = new("DELETE", "/api/v3/orderList", WireSecurity.Trade, 1, "orderList.cancel");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (key, error) = OrderKey.Read(call, markets, "orderListId", "listClientOrderId");
        if (key is null) return error;
        var (name, badName) = OrderKey.Cancel(call, "newClientOrderId", clock);
        if (name is null) return badName;

        // An exit's end ends the whole list, an entry's does not always.
        var open = (await orders.FindList(key, cancellation)).Where(order => order.IsOpen).OrderBy(order => order.Leg == OrderLeg.Entry).ToList();
        if (open.Count == 0) return WireError.UnknownOrder;
        var (_, refused) = await orders.Cancel(call.Caller.User, new WireCancel(key with { Id = open[0].Id, Name = null }, name), cancellation);
        if (refused is not null) return WireRefusals.Of(refused);
        WireList.WriteCanceled(output, await orders.FindList(key, cancellation), name);
        return null;
    }
}
