using System.Buffers;
using System.Text.Json;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Writes an event once and makes a frame of it for each name it is heard under. For one thread.</summary>
internal sealed class FrameWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _body = new(4_096);
    private readonly Utf8JsonWriter _json;

    public FrameWriter() => _json = new Utf8JsonWriter(_body, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Begin()
    {
        _body.ResetWrittenCount();
        _json.Reset(_body);
        return _json;
    }

    /// <summary>Publishes what was written since <see cref="Begin"/>.</summary>
    public void Publish(StreamGroup group, long? key = null)
    {
        _json.Flush();
        Publish(group.Topic, key);
        if (group.Second is { } second) Publish(second, key);
    }

    /// <summary>As the other, for one name.</summary>
    public void Publish(WireTopic topic, long? key = null)
    {
        if (!topic.Watched) return;
        _json.Flush();
        var head = topic.Head;
        var bytes = GC.AllocateUninitializedArray<byte>(head.Length + _body.WrittenCount + 1);
        head.CopyTo(bytes, 0);
        _body.WrittenSpan.CopyTo(bytes.AsSpan(head.Length));
        bytes[^1] = (byte)'}';
        topic.Publish(new WireFrame(bytes, head.Length, key));
    }

    public void Dispose() => _json.Dispose();
}
