using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.Platform.Streaming;

/// <summary>A message's shared part, serialised once for all its subscribers: <c>,"asOf":"...","data":...}</c>.</summary>
internal sealed record StreamFrame
{
    private StreamFrame(ReadOnlyMemory<byte> tail, long? key) => (Tail, Key) = (tail, key);

    public ReadOnlyMemory<byte> Tail { get; }

    /// <summary>A waiting frame is replaced by a newer one with the same key (latest wins); null: every frame is delivered.</summary>
    public long? Key { get; }

    public static StreamFrame Of<T>(T data, long asOfMs, JsonSerializerOptions json, long? key = null)
    {
        var head = Encoding.ASCII.GetBytes($",\"asOf\":\"{Time(asOfMs)}\",\"data\":");
        var body = JsonSerializer.SerializeToUtf8Bytes(data, json);
        var tail = new byte[head.Length + body.Length + 1];
        head.CopyTo(tail, 0);
        body.CopyTo(tail, head.Length);
        tail[^1] = (byte)'}';
        return new StreamFrame(tail, key);
    }

    /// <summary>A time as the API writes it: ISO 8601, UTC, milliseconds.</summary>
    public static string Time(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
