using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The open orders of a pair, or of all.</summary>
internal sealed class GetOpenOrders(WireOrders orders, MarketsRoom markets) : IWireVerb
{
    private const int Most = 10_000;

    public WireRoute Route { get; } = new("GET", "/api/v3/openOrders", WireSecurity.UserData, 6, "openOrders.status")
    {
        WeightOf = sent => sent["symbol"] is null ? 80 : 6,
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        string? symbol = null;
        if (call.Parameters["symbol"] is not null)
        {
            var (instrument, error) = PairQuery.One(call.Parameters, markets);
            if (instrument is null) return error;
            symbol = instrument.Symbol.Value;
        }

        WireOrder.WriteQueried(output, await orders.List(new WireOrderSpan(call.Caller.User, call.Caller.Account, symbol) { OpenOnly = true, Limit = Most }, cancellation));
        return null;
    }
}
