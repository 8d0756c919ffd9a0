using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.Tests.Markets;

/// <summary>A client of the stream that reads one message at a time.</summary>
internal sealed class StreamClient(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly byte[] _buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    public Task Subscribe(params string[] channels) => Send(JsonSerializer.Serialize(new { op = "subscribe", channels }));

    /// <summary>The next message; null when the server closes.</summary>
    public async Task<JsonElement?> Next()
    {
        using var limit = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
        }
    }

    /// <summary>The next message that fits; others are passed over.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> fits)
    {
        while (await Next() is { } message)
        {
            if (fits(message)) return message;
        }

        throw new InvalidOperationException($"Closed with {socket.CloseStatus} before the message came.");
    }

    public Task<JsonElement> UntilOp(string op) => Until(m => m.TryGetProperty("op", out var name) && name.GetString() == op);

    public Task<JsonElement> UntilType(string type) => Until(m => m.TryGetProperty("type", out var name) && name.GetString() == type);

    /// <summary>Reads on to the close frame and gives its code.</summary>
    public async Task<int> UntilClosed()
    {
        while (await Next() is not null)
        {
        }

        return (int)socket.CloseStatus!;
    }

    public void Dispose() => socket.Dispose();
}
