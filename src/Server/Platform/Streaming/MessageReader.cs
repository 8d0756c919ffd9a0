using System.Net.WebSockets;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Reads a client's messages whole, one after the other. Limits: size, and messages per second with a burst of twice as many.</summary>
/// <param name="maxBytes">Longest message.</param>
/// <param name="perSecond">Messages a second; 0 switches the limit off.</param>
/// <param name="time">Measures the second.</param>
internal sealed class MessageReader(int maxBytes, int perSecond, TimeProvider time)
{
    private byte[] _buffer = new byte[Math.Min(maxBytes, 512)];
    private double _allowance = perSecond * 2;
    private long _refilled = time.GetTimestamp();

    /// <summary>Why the socket must be closed, once <see cref="Next"/> gave null without the client having closed; null otherwise.</summary>
    public (int Code, string Why)? Refusal { get; private set; }

    /// <summary>The next message, good until the next call; null when there is to be none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(WebSocket socket, CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) break;
            if (length < _buffer.Length) continue;
            if (length == maxBytes)
            {
                Refusal = ((int)WebSocketCloseStatus.MessageTooBig, $"messages end at {maxBytes} bytes");
                return null;
            }

            Array.Resize(ref _buffer, Math.Min(maxBytes, _buffer.Length * 2));
        }

        if (Allowed()) return _buffer.AsMemory(0, length);
        Refusal = ((int)WebSocketCloseStatus.PolicyViolation, "too many messages");
        return null;
    }

    private bool Allowed()
    {
        if (perSecond == 0) return true;
        var now = time.GetTimestamp();
        var earned = time.GetElapsedTime(_refilled, now).TotalSeconds * perSecond;
        (_allowance, _refilled) = (Math.Min(perSecond * 2, _allowance + earned) - 1, now);
        return _allowance >= 0;
    }
}
