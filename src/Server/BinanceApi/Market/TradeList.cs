using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The latest trades of a pair; with <c>fromId</c> the oldest from there on, as far back as trades are kept.</summary>
internal sealed class TradeList(MarketsRoom markets, WireRoute route, bool older) : IWireVerb
{
    private const int Usual = 500;
    private const int Most = 1_000;

    public WireRoute Route => route;

    public static TradeList Recent(MarketsRoom markets) =>
        new(markets, new WireRoute("GET", "/api/v3/trades", WireSecurity.None, 25, "trades.recent"), older: false);

    public static TradeList Historical(MarketsRoom markets) =>
        new(markets, new WireRoute("GET", "/api/v3/historicalTrades", WireSecurity.None, 25, "trades.historical"), older: true);

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (pair, error) = PairQuery.One(call.Parameters, markets);
        if (pair is null) return error;
        var (limit, badLimit) = WireNumbers.Limit(call.Parameters, Usual, Most);
        var (fromId, badId) = older ? WireNumbers.Whole(call.Parameters, "fromId") : (null, null);
        if ((badLimit ?? badId) is { } bad) return bad;

        var kept = await markets.Trades(pair.Symbol, cancellation);
        var first = fromId is { } id ? FirstFrom(kept, id) : Math.Max(0, kept.Count - limit);
        output.WriteStartArray();
        for (var at = first; at < kept.Count && at < first + limit; at++) Write(output, kept[at]);
        output.WriteEndArray();
        return null;
    }

    private static int FirstFrom(IReadOnlyList<MarketTrade> kept, long id)
    {
        var at = 0;
        while (at < kept.Count && kept[at].Id < id) at++;
        return at;
    }

    private static void Write(Utf8JsonWriter output, in MarketTrade trade)
    {
        output.WriteStartObject();
        output.WriteNumber("id"u8, trade.Id);
        output.WriteAmount("price", trade.Price.Value);
        output.WriteAmount("qty", trade.Quantity.Value);
        output.WriteAmount("quoteQty", trade.Price * trade.Quantity);
        output.WriteNumber("time"u8, trade.TimeMs);
        output.WriteBoolean("isBuyerMaker"u8, trade.BuyerIsMaker);
        output.WriteBoolean("isBestMatch"u8, true);
        output.WriteEndObject();
    }
}
