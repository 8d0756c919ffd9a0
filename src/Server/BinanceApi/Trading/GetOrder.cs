using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>One order, by its id or by its name; of several that had the name, the latest.</summary>
internal sealed class GetOrder(WireOrders orders, MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/order", WireSecurity.UserData, 4, "order.status");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (key, error) = OrderKey.Read(call, markets, "orderId", "origClientOrderId");
        if (key is null) return error;
        if (await orders.Find(key, cancellation) is not { } order) return WireError.NoSuchOrder;
        WireOrder.WriteQueried(output, order);
        return null;
    }
}
