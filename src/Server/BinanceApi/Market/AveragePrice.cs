using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The mean price of the last five minutes, weighted by volume.</summary>
internal sealed class AveragePrice(MarketsRoom markets) : IWireVerb
{
    private const int Minutes = 5;
    private const long MinuteMs = 60_000;

    public WireRoute Route { get; } = new("GET", "/api/v3/avgPrice", WireSecurity.None, 2, "avgPrice");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (pair, error) = PairQuery.One(call.Parameters, markets);
        if (pair is null) return error;
        var now = markets.NowMs;
        var span = await markets.Since(pair.Symbol, now - (now % MinuteMs) - ((Minutes - 1) * MinuteMs), cancellation);
        var day = markets.Day(pair.Symbol).GetValueOrDefault();
        var mean = span is { QuoteVolume: > 0m } traded && traded.Volume.Value > 0m ? traded.QuoteVolume / traded.Volume.Value : span?.Close.Value ?? day.Last;
        output.WriteStartObject();
        output.WriteNumber("mins"u8, Minutes);
        output.WriteAmount("price", mean);
        output.WriteNumber("closeTime"u8, day.CloseMs);
        output.WriteEndObject();
        return null;
    }
}
