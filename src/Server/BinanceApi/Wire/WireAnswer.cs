using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>What a call wrote, or its error. Goes back to its pool when disposed.</summary>
internal sealed class WireAnswer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    private readonly WireAnswers _pool;

    public WireAnswer(WireAnswers pool)
    {
        _pool = pool;
        Writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public Utf8JsonWriter Writer { get; }

    public int Status { get; private set; } = 200;

    public int? RetryAfterSeconds { get; private set; }

    /// <summary>Whose account it was about, where the call had a key.</summary>
    public ApiKeys.KnownKey? Key { get; set; }

    /// <summary>The JSON, once all is written.</summary>
    public ReadOnlyMemory<byte> Text => _buffer.WrittenMemory;

    public int Capacity => _buffer.Capacity;

    /// <summary>Ends the answer; an error takes the place of what was written.</summary>
    public void Finish(WireError? error)
    {
        if (error is not null) Write(error);
        // Into memory: nothing to wait for.
        Writer.Flush();
    }

    private void Write(WireError error)
    {
        Clear();
        (Status, RetryAfterSeconds) = (error.Status, error.RetryAfterSeconds);
        Writer.WriteStartObject();
        Writer.WriteNumber("code"u8, error.Code);
        Writer.WriteString("msg"u8, error.Message);
        if (error.Data is { } data)
        {
            Writer.WritePropertyName("data"u8);
            Writer.WriteRawValue(data);
        }

        Writer.WriteEndObject();
    }

    public string? RetryAfter => RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture);

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Writer.Reset();
        (Status, RetryAfterSeconds, Key) = (200, null, null);
    }

    public void Dispose() => _pool.Return(this);
}

/// <summary>Answers to be used again; large ones are let go.</summary>
internal sealed class WireAnswers
{
    private const int MostKept = 64;
    private const int LargestKept = 1 << 20;

    private readonly ConcurrentQueue<WireAnswer> _free = new();
    private int _count;

    public WireAnswer Rent()
    {
        if (!_free.TryDequeue(out var answer)) return new WireAnswer(this);
        Interlocked.Decrement(ref _count);
        return answer;
    }

    public void Return(WireAnswer answer)
    {
        if (answer.Capacity > LargestKept || Volatile.Read(ref _count) >= MostKept) return;
        answer.Clear();
        Interlocked.Increment(ref _count);
        _free.Enqueue(answer);
    }
}
