using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Lastro.Server.BinanceApi.Users;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>An account's events under its listen key, as one stream among others: Binance's way until 2026, which older bots still go.</summary>
internal sealed class UserStreams(ListenKeys keys, UserEvents events)
{
    /// <summary>Is it a listen key that is in force?</summary>
    public bool Known(string name) => keys.Find(name) is not null;

    /// <summary>Has the events sent until disposed; null when the name is no listen key.</summary>
    public IDisposable? Listen(string name, WireOutbox outbox)
    {
        if (keys.Find(name) is not { } key) return null;
        var head = Encoding.ASCII.GetBytes($"{{\"stream\":\"{name}\",\"data\":");
        return events.Listen(key.Account, text => outbox.Send(outbox.Combined ? Wrap(head, text) : Whole(text)));
    }

    /// <summary>What is sent when the key has ended.</summary>
    public static byte[] Expired(string name, long nowMs, bool combined)
    {
        var bare = string.Create(CultureInfo.InvariantCulture, $"{{\"e\":\"listenKeyExpired\",\"E\":{nowMs},\"listenKey\":\"{name}\"}}");
        return Encoding.ASCII.GetBytes(combined ? $"{{\"stream\":\"{name}\",\"data\":{bare}}}" : bare);
    }

    private static byte[] Wrap(byte[] head, ReadOnlyMemory<byte> text)
    {
        var message = new byte[head.Length + text.Length + 1];
        head.CopyTo(message, 0);
        text.CopyTo(message.AsMemory(head.Length));
        message[^1] = (byte)'}';
        return message;
    }

    /// <summary>The same bytes for every socket, where they are an array of their own.</summary>
    private static byte[] Whole(ReadOnlyMemory<byte> text) =>
        MemoryMarshal.TryGetArray(text, out var part) && part.Array is { } whole && part.Offset == 0 && part.Count == whole.Length ? whole : text.ToArray();
}
