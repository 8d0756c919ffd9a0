using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>The fees of one pair, or of all.</summary>
internal sealed class ListTradeFees(MarketsRoom markets, IOptions<OrdersOptions> orders) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/sapi/v1/asset/tradeFee", WireSecurity.UserData, 1);

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (one, error) = call.Parameters["symbol"] is null ? default : PairQuery.One(call.Parameters, markets);
        if (error is not null) return ValueTask.FromResult<WireError?>(error);
        output.WriteStartArray();
        if (one is not null) Write(one, orders.Value.Fees, output);
        else foreach (var pair in markets.Instruments) Write(pair, orders.Value.Fees, output);
        output.WriteEndArray();
        return ValueTask.FromResult<WireError?>(null);
    }

    private static void Write(Instrument pair, FeeRates fees, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        output.WriteString("symbol", pair.Symbol.Value);
        output.WriteAmount("makerCommission", fees.Maker);
        output.WriteAmount("takerCommission", fees.Taker);
        output.WriteEndObject();
    }
}
