using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>How many orders count against the account's limits now (rest-api.md, "Query Unfilled Order Count").</summary>
internal sealed class ShowOrderCounts(WireLimits limits) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/rateLimit/order", WireSecurity.UserData, 40, "account.rateLimits.orders");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (tenSeconds, day) = limits.Placed(call.Caller.Account);
        output.WriteStartArray();
        Write(output, "SECOND", 10, limits.Options.Orders10s, tenSeconds);
        Write(output, "DAY", 1, limits.Options.OrdersPerDay, day);
        output.WriteEndArray();
        return ValueTask.FromResult<WireError?>(null);
    }

    private static void Write(Utf8JsonWriter output, string interval, int number, int limit, int count)
    {
        output.WriteStartObject();
        output.WriteString("rateLimitType", "ORDERS");
        output.WriteString("interval", interval);
        output.WriteNumber("intervalNum", number);
        output.WriteNumber("limit", limit);
        output.WriteNumber("count", count);
        output.WriteEndObject();
    }
}
