using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The account's lists of orders, open and ended.</summary>
internal sealed class GetAllOrderList(WireOrders orders) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/allOrderList", WireSecurity.UserData, 20, "allOrderLists");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (span, error) = GetAllOrders.Span(call, "fromId", null);
        if (span is null) return error;
        if (span.FromId is not null && (span.From ?? span.To) is not null) return WireRefusals.NotNeeded(span.From is null ? "endTime" : "startTime");
        Write(output, await orders.List(span with { Lists = true }, cancellation));
        return null;
    }

    /// <summary>The lists that these orders belong to.</summary>
    public static void Write(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders)
    {
        output.WriteStartArray();
        foreach (var list in orders.GroupBy(order => order.ListId).OrderBy(list => list.Key)) WireList.WriteQueried(output, [.. list]);
        output.WriteEndArray();
    }
}
