using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Lastro.Exchanges.Binance;

/// <summary>Something for a shard's loop: a message from the socket, or an act that wants to run there.</summary>
internal readonly record struct ShardItem(byte[]? Frame, int Length, Func<ValueTask>? Act);

/// <summary>One connection to the combined streams. Server pings are answered by <see cref="ClientWebSocket"/> with their payload, as Binance asks.</summary>
internal sealed class BinanceSocket : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>The array of all tickers, the largest message there is, has less than 1 MB.</summary>
    private const int LargestMessage = 8 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly BinanceOptions _options;
    private readonly TimeProvider _clock;

    private BinanceSocket(BinanceOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        // Our own pings would count as messages; silence is found by the shard instead.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
    }

    /// <summary>Opens <c>/stream</c>. Throws <see cref="WebSocketException"/> or <see cref="TimeoutException"/>.</summary>
    public static async Task<BinanceSocket> Connect(BinanceOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var socket = new BinanceSocket(options, clock);
        var open = false;
        try
        {
            await socket.Limited(token => socket._socket.ConnectAsync(new Uri(options.WebSocketUrl, "/stream"), token), cancellation);
            open = true;
            return socket;
        }
        finally
        {
            if (!open)
                socket.Dispose();
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a text message.</summary>
    public Task Send(ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        Limited(token => _socket.SendAsync(json, WebSocketMessageType.Text, true, token).AsTask(), cancellation);

    /// <summary>Says goodbye; the caller does not wait for an answer.</summary>
    public async Task Close(CancellationToken cancellation)
    {
        if (_socket.State == WebSocketState.Open)
            await Limited(token => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, token), cancellation);
    }

    /// <summary>Reads messages into the mailbox until the connection ends; answers why it ended. Buffers come from the shared pool and are the reader's to return.</summary>
    public async Task<string> Pump(ChannelWriter<ShardItem> mailbox, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            for (var used = 0; ;)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(used), cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                    return $"closed by Binance ({_socket.CloseStatus} {_socket.CloseStatusDescription})";
                used += part.Count;
                if (part.EndOfMessage)
                {
                    await mailbox.WriteAsync(new ShardItem(buffer, used, null), cancellation);
                    (buffer, used) = (ArrayPool<byte>.Shared.Rent(FirstBuffer), 0);
                }
                else if (used == buffer.Length)
                {
                    if (used >= LargestMessage)
                        return "a message was too large";
                    buffer = Grow(buffer);
                }
            }
        }
        catch (WebSocketException exception)
        {
            return exception.Message;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private async Task Limited(Func<CancellationToken, Task> act, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await act(both.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("Binance did not answer in time.", exception);
        }
    }
}
