using System.Net.WebSockets;
using System.Text.Json;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Reads a client's messages one after the other and has them done. Limits: size, messages per second.</summary>
internal sealed class StreamReceiver(StreamConnection connection, StreamOptions options, TimeProvider time)
{
    private readonly MessageReader _reader = new(options.MaxMessageBytes, options.MessagesPerSecond, time);

    public async Task Run(WebSocket socket, CancellationToken cancellation)
    {
        while (await _reader.Next(socket, cancellation) is { } message)
            await Do(message, cancellation);
        if (_reader.Refusal is { } refusal) connection.Close(refusal.Code, refusal.Why);
    }

    private async Task Do(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            var op = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("op", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            await Do(op, root, cancellation);
        }
        catch (JsonException error)
        {
            connection.Refuse(null, "invalid_json", error.Message);
        }
    }

    private async Task Do(string? op, JsonElement root, CancellationToken cancellation)
    {
        switch (op)
        {
            case "ping":
                connection.Answer(new { op = "pong" });
                break;
            case "auth" when root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String:
                await connection.Authenticate(token.GetString()!, cancellation);
                break;
            case "subscribe" when Channels(root) is { } channels:
                foreach (var channel in channels) await connection.Subscribe(channel, cancellation);
                break;
            case "unsubscribe" when Channels(root) is { } channels:
                foreach (var channel in channels) connection.Unsubscribe(channel);
                break;
            default:
                connection.Refuse(null, "invalid_field", "op is subscribe or unsubscribe with channels, auth with token, or ping.");
                break;
        }
    }

    private static List<string>? Channels(JsonElement root)
    {
        if (!root.TryGetProperty("channels", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var channels = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return null;
            channels.Add(item.GetString()!);
        }

        return channels;
    }
}
