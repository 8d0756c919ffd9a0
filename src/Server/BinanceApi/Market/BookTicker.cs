using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Best bids and asks. A pair that nobody followed is followed from the first question on.</summary>
internal sealed class BookTicker(MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/ticker/bookTicker", WireSecurity.None, 4, "ticker.book")
    {
        WeightOf = parameters => parameters["symbol"] is null ? 4 : 2,
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (one, many, error) = PairQuery.Several(call.Parameters, markets);
        if (error is not null) return error;
        if (one is not null)
        {
            await markets.Ready(one.Symbol, cancellation);
            Write(output, one.Symbol);
            return null;
        }

        output.WriteStartArray();
        foreach (var pair in many ?? markets.Instruments) Write(output, pair.Symbol);
        output.WriteEndArray();
        return null;
    }

    private void Write(Utf8JsonWriter output, Symbol symbol)
    {
        var top = markets.Day(symbol).GetValueOrDefault().Top;
        output.WriteStartObject();
        output.WriteString("symbol"u8, symbol.Value);
        output.WriteAmount("bidPrice", top.Bid.Value);
        output.WriteAmount("bidQty", top.BidQuantity.Value);
        output.WriteAmount("askPrice", top.Ask.Value);
        output.WriteAmount("askQty", top.AskQuantity.Value);
        output.WriteEndObject();
    }
}
