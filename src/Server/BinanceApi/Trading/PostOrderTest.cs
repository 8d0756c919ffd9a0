using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Checks an order by the pair's rules and does not place it; what only the market or the balance would refuse passes.</summary>
internal sealed class PostOrderTest(WireOrders orders, MarketsRoom markets, IOptions<OrdersOptions> options) : IWireVerb
{
    private const int MatchingRefusal = -2010;

    public WireRoute Route { get; } = new("POST", "/api/v3/order/test", WireSecurity.Trade, 1, "order.test")
    {
        WeightOf = sent => WantsRates(sent) ? 20 : 1,
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (ticket, error) = OrderTicket.Read(call.Parameters, markets);
        if (ticket is null) return error;
        var refused = await orders.Try(new WirePlacing(call.Caller.User, call.Caller.Account, ticket.Instrument.Symbol, [ticket.Wish]), cancellation);
        if (refused is not null && WireRefusals.Of(refused) is { Code: not MatchingRefusal } wrong) return wrong;
        output.WriteStartObject();
        if (WantsRates(call.Parameters)) WriteRates(output, options.Value);
        output.WriteEndObject();
        return null;
    }

    private static bool WantsRates(WireParameters sent) => sent["computeCommissionRates"] is "true" or "TRUE" or "True";

    private static void WriteRates(Utf8JsonWriter output, OrdersOptions fees)
    {
        Rates("standardCommissionForOrder", fees.MakerFee, fees.TakerFee);
        Rates("specialCommissionForOrder", 0m, 0m);
        Rates("taxCommissionForOrder", 0m, 0m);
        output.WriteStartObject("discount");
        output.WriteBoolean("enabledForAccount", false);
        output.WriteBoolean("enabledForSymbol", false);
        output.WriteString("discountAsset", "BNB");
        output.WriteAmount("discount", 0m);
        output.WriteEndObject();

        void Rates(string name, decimal maker, decimal taker)
        {
            output.WriteStartObject(name);
            output.WriteAmount("maker", maker);
            output.WriteAmount("taker", taker);
            output.WriteEndObject();
        }
    }
}
