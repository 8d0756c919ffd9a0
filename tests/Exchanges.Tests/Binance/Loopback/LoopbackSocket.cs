using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>One client's connection at the loopback server: its streams, its queue, its requests.</summary>
internal sealed class LoopbackSocket(HttpContext http, WebSocket socket, Faults faults, LimitBook limits, bool wrapped)
{
    private static readonly JsonSerializerOptions Plain = new();
    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>();
    private readonly HashSet<string> _streams = new(StringComparer.Ordinal);
    private readonly Queue<long> _recent = new();
    private readonly Lock _gate = new();

    /// <summary>Called when a trade stream is subscribed for the first time.</summary>
    public required Action TradesSubscribed { get; init; }

    public bool Has(string stream)
    {
        lock (_gate)
            return _streams.Contains(stream);
    }

    /// <summary>Forgets a subscription without a word.</summary>
    public void Forget(string suffix)
    {
        lock (_gate)
            _streams.RemoveWhere(stream => stream.EndsWith(suffix, StringComparison.Ordinal));
    }

    public void Send(Sent message)
    {
        if (!Has(message.Stream) || faults.IsMute(message.Stream))
            return;
        if (faults.Take($"skip{message.Stream[message.Stream.IndexOf('@')..]}"))
            return;
        if (faults.Take("garbage"))
            _queue.Writer.TryWrite("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"p\":NaN"u8.ToArray());
        var bytes = wrapped ? message.Json : Bare(message);
        _queue.Writer.TryWrite(bytes);
        if (faults.Take("double"))
            _queue.Writer.TryWrite(bytes);
    }

    public void SendRaw(string json) => _queue.Writer.TryWrite(Encoding.UTF8.GetBytes(json));

    /// <summary>Breaks the connection as a dead line would: no close frame.</summary>
    public void Cut() => http.Abort();

    public async Task Serve(CancellationToken cancellation)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellation, http.RequestAborted);
        var sending = SendQueue(life.Token);
        try
        {
            var buffer = new byte[64 * 1024];
            for (var used = 0; ;)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(used), life.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                used += part.Count;
                if (!part.EndOfMessage)
                    continue;
                limits.Message(_recent);
                Answer(buffer.AsMemory(0, used));
                used = 0;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The line is dead: by our own cut, by the client, or because it left a ping unanswered.
            limits.Streams(_streams.Count);
        }
        finally
        {
            await life.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendQueue(CancellationToken cancellation)
    {
        await foreach (var bytes in _queue.Reader.ReadAllAsync(cancellation))
            await socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellation);
    }

    private void Answer(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request);
        var root = document.RootElement;
        var id = root.GetProperty("id").GetRawText();
        if (faults.Deaf || faults.Take("unanswered"))
            return;
        switch (root.GetProperty("method").GetString())
        {
            case "SUBSCRIBE" when faults.Take("refuse"):
                SendRaw($"{{\"error\":{{\"code\":2,\"msg\":\"Invalid request: unknown stream\"}},\"id\":{id}}}");
                break;
            case "SUBSCRIBE":
                Change(root, add: true);
                SendRaw($"{{\"result\":null,\"id\":{id}}}");
                break;
            case "UNSUBSCRIBE":
                Change(root, add: false);
                SendRaw($"{{\"result\":null,\"id\":{id}}}");
                break;
            case "LIST_SUBSCRIPTIONS":
                lock (_gate)
                    SendRaw($"{{\"result\":{JsonSerializer.Serialize(_streams, Plain)},\"id\":{id}}}");
                break;
            default:
                limits.Breach($"unknown request {root.GetRawText()}");
                break;
        }
    }

    private void Change(JsonElement request, bool add)
    {
        foreach (var item in request.GetProperty("params").EnumerateArray())
        {
            var stream = item.GetString()!;
            if (stream.Split('@')[0].Any(char.IsAsciiLetterUpper) && stream != "!miniTicker@arr")
                limits.Breach($"{stream} is not in lower case");
            lock (_gate)
            {
                _ = add ? _streams.Add(stream) : _streams.Remove(stream);
                limits.Streams(_streams.Count);
            }

            if (add && stream == "btcusdt@trade")
                TradesSubscribed();
        }
    }

    private static byte[] Bare(Sent message)
    {
        using var document = JsonDocument.Parse(message.Json);
        return Encoding.UTF8.GetBytes(document.RootElement.GetProperty("data").GetRawText());
    }
}
