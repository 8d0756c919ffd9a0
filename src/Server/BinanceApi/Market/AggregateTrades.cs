using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Trades as aggregates of one each: the source tells no taker orders, and an aggregate may be of one trade. Its id is the trade's.</summary>
internal sealed class AggregateTrades(MarketsRoom markets) : IWireVerb
{
    private const int Usual = 500;
    private const int Most = 1_000;

    public WireRoute Route { get; } = new("GET", "/api/v3/aggTrades", WireSecurity.None, 4, "trades.aggregate");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (pair, error) = PairQuery.One(call.Parameters, markets);
        if (pair is null) return error;
        var (limit, badLimit) = WireNumbers.Limit(call.Parameters, Usual, Most);
        var (fromId, badId) = WireNumbers.Whole(call.Parameters, "fromId");
        var (from, badStart) = WireNumbers.Moment(call.Parameters, "startTime");
        var (to, badEnd) = WireNumbers.Moment(call.Parameters, "endTime");
        if ((badLimit ?? badId ?? badStart ?? badEnd) is { } bad) return bad;
        if (fromId is not null && (from ?? to) is not null) return PairQuery.BothGiven;

        var kept = await markets.Trades(pair.Symbol, cancellation);
        var (first, end) = (0, kept.Count);
        while (first < end && (kept[first].Id < fromId || kept[first].TimeMs < from)) first++;
        while (end > first && kept[end - 1].TimeMs > to) end--;
        if ((fromId ?? from) is null) first = Math.Max(first, end - limit);
        output.WriteStartArray();
        for (var at = first; at < end && at < first + limit; at++) Write(output, kept[at]);
        output.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter output, in MarketTrade trade)
    {
        output.WriteStartObject();
        output.WriteNumber("a"u8, trade.Id);
        output.WriteAmount("p", trade.Price.Value);
        output.WriteAmount("q", trade.Quantity.Value);
        output.WriteNumber("f"u8, trade.Id);
        output.WriteNumber("l"u8, trade.Id);
        output.WriteNumber("T"u8, trade.TimeMs);
        output.WriteBoolean("m"u8, trade.BuyerIsMaker);
        output.WriteBoolean("M"u8, true);
        output.WriteEndObject();
    }
}
