using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>A client of Binance's sockets that reads one message at a time.</summary>
internal sealed class WireClient(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private byte[] _buffer = new byte[4_096];

    public ClientWebSocket Socket => socket;

    public static async Task<WireClient> Connect(Uri address, string path)
    {
        var socket = new ClientWebSocket();
        var parts = path.Split('?', 2);
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = parts[0], Query = parts.Length > 1 ? parts[1] : "" }.Uri, default);
        return new WireClient(socket);
    }

    public Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    /// <summary>Sends and gives the next message that carries an id.</summary>
    public async Task<JsonElement> Ask(string text)
    {
        await Send(text);
        return await Until(message => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out _));
    }

    /// <summary>The next message; null when the server closes.</summary>
    public async Task<JsonElement?> Next(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            if (length == _buffer.Length) Array.Resize(ref _buffer, length * 2);
        }
    }

    /// <summary>The next message that fits; others are passed over.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> fits)
    {
        while (await Next() is { } message)
        {
            if (fits(message)) return message;
        }

        throw new InvalidOperationException($"Closed with {socket.CloseStatus} {socket.CloseStatusDescription} before the message came.");
    }

    /// <summary>The next event of a type, out of its wrapper.</summary>
    public async Task<JsonElement> Event(string type, Func<JsonElement, bool>? fits = null) => Bare(await Until(message =>
    {
        var bare = Bare(message);
        return bare.ValueKind == JsonValueKind.Object && bare.TryGetProperty("e", out var name) && name.GetString() == type && (fits is null || fits(bare));
    }));

    /// <summary>Reads on to the close frame and gives its code.</summary>
    public async Task<int> UntilClosed()
    {
        while (await Next() is not null)
        {
        }

        return (int)socket.CloseStatus!;
    }

    public void Dispose() => socket.Dispose();

    private static JsonElement Bare(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("data", out var data) && message.TryGetProperty("stream", out _) ? data : message;
}
