using System.Text;
using System.Text.Json;

namespace Lastro.Exchanges.Binance;

/// <summary>A message to send and the streams it speaks of.</summary>
internal sealed record SocketRequest(long Id, bool Subscribe, IReadOnlyList<string> Streams, long SentMs)
{
    /// <summary>As Binance reads it: method, params, id.</summary>
    public byte[] ToJson()
    {
        var text = new StringBuilder("{\"method\":\"").Append(Subscribe ? "SUBSCRIBE" : "UNSUBSCRIBE").Append("\",\"params\":[");
        text.AppendJoin(',', Streams.Select(stream => JsonSerializer.Serialize(stream)));
        return Encoding.UTF8.GetBytes(text.Append("],\"id\":").Append(Id).Append('}').ToString());
    }
}

/// <summary>
/// Which streams one connection wants and which are acknowledged. A batch without an answer, or refused, is tried again, stream
/// by stream, a limited number of times; after that a stream counts as refused and is tried again only much later. Pure.
/// </summary>
internal sealed class Subscriptions(BinanceOptions options)
{
    private const int MaxAttempts = 3;
    private const long RefusedRetryMs = 300_000;

    private readonly Dictionary<string, Entry> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<long, SocketRequest> _open = [];
    private long _nextId;

    /// <summary>True when a stream went without answer so often that the connection itself must be at fault.</summary>
    public bool Hopeless { get; private set; }

    /// <summary>True when every wanted stream is acknowledged or finally refused.</summary>
    public bool Settled => _open.Count == 0 && _streams.Values.All(entry => entry.State is Standing.On or Standing.Refused);

    /// <summary>Wants a stream; with <paramref name="again"/> even one that is acknowledged is asked for anew.</summary>
    public void Want(string stream, bool again = false)
    {
        if (!_streams.TryGetValue(stream, out var entry))
            _streams[stream] = new Entry();
        else if (entry.Leaving || (again && entry.State is Standing.On))
            (entry.Leaving, entry.State) = (false, Standing.Idle);
    }

    /// <summary>Wants a stream no longer.</summary>
    public void Drop(string stream)
    {
        if (_streams.TryGetValue(stream, out var entry) && !entry.Leaving)
            (entry.Leaving, entry.State, entry.Attempts) = (true, Standing.Idle, 0);
    }

    /// <summary>The next message to send, or null.</summary>
    public SocketRequest? Next(long nowMs)
    {
        string[]? batch = null;
        var leaving = false;
        foreach (var (stream, entry) in _streams)
        {
            if (entry.State == Standing.Refused && nowMs >= entry.RetryAtMs)
                (entry.State, entry.Attempts) = (Standing.Idle, MaxAttempts - 1);
            if (entry.State != Standing.Idle || batch is not null)
                continue;
            leaving = entry.Leaving;
            batch = entry.Attempts > 0
                ? [stream]
                : [.. _streams.Where(other => other.Value.State == Standing.Idle && other.Value.Attempts == 0 && other.Value.Leaving == leaving)
                    .Select(other => other.Key).Take(options.StreamsPerMessage)];
        }

        if (batch is null)
            return null;
        var request = new SocketRequest(++_nextId, !leaving, batch, nowMs);
        foreach (var stream in batch)
            _streams[stream].State = Standing.Asked;
        return _open[request.Id] = request;
    }

    /// <summary>Takes an answer; gives back its request, or null for an id that is not open.</summary>
    public SocketRequest? Answered(SocketAnswer answer, long nowMs, Action<string> refused)
    {
        if (!_open.Remove(answer.Id, out var request))
            return null;
        foreach (var stream in request.Streams)
        {
            if (!_streams.TryGetValue(stream, out var entry) || entry.Leaving == request.Subscribe)
                continue;
            if (answer.ErrorCode == 0 && entry.Leaving)
                _streams.Remove(stream);
            else if (answer.ErrorCode == 0)
                (entry.State, entry.Attempts) = (Standing.On, 0);
            else if (Failed(entry, nowMs))
                refused($"{stream} was refused {MaxAttempts} times: {answer.ErrorCode} {answer.Text}");
        }

        return request;
    }

    /// <summary>Gives up waiting for answers that are overdue.</summary>
    public void Expire(long nowMs)
    {
        foreach (var request in _open.Values.Where(request => nowMs - request.SentMs >= options.Timeout.TotalMilliseconds).ToList())
        {
            _open.Remove(request.Id);
            foreach (var stream in request.Streams)
            {
                if (_streams.TryGetValue(stream, out var entry) && entry.State == Standing.Asked)
                    Hopeless |= Failed(entry, nowMs);
            }
        }
    }

    private static bool Failed(Entry entry, long nowMs)
    {
        entry.State = Standing.Idle;
        if (++entry.Attempts < MaxAttempts)
            return false;
        (entry.State, entry.RetryAtMs) = (Standing.Refused, nowMs + RefusedRetryMs);
        return true;
    }

    private enum Standing
    {
        Idle,
        Asked,
        On,
        Refused,
    }

    private sealed class Entry
    {
        public Standing State { get; set; }

        public bool Leaving { get; set; }

        public int Attempts { get; set; }

        public long RetryAtMs { get; set; }
    }
}
