using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.Platform.Streaming;

/// <summary>One channel of one socket: what waits to be sent, and the number of the next message. Guarded by the outbox of its socket.</summary>
internal sealed class StreamSubscription(string channel, StreamTopic topic, StreamOutbox outbox)
{
    private readonly byte[] _head = Encoding.UTF8.GetBytes($"{{\"channel\":{JsonSerializer.Serialize(channel)},\"type\":\"");
    private readonly LinkedList<StreamFrame> _waiting = new();
    private StreamFrame? _snapshot;
    private long _seq;

    public StreamTopic Topic { get; } = topic;

    /// <summary>False until the snapshot is there; updates wait for it.</summary>
    public bool Opened { get; private set; }

    /// <summary>True while the sender has it on its list.</summary>
    public bool Listed { get; set; }

    public int Waiting => _waiting.Count;

    public bool Empty => _snapshot is null && _waiting.Count == 0;

    /// <summary>Any thread.</summary>
    public void Offer(StreamFrame frame) => outbox.Offer(this, frame);

    public void Open(StreamFrame snapshot) => (_snapshot, Opened) = (snapshot, true);

    /// <summary>Adds a frame, or replaces the waiting one of the same key.</summary>
    public void Enqueue(StreamFrame frame)
    {
        if (frame.Key is { } key && _waiting.Last is { } last && last.Value.Key == key)
            last.Value = frame;
        else
            _waiting.AddLast(frame);
    }

    /// <summary>Writes the next message. The number is given here, so that replaced frames leave no hole.</summary>
    public void WriteNext(ArrayBufferWriter<byte> buffer)
    {
        var frame = _snapshot;
        var type = "snapshot\",\"seq\":"u8;
        if (frame is null)
        {
            frame = _waiting.First!.Value;
            type = "update\",\"seq\":"u8;
            _waiting.RemoveFirst();
        }

        _snapshot = null;
        buffer.Write(_head);
        buffer.Write(type);
        Utf8Formatter.TryFormat(++_seq, buffer.GetSpan(20), out var digits);
        buffer.Advance(digits);
        buffer.Write(frame.Tail.Span);
    }
}
