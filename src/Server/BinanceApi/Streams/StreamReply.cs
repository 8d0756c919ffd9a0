using System.Buffers;
using System.Text.Json;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Answers to the messages of the market streams. The id goes back as it came: number, text or null.</summary>
internal static class StreamReply
{
    /// <summary>Longest text an id may be.</summary>
    private const int LongestId = 36;

    public const string BadId = "Invalid request: request ID must be an unsigned integer";

    public static byte[] Result(JsonElement id, Action<Utf8JsonWriter>? write = null) => Write(id, json =>
    {
        json.WritePropertyName("result"u8);
        if (write is null) json.WriteNullValue();
        else write(json);
    });

    public static byte[] Error(JsonElement? id, int code, string message) => Write(id, json =>
    {
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, code);
        json.WriteString("msg"u8, message);
        json.WriteEndObject();
    });

    /// <summary>The id of a message. False when it is none of the kinds Binance takes; one that was left out is null.</summary>
    public static bool TryId(JsonElement message, out JsonElement id)
    {
        if (!message.TryGetProperty("id"u8, out id)) return true;
        return id.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Number => id.TryGetInt64(out _),
            JsonValueKind.String => id.GetString()!.Length <= LongestId,
            _ => false,
        };
    }

    private static byte[] Write(JsonElement? id, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WritePropertyName("id"u8);
            if (id is { ValueKind: JsonValueKind.Number or JsonValueKind.String } known) known.WriteTo(json);
            else json.WriteNullValue();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
