using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Places an order. What takes from the market at once is answered with its fills.</summary>
internal sealed class PostOrder(WireOrders orders, MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("POST", "/api/v3/order", WireSecurity.Trade, 1, "order.place") { Orders = 1 };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (ticket, error) = OrderTicket.Read(call.Parameters, markets);
        if (ticket is null) return error;
        var (report, refused) = await orders.Place(new WirePlacing(call.Caller.User, call.Caller.Account, ticket.Instrument.Symbol, [ticket.Wish]), cancellation);
        if (report is null) return WireRefusals.Of(refused!);
        WireOrder.WritePlaced(output, report.Orders[0], report.Fills, ticket.Kind);
        return null;
    }
}
