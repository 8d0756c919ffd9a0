using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>One list of orders, by its id or name.</summary>
internal sealed class GetOrderList(WireOrders orders) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/orderList", WireSecurity.UserData, 4, "orderList.status");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (id, error) = call.Parameters.Whole("orderListId");
        if (error is not null) return error;
        var (name, badName) = OrderTicket.Known(call.Parameters, call.Parameters["origClientOrderId"] is null ? "listClientOrderId" : "origClientOrderId");
        if (badName is not null) return badName;
        if (id is null && name is null) return WireRefusals.OneOf("origClientOrderId", "orderListId");
        var list = await orders.FindList(new WireOrderKey(call.Caller.Account, "", id, name), cancellation);
        if (list.Count == 0) return WireError.NoSuchOrder;
        WireList.WriteQueried(output, list);
        return null;
    }
}
