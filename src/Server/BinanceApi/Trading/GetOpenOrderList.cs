using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The account's open lists of orders.</summary>
internal sealed class GetOpenOrderList(WireOrders orders) : IWireVerb
{
    private const int Most = 10_000;

    public WireRoute Route { get; } = new("GET", "/api/v3/openOrderList", WireSecurity.UserData, 6, "openOrderLists.status");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var span = new WireOrderSpan(call.Caller.User, call.Caller.Account, null) { OpenOnly = true, Lists = true, Limit = Most };
        GetAllOrderList.Write(output, await orders.List(span, cancellation));
        return null;
    }
}
