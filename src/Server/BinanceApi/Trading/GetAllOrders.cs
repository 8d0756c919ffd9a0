using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>A pair's orders, open and ended, by id upwards: from an id on, of a time, or the latest.</summary>
internal sealed class GetAllOrders(WireOrders orders, MarketsRoom markets) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/allOrders", WireSecurity.UserData, 20, "allOrders");

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (instrument, error) = PairQuery.One(call.Parameters, markets);
        if (instrument is null) return error;
        var (span, wrong) = Span(call, "orderId", instrument.Symbol.Value);
        if (span is null) return wrong;
        WireOrder.WriteQueried(output, await orders.List(span, cancellation));
        return null;
    }

    /// <summary>From where to where a list of orders goes.</summary>
    public static (WireOrderSpan? Span, WireError? Error) Span(WireCall call, string from, string? symbol)
    {
        var (id, badId) = call.Parameters.Whole(from);
        var (start, badStart) = Time(call.Parameters, "startTime");
        var (end, badEnd) = Time(call.Parameters, "endTime");
        var (limit, badLimit) = call.Parameters.Whole("limit");
        if ((badId ?? badStart ?? badEnd ?? badLimit) is { } bad) return (null, bad);
        if (limit < 1) return (null, WireRefusals.Invalid("limit"));
        if (start > end) return (null, new WireError(-1127, "Start time is greater than end time."));
        if (end - start > TimeSpan.FromHours(24)) return (null, new WireError(-1127, "More than 24 hours between startTime and endTime."));
        return (new WireOrderSpan(call.Caller.User, call.Caller.Account, symbol) { FromId = id, From = start, To = end, Limit = (int)Math.Min(limit ?? 500, 1_000) }, null);
    }

    /// <summary>A time in milliseconds or microseconds.</summary>
    private static (DateTimeOffset? Time, WireError? Error) Time(WireParameters sent, string name)
    {
        const long latestMs = 99_999_999_999_999;
        var (number, error) = sent.Whole(name);
        if (error is not null || number is not { } given) return (null, error);
        var ms = given > latestMs ? given / 1_000 : given;
        return ms is < 0 or > latestMs ? (null, WireError.Illegal(name)) : (DateTimeOffset.FromUnixTimeMilliseconds(ms), null);
    }
}
