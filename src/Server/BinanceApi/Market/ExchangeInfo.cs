using System.Buffers;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The pairs with the rules that hold here, and the limits of the wire. <c>permissions</c> is taken in and changes nothing: every pair is a spot pair.</summary>
internal sealed class ExchangeInfo(MarketsRoom markets, WireLimits limits, TimeProvider time) : IWireVerb
{
    private Known? _all;

    public WireRoute Route { get; } = new("GET", "/api/v3/exchangeInfo", WireSecurity.None, 20, "exchangeInfo");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var parameters = call.Parameters;
        var named = (parameters["symbol"] ?? parameters["symbols"]) is not null;
        if (named && (parameters["permissions"] ?? parameters["symbolStatus"]) is not null) return new(PairQuery.BothGiven);
        var (one, many, error) = PairQuery.Several(parameters, markets);
        if (error is not null) return new(error);

        output.WriteStartObject();
        output.WriteString("timezone"u8, "UTC"u8);
        output.WriteNumber("serverTime"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        Limits(output);
        output.WriteStartArray("exchangeFilters"u8);
        output.WriteEndArray();
        if (one is null && many is null && parameters["showPermissionSets"] is not "false")
        {
            output.WritePropertyName("symbols"u8);
            output.WriteRawValue(All(), skipInputValidation: true);
        }
        else
        {
            output.WriteStartArray("symbols"u8);
            foreach (var pair in one is not null ? [one] : many ?? markets.Instruments) PairJson.Write(output, pair, parameters["showPermissionSets"] is not "false");
            output.WriteEndArray();
        }

        output.WriteEndObject();
        return default;
    }

    /// <summary>Every bot asks for all pairs, and they change once an hour at most.</summary>
    private ReadOnlySpan<byte> All()
    {
        var pairs = markets.Instruments;
        var known = Volatile.Read(ref _all);
        if (known is not null && ReferenceEquals(known.Pairs, pairs)) return known.Text;
        var buffer = new ArrayBufferWriter<byte>(pairs.Count * 1_400 + 2);
        using (var output = new Utf8JsonWriter(buffer))
        {
            output.WriteStartArray();
            foreach (var pair in pairs) PairJson.Write(output, pair, permissions: true);
            output.WriteEndArray();
        }

        known = new Known(pairs, buffer.WrittenSpan.ToArray());
        Volatile.Write(ref _all, known);
        return known.Text;
    }

    private void Limits(Utf8JsonWriter output)
    {
        var set = limits.Options;
        output.WriteStartArray("rateLimits"u8);
        Limit(output, ("REQUEST_WEIGHT", "MINUTE", 1), set.WeightPerMinute);
        Limit(output, ("ORDERS", "SECOND", 10), set.Orders10s);
        Limit(output, ("ORDERS", "DAY", 1), set.OrdersPerDay);
        output.WriteEndArray();
    }

    private static void Limit(Utf8JsonWriter output, (string Type, string Interval, int Number) kind, int limit)
    {
        if (limit == 0) return;
        output.WriteStartObject();
        output.WriteString("rateLimitType"u8, kind.Type);
        output.WriteString("interval"u8, kind.Interval);
        output.WriteNumber("intervalNum"u8, kind.Number);
        output.WriteNumber("limit"u8, limit);
        output.WriteEndObject();
    }

    private sealed record Known(IReadOnlyList<Instrument> Pairs, byte[] Text);
}
