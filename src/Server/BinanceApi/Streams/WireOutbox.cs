using System.Net.WebSockets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>
/// What waits to be sent over one socket, bounded. Whoever enters a frame while nothing is being sent sends it, which costs neither a thread
/// nor memory; a client that does not keep up gets only the newest of what replaces itself, and is closed when even that is too much.
/// </summary>
internal sealed class WireOutbox(WebSocket socket, SocketOptions options, TimeProvider time)
{
    /// <summary>Policy violation, as for every client that does not keep the rules.</summary>
    public const int SlowCode = (int)WebSocketCloseStatus.PolicyViolation;

    private readonly Lock _gate = new();
    private Entry[] _ring = new Entry[8];
    private long _head;
    private long _tail;
    private bool _sending;
    private bool _ended;
    private long _pendingSince;
    private (int Code, string Why)? _close;
    private long _closingSince;

    /// <summary>True for the form of <c>/stream</c>.</summary>
    public bool Combined { get; set; }

    /// <summary>True once the socket is to end.</summary>
    public bool Closing
    {
        get
        {
            lock (_gate) return _close is not null;
        }
    }

    /// <summary>True once nothing more is sent.</summary>
    public bool Ended
    {
        get
        {
            lock (_gate) return _ended;
        }
    }

    /// <summary>Enters a message of this socket alone.</summary>
    public void Send(byte[] message) => Enter(null, message, null);

    /// <summary>Enters an event.</summary>
    public void Offer(WireSubscription subscription, WireFrame frame) => Enter(subscription, frame, frame.Key);

    /// <summary>Ends the socket: at once, or after what waits.</summary>
    public void Close(int code, string why, bool afterwards = false)
    {
        lock (_gate)
        {
            if (_close is not null) return;
            (_close, _closingSince) = ((code, why), time.GetTimestamp());
            if (!afterwards) Forget();
            if (_sending) return;
            _sending = true;
        }

        Drain(null);
    }

    /// <summary>Called every second: drops a client that takes too long to read, or to go.</summary>
    public void Look()
    {
        bool slow, stuck;
        lock (_gate)
        {
            // Also one that was told to go and neither reads that nor leaves.
            stuck = _close is not null && time.GetElapsedTime(_closingSince).TotalSeconds > options.MaxLagSeconds;
            slow = _close is null && _pendingSince != 0 && time.GetElapsedTime(_pendingSince).TotalSeconds > options.MaxLagSeconds;
        }

        if (slow) Close(SlowCode, "too slow");
        if (stuck) socket.Abort();
    }

    private void Enter(WireSubscription? subscription, object item, long? key)
    {
        lock (_gate)
        {
            if (_close is not null) return;
            if (_sending)
            {
                Wait(subscription, item, key);
                return;
            }

            _sending = true;
        }

        // Nothing waits and nothing is being sent: it need not wait either.
        Drain(Bytes(item));
    }

    private void Wait(WireSubscription? subscription, object item, long? key)
    {
        if (key is not null && Replace(subscription!, item, key)) return;
        if (_tail - _head >= options.WaitingFrames)
        {
            (_close, _closingSince) = ((SlowCode, "too slow"), time.GetTimestamp());
            Forget();
            return;
        }

        if (_tail - _head == _ring.Length) Grow();
        if (subscription is not null) subscription.WaitingAt = _tail;
        _ring[_tail++ & (_ring.Length - 1)] = new Entry(item);
    }

    private bool Replace(WireSubscription subscription, object item, long? key)
    {
        var at = subscription.WaitingAt;
        if (at < _head || at >= _tail) return false;
        ref var waiting = ref _ring[at & (_ring.Length - 1)];
        if ((waiting.Item as WireFrame)?.Key != key) return false;
        waiting = new Entry(item);
        return true;
    }

    private void Grow()
    {
        var larger = new Entry[_ring.Length * 2];
        for (var at = _head; at < _tail; at++) larger[at & (larger.Length - 1)] = _ring[at & (_ring.Length - 1)];
        _ring = larger;
    }

    private void Forget() => (_ring, _head, _tail) = (new Entry[8], 0, 0);

    /// <summary>Sends what waits as long as the socket takes it at once; goes on in the background where it does not.</summary>
    private void Drain(ReadOnlyMemory<byte>? message)
    {
        try
        {
            var last = false;
            for (message ??= Next(out last); message is { } bytes; message = Next(out last))
            {
                var sent = socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                if (sent.IsCompletedSuccessfully) continue;
                _ = GoOn(sent);
                return;
            }

            if (last) _ = GoOn(ValueTask.CompletedTask);
        }
        catch (Exception error) when (Broken(error))
        {
            End();
        }
    }

    private async Task GoOn(ValueTask sent)
    {
        try
        {
            lock (_gate) _pendingSince = time.GetTimestamp();
            await sent;
            bool last;
            while (Next(out last) is { } message)
            {
                lock (_gate) _pendingSince = time.GetTimestamp();
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }

            if (!last) return;
            var (code, why) = _close!.Value;
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, why, CancellationToken.None);
            lock (_gate) _ended = true;
        }
        catch (Exception error) when (Broken(error))
        {
            End();
        }
    }

    /// <summary>The next message. Null when nothing waits: that ends the sending, or <paramref name="last"/> says that only the close frame is left.</summary>
    private ReadOnlyMemory<byte>? Next(out bool last)
    {
        lock (_gate)
        {
            last = false;
            if (_head == _tail)
            {
                // Who closes stays the sender: nothing may be sent beside the close frame.
                (_sending, _pendingSince) = (last = _close is not null, 0);
                return null;
            }

            ref var entry = ref _ring[_head++ & (_ring.Length - 1)];
            var item = entry.Item;
            entry = default;
            return Bytes(item!);
        }
    }

    private ReadOnlyMemory<byte> Bytes(object item) => item is WireFrame frame ? (Combined ? frame.Wrapped : frame.Raw) : (byte[])item;

    private void End()
    {
        lock (_gate)
        {
            (_sending, _ended, _pendingSince) = (true, true, 0);
            _close ??= ((int)WebSocketCloseStatus.EndpointUnavailable, "");
            Forget();
        }

        socket.Abort();
    }

    private static bool Broken(Exception error) =>
        error is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private readonly record struct Entry(object? Item);
}
