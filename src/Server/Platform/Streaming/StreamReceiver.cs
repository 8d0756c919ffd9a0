using System.Net.WebSockets;
using System.Text.Json;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Reads a client's messages one after the other and has them done. Limits: size, messages per second.</summary>
internal sealed class StreamReceiver(StreamConnection connection, StreamOptions options, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[options.MaxMessageBytes];
    private double _allowance = options.MessagesPerSecond * 2;
    private long _refilled = time.GetTimestamp();

    public async Task Run(WebSocket socket, CancellationToken cancellation)
    {
        while (await Receive(socket, cancellation) is { } length)
        {
            if (!Allowed())
            {
                connection.Close((int)WebSocketCloseStatus.PolicyViolation, "too many messages");
                return;
            }

            await Do(_buffer.AsMemory(0, length), cancellation);
        }
    }

    private async Task<int?> Receive(WebSocket socket, CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return length;
            if (length < _buffer.Length) continue;
            connection.Close((int)WebSocketCloseStatus.MessageTooBig, $"messages end at {options.MaxMessageBytes} bytes");
            return null;
        }
    }

    private bool Allowed()
    {
        if (options.MessagesPerSecond == 0) return true;
        var now = time.GetTimestamp();
        var earned = time.GetElapsedTime(_refilled, now).TotalSeconds * options.MessagesPerSecond;
        (_allowance, _refilled) = (Math.Min(options.MessagesPerSecond * 2, _allowance + earned) - 1, now);
        return _allowance >= 0;
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
