using System.Buffers;
using System.Net;
using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>Writes an answer of the WebSocket API: <c>{"id","status","result"|"error","rateLimits"}</c>.</summary>
internal static class ApiAnswer
{
    /// <param name="id">As JSON.</param>
    /// <param name="answer">What the call wrote, or its error.</param>
    /// <param name="usage">What the caller has used of its limits; null to leave it out.</param>
    /// <param name="nowMs">Wall clock, Unix milliseconds.</param>
    public static byte[] Write(string id, WireAnswer answer, ApiUsage? usage, long nowMs)
    {
        var buffer = new ArrayBufferWriter<byte>(answer.Text.Length + 512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id, skipInputValidation: true);
            json.WriteNumber("status"u8, answer.Status);
            json.WritePropertyName(answer.Status == 200 ? "result"u8 : "error"u8);
            if (answer is { Status: 429 or 418, RetryAfterSeconds: { } seconds }) WriteLater(json, answer.Text, seconds, nowMs);
            else json.WriteRawValue(answer.Text.Span, skipInputValidation: true);
            if (usage is { } used) WriteLimits(json, used);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Here the moment to come again stands in the error, not in a header.</summary>
    private static void WriteLater(Utf8JsonWriter json, ReadOnlyMemory<byte> error, int seconds, long nowMs)
    {
        using var document = JsonDocument.Parse(error);
        json.WriteStartObject();
        foreach (var property in document.RootElement.EnumerateObject()) property.WriteTo(json);
        json.WriteStartObject("data"u8);
        json.WriteNumber("serverTime"u8, nowMs);
        json.WriteNumber("retryAfter"u8, nowMs + (seconds * 1_000L));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, in ApiUsage used)
    {
        json.WriteStartArray("rateLimits"u8);
        if (used.Account is { } account)
        {
            var (soon, day) = used.Limits.Placed(account);
            if (used.Limits.Options.Orders10s > 0) WriteLimit(json, "ORDERS"u8, ("SECOND", 10), (used.Limits.Options.Orders10s, soon));
            if (used.Limits.Options.OrdersPerDay > 0) WriteLimit(json, "ORDERS"u8, ("DAY", 1), (used.Limits.Options.OrdersPerDay, day));
        }

        if (used.Limits.Options.WeightPerMinute > 0)
            WriteLimit(json, "REQUEST_WEIGHT"u8, ("MINUTE", 1), (used.Limits.Options.WeightPerMinute, used.Limits.Used(used.From)));
        json.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter json, ReadOnlySpan<byte> type, (string Unit, int Count) interval, (int Most, int Used) limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType"u8, type);
        json.WriteString("interval"u8, interval.Unit);
        json.WriteNumber("intervalNum"u8, interval.Count);
        json.WriteNumber("limit"u8, limit.Most);
        json.WriteNumber("count"u8, limit.Used);
        json.WriteEndObject();
    }
}

/// <summary>Whose use of which limits an answer shows.</summary>
/// <param name="Limits">The limits.</param>
/// <param name="From">Whose weight.</param>
/// <param name="Account">Whose orders; null for a call that places none.</param>
internal readonly record struct ApiUsage(WireLimits Limits, IPAddress? From, Guid? Account);
