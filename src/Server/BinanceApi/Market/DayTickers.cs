using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The rolling 24 hours.</summary>
internal sealed class DayTickers(MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/ticker/24hr", WireSecurity.None, 80, "ticker.24hr")
    {
        WeightOf = parameters => parameters["symbol"] is not null ? 2 : PairQuery.Count(parameters) switch { <= 20 => 2, <= 100 => 40, _ => 80 },
    };

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (one, many, error) = PairQuery.Several(call.Parameters, markets);
        var (mini, badKind) = TickerJson.Kind(call.Parameters);
        if ((error ?? badKind) is { } bad) return new(bad);
        if (one is not null)
        {
            Write(output, one.Symbol, mini);
            return default;
        }

        output.WriteStartArray();
        foreach (var pair in many ?? markets.Instruments) Write(output, pair.Symbol, mini);
        output.WriteEndArray();
        return default;
    }

    private void Write(Utf8JsonWriter output, Symbol symbol, bool mini) => TickerJson.Day(output, symbol, markets.Day(symbol).GetValueOrDefault(), mini);
}
