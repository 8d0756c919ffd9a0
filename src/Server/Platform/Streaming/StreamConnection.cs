using System.Data.Common;
using System.Net.WebSockets;
using System.Text.Json;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Platform.Streaming;

/// <summary>One socket: its subscriptions, its identity, and the three loops that receive, send and watch.</summary>
internal sealed class StreamConnection(StreamHub hub, StreamAuth auth, StreamOptions options, TimeProvider time, ILogger log) : IDisposable
{
    private const int RevokedCode = 4401;

    /// <summary>How long a client that must go may take to read what is on its way.</summary>
    private const int CloseGraceSeconds = 10;

    private readonly StreamOutbox _outbox = new(options, time);
    private readonly Dictionary<string, StreamSubscription> _subscriptions = new(StringComparer.Ordinal);
    private volatile StreamIdentity? _identity;

    public async Task Run(WebSocket socket, StreamIdentity? identity, CancellationToken cancellation)
    {
        _identity = identity;
        hub.Enter(this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = Guarded(() => _outbox.Run(socket, stop.Token));
        var watching = Guarded(() => Watch(stop.Token));
        var receiving = Guarded(() => new StreamReceiver(this, options, time).Run(socket, stop.Token));
        // Whichever loop ends first, the others get a moment: to answer a close, to send what says why.
        await Task.WhenAny(receiving, sending, watching);
        if (socket.State == WebSocketState.CloseReceived) Close((int)WebSocketCloseStatus.NormalClosure, "");
        await Task.WhenAny(Task.WhenAll(sending, receiving), Task.Delay(TimeSpan.FromSeconds(2), time, CancellationToken.None));
        await stop.CancelAsync();
        await Task.WhenAll(receiving, sending, watching);
        hub.Leave(this);
        foreach (var subscription in _subscriptions.Values) subscription.Topic.Remove(subscription);
    }

    public void Close(int code, string why) => _outbox.Close(code, why);

    public void Answer(object message) => _outbox.Control(JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web));

    public void Refuse(string? channel, string code, string detail) => Answer(new { op = "error", channel, code, detail });

    public async Task Authenticate(string token, CancellationToken cancellation)
    {
        StreamIdentity? identity;
        try
        {
            identity = await auth.OfToken(token, cancellation);
        }
        catch (DbException error)
        {
            log.LogWarning("A socket's token could not be checked: {Reason}", error.Message);
            Refuse(null, Problems.WireCode(ErrorCode.DatabaseUnavailable), "The token cannot be checked right now; try again.");
            return;
        }

        if (identity is null)
            Refuse(null, Problems.WireCode(ErrorCode.Unauthenticated), "The token is not valid or has expired.");
        else if (_identity is { } known && known.User != identity.User)
            Refuse(null, Problems.WireCode(ErrorCode.Forbidden), "This socket belongs to another user; open a new one.");
        else
        {
            _identity = identity;
            Answer(new { op = "authenticated" });
        }
    }

    public async Task Subscribe(string channel, CancellationToken cancellation)
    {
        var parts = channel.Split(':');
        var kind = hub.Kind(parts[0]);
        if (kind is null)
            Refuse(channel, "unknown_channel", "No such channel.");
        else if (kind.Private && _identity is null)
            Refuse(channel, Problems.WireCode(ErrorCode.Unauthenticated), "Sign in first: by cookie, or with the operation auth.");
        else if (_subscriptions.ContainsKey(channel))
            Answer(new { op = "subscribed", channel });
        else if (_subscriptions.Count >= options.ChannelsPerSocket)
            Refuse(channel, "too_many_channels", $"At most {options.ChannelsPerSocket} channels for each socket.");
        else
            await Enter(kind, channel, parts, cancellation);
    }

    public void Unsubscribe(string channel)
    {
        if (_subscriptions.Remove(channel, out var subscription)) subscription.Topic.Remove(subscription);
        Answer(new { op = "unsubscribed", channel });
    }

    public void Dispose() => _outbox.Dispose();

    private async Task Enter(ChannelKind kind, string channel, string[] parts, CancellationToken cancellation)
    {
        var user = kind.Private ? _identity?.User : null;
        var ask = new ChannelAsk(channel, parts[1..], user);
        if (kind.Check(ask) is { } refusal)
        {
            Refuse(channel, Problems.WireCode(refusal.Code), refusal.Detail);
            return;
        }

        // The name is proved good, so it may become a topic. Enter first, then take the picture: no update falls between.
        var topic = user is { } owner ? hub.Topic(channel, owner) : hub.Topic(channel);
        var subscription = new StreamSubscription(channel, topic, _outbox);
        topic.Add(subscription);
        _subscriptions[channel] = subscription;
        try
        {
            var picture = await kind.Snapshot(ask, cancellation);
            Answer(new { op = "subscribed", channel });
            _outbox.Open(subscription, picture);
        }
#pragma warning disable CA1031 // A room's mistake or a database away costs this one subscription, and the client is told.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogError(error, "No first picture of {Channel}", channel);
            _subscriptions.Remove(channel);
            topic.Remove(subscription);
            Refuse(channel, Problems.WireCode(ErrorCode.Busy), "The first picture could not be made; try again.");
        }
    }

    private async Task Watch(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var closing = 0;
        for (var second = 1; await timer.WaitForNextTickAsync(cancellation); second++)
        {
            if (_outbox.Closing && ++closing > CloseGraceSeconds) return;
            if (second % options.HeartbeatSeconds == 0) Answer(new { op = "heartbeat", time = StreamFrame.Time(time.GetUtcNow().ToUnixTimeMilliseconds()) });
            if (_outbox.Lagging()) Close(StreamOutbox.SlowCode, "too slow");
            if (second % options.SessionCheckSeconds == 0 && _identity is { } identity && !await auth.StillValid(identity, cancellation))
                Close(RevokedCode, "session revoked");
        }
    }

    /// <summary>A loop whose end, for whatever reason, ends the socket but nothing else.</summary>
    private async Task Guarded(Func<Task> loop)
    {
        try
        {
            await loop();
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            log.LogDebug(error, "A socket ended");
        }
#pragma warning disable CA1031 // Whatever a room threw, it must not pass as an unobserved failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "A socket's loop failed");
            Close((int)WebSocketCloseStatus.InternalServerError, "internal error");
        }
    }
}
