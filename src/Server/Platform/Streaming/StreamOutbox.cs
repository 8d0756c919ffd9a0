using System.Buffers;
using System.Net.WebSockets;

namespace Lastro.Server.Platform.Streaming;

/// <summary>
/// What waits to be sent over one socket, bounded: updates of a channel replace each other where they may, and a client that still
/// falls behind is closed with 4408. Publishers only enter; one loop sends.
/// </summary>
internal sealed class StreamOutbox(StreamOptions options, TimeProvider time) : IDisposable
{
    public const int SlowCode = 4408;

    private const int MaxControlMessages = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<object> _list = new();
    private readonly SemaphoreSlim _work = new(0);
    private (int Code, string Why)? _close;
    private long _waitingSince;

    /// <summary>True once the socket is to end.</summary>
    public bool Closing
    {
        get
        {
            lock (_gate) return _close is not null;
        }
    }

    /// <summary>Enters a ready message (acknowledgement, heartbeat).</summary>
    public void Control(byte[] message)
    {
        lock (_gate)
        {
            if (_close is not null) return;
            if (_list.Count >= MaxControlMessages + options.ChannelsPerSocket) CloseLocked(SlowCode, "too slow");
            else List(message);
        }
    }

    /// <summary>Enters an update.</summary>
    public void Offer(StreamSubscription subscription, StreamFrame frame)
    {
        lock (_gate)
        {
            if (_close is not null) return;
            subscription.Enqueue(frame);
            if (subscription.Waiting > options.WaitingPerChannel) CloseLocked(SlowCode, "too slow");
            else if (subscription.Opened) List(subscription);
        }
    }

    /// <summary>Enters the snapshot; the updates that arrived meanwhile follow it.</summary>
    public void Open(StreamSubscription subscription, StreamFrame snapshot)
    {
        lock (_gate)
        {
            subscription.Open(snapshot);
            List(subscription);
        }
    }

    /// <summary>Ends the socket after the message being sent.</summary>
    public void Close(int code, string why)
    {
        lock (_gate) CloseLocked(code, why);
    }

    /// <summary>True when the oldest waiting message is older than it may be.</summary>
    public bool Lagging()
    {
        lock (_gate)
            return _list.Count > 0 && time.GetElapsedTime(_waitingSince) > TimeSpan.FromSeconds(options.MaxLagSeconds);
    }

    /// <summary>Sends until closed or the socket breaks.</summary>
    public async Task Run(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        while (true)
        {
            await _work.WaitAsync(cancellation);
            buffer.ResetWrittenCount();
            if (Next(buffer) is { } close)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Why, cancellation);
                return;
            }

            if (buffer.WrittenCount > 0)
                await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
    }

    public void Dispose() => _work.Dispose();

    private (int Code, string Why)? Next(ArrayBufferWriter<byte> buffer)
    {
        lock (_gate)
        {
            if (_close is not null) return _close;
            if (!_list.TryDequeue(out var item)) return null;
            _waitingSince = time.GetTimestamp();
            if (item is byte[] message)
            {
                buffer.Write(message);
                return null;
            }

            var subscription = (StreamSubscription)item;
            subscription.Listed = false;
            if (!subscription.Empty) subscription.WriteNext(buffer);
            if (!subscription.Empty) List(subscription);
            return null;
        }
    }

    private void List(object item)
    {
        if (item is StreamSubscription { Listed: true }) return;
        if (item is StreamSubscription subscription) subscription.Listed = true;
        if (_list.Count == 0) _waitingSince = time.GetTimestamp();
        _list.Enqueue(item);
        _work.Release();
    }

    private void CloseLocked(int code, string why)
    {
        if (_close is not null) return;
        _close = (code, why);
        _work.Release();
    }
}
