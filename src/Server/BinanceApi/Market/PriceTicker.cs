using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Last prices.</summary>
internal sealed class PriceTicker(MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/ticker/price", WireSecurity.None, 4, "ticker.price")
    {
        WeightOf = parameters => parameters["symbol"] is null ? 4 : 2,
    };

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (one, many, error) = PairQuery.Several(call.Parameters, markets);
        if (error is not null) return new(error);
        if (one is not null)
        {
            Write(output, one.Symbol, markets.LastPrice(one.Symbol) ?? 0m);
            return default;
        }

        output.WriteStartArray();
        foreach (var pair in many ?? markets.Instruments)
        {
            if (markets.LastPrice(pair.Symbol) is { } price) Write(output, pair.Symbol, price);
        }

        output.WriteEndArray();
        return default;
    }

    private static void Write(Utf8JsonWriter output, Symbol symbol, decimal price)
    {
        output.WriteStartObject();
        output.WriteString("symbol"u8, symbol.Value);
        output.WriteAmount("price", price);
        output.WriteEndObject();
    }
}
