using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Cancels all open orders of a pair: single orders first, then lists.</summary>
internal sealed class DeleteOpenOrders(WireOrders orders, MarketsRoom markets, TimeProvider clock) : IWireVerb
{
    public WireRoute Route { get; } = new("DELETE", "/api/v3/openOrders", WireSecurity.Trade, 1, "openOrders.cancelAll");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (instrument, error) = PairQuery.One(call.Parameters, markets);
        if (instrument is null) return error;
        var wish = new WireCancel(new WireOrderKey(call.Caller.Account, instrument.Symbol.Value, null, null), OrderKey.New(clock));
        var ended = await orders.CancelAll(call.Caller.User, wish, cancellation);
        if (ended.Count == 0) return WireError.UnknownOrder;
        output.WriteStartArray();
        foreach (var order in ended)
        {
            if (order.ListId is null) WireOrder.WriteCanceled(output, order, wish.Name);
        }

        foreach (var list in ended.Where(order => order.ListId is not null).GroupBy(order => order.ListId)) WireList.WriteCanceled(output, [.. list], wish.Name);
        output.WriteEndArray();
        return null;
    }
}
