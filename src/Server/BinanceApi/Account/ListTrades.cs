using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Npgsql;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>An account's fills of one pair (rest-api.md, "Account trade list").</summary>
internal sealed class ListTrades(NpgsqlDataSource database, MarketsRoom markets) : IWireVerb
{
    private const int UsualLimit = 500;
    private const int MostLimit = 1_000;
    private const long DayMs = 86_400_000;

    /// <summary>Where times end that a clock can show, in ms.</summary>
    private const long LastMs = 253_402_300_799_999;

    public WireRoute Route { get; } = new("GET", "/api/v3/myTrades", WireSecurity.UserData, 20, "myTrades")
    {
        WeightOf = parameters => parameters["orderId"] is null ? 20 : 5,
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (wish, error) = Read(call);
        if (wish is null) return error;
        output.WriteStartArray();
        foreach (var trade in await OrdersRoom.Trades(database, wish, cancellation)) Write(trade, wish.Symbol, output);
        output.WriteEndArray();
        return null;
    }

    private (TradeWish? Wish, WireError? Error) Read(WireCall call)
    {
        var parameters = call.Parameters;
        var (pair, unknown) = PairQuery.One(parameters, markets);
        if (pair is null) return (null, unknown);
        var (order, badOrder) = parameters.Whole("orderId");
        var (from, badFrom) = parameters.Whole("fromId");
        var (start, badStart) = parameters.Whole("startTime");
        var (end, badEnd) = parameters.Whole("endTime");
        var (limit, badLimit) = parameters.Whole("limit");
        if ((badOrder ?? badFrom ?? badStart ?? badEnd ?? badLimit) is { } bad) return (null, bad);
        if (limit is <= 0) return (null, new WireError(-1130, "Data sent for parameter 'limit' is not valid."));

        // Only these go together: order and id, or a beginning and an end of at most a day.
        if ((from is not null || order is not null) && (start is not null || end is not null))
            return (null, new WireError(-1128, "Combination of optional parameters invalid."));
        if (start is < 0 or > LastMs || end is < 0 or > LastMs || end < start) return (null, new WireError(-1128, "Combination of optional parameters invalid."));
        if (end - start > DayMs) return (null, new WireError(-1127, "More than 24 hours between startTime and endTime."));
        return (new TradeWish(call.Caller.Account, pair.Symbol.Value, pair.Base.Code, (int)Math.Min(limit ?? UsualLimit, MostLimit))
        {
            Order = order,
            FromId = from,
            From = start is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null,
            // Times are kept finer than they are asked for: the last millisecond counts whole.
            Until = end is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last).AddTicks(TimeSpan.TicksPerMillisecond - TimeSpan.TicksPerMicrosecond) : null,
        }, null);
    }

    private static void Write(Trade trade, string symbol, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        output.WriteString("symbol", symbol);
        output.WriteNumber("id", trade.Id);
        output.WriteNumber("orderId", trade.OrderId);
        output.WriteNumber("orderListId", trade.ListId ?? -1);
        output.WriteAmount("price", trade.Price);
        output.WriteAmount("qty", trade.Quantity);
        output.WriteAmount("quoteQty", trade.QuoteQuantity);
        output.WriteAmount("commission", trade.Fee);
        output.WriteString("commissionAsset", trade.FeeAsset);
        output.WriteNumber("time", new DateTimeOffset(trade.Time, TimeSpan.Zero).ToUnixTimeMilliseconds());
        output.WriteBoolean("isBuyer", trade.Buys);
        output.WriteBoolean("isMaker", trade.Maker);
        output.WriteBoolean("isBestMatch", true);
        output.WriteEndObject();
    }
}
