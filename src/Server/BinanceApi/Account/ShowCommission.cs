using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>The rates of one pair. There is no special commission, no tax, and no discount for paying in another coin.</summary>
internal sealed class ShowCommission(MarketsRoom markets, IOptions<OrdersOptions> orders) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/account/commission", WireSecurity.UserData, 20, "account.commission");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (pair, error) = PairQuery.One(call.Parameters, markets);
        if (pair is null) return ValueTask.FromResult(error);
        var fees = orders.Value.Fees;
        output.WriteStartObject();
        output.WriteString("symbol", pair.Symbol.Value);
        output.WritePropertyName("standardCommission");
        output.WriteRates(fees.Maker, fees.Taker);
        output.WritePropertyName("specialCommission");
        output.WriteRates(0m, 0m);
        output.WritePropertyName("taxCommission");
        output.WriteRates(0m, 0m);
        output.WriteStartObject("discount");
        output.WriteBoolean("enabledForAccount", false);
        output.WriteBoolean("enabledForSymbol", false);
        output.WriteString("discountAsset", "BNB");
        output.WriteAmount("discount", 0m);
        output.WriteEndObject();
        output.WriteEndObject();
        return ValueTask.FromResult<WireError?>(null);
    }
}
