using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>
/// A socket of the WebSocket API. Requests are answered one after the other, in the order they came; the socket goes on reading meanwhile,
/// so that pings are answered while a call waits for the database.
/// </summary>
internal sealed class ApiSocket : WireSocket
{
    /// <summary>Requests that may wait; further ones wait in the network.</summary>
    private const int Waiting = 16;

    private readonly ApiSocketParts _parts;
    private readonly IPAddress? _from;
    private readonly ApiSession _session;
    private readonly UserSubscriptions _users;
    private readonly Channel<byte[]> _requests = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Waiting) { SingleReader = true, SingleWriter = true });

    public ApiSocket(WebSocket socket, ApiSocketParts parts, IPAddress? from, bool returnRateLimits)
        : base(socket, parts.Options, parts.Time, parts.Log)
    {
        (_parts, _from) = (parts, from);
        _users = new UserSubscriptions(parts.Events, Outbox, parts.Time);
        _session = new ApiSession(_users, parts.Keys, parts.Time) { ReturnRateLimits = returnRateLimits };
    }

    /// <summary>The weight is the limit here.</summary>
    protected override int MessagesPerSecond => 0;

    public override void Look()
    {
        base.Look();
        _session.Look();
    }

    protected override Task Begin(CancellationToken cancellation)
    {
        _ = Work(cancellation);
        return Task.CompletedTask;
    }

    protected override ValueTask Take(ReadOnlyMemory<byte> message, CancellationToken cancellation) => _requests.Writer.WriteAsync(message.ToArray(), cancellation);

    protected override byte[] Farewell(long nowMs) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"event":{"e":"serverShutdown","E":{{{nowMs}}}}}"""));

    protected override void End()
    {
        _requests.Writer.TryComplete();
        _users.Leave();
    }

    private async Task Work(CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in _requests.Reader.ReadAllAsync(cancellation))
                await Answer(message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _parts.Log.LogDebug("A socket went while its requests were worked on");
        }
#pragma warning disable CA1031 // Whatever was thrown ends this socket, and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _parts.Log.LogError(error, "A socket's request failed");
            Outbox.Close((int)WebSocketCloseStatus.InternalServerError, "internal error");
        }
    }

    private async Task Answer(byte[] message, CancellationToken cancellation)
    {
        var (request, error) = ApiRequest.Read(message);
        var verb = error is null ? _session.Verb(request.Method) ?? _parts.Verbs.Find(request.Method) : null;
        using var answer = verb is null
            ? Refuse(error ?? new WireError(-5000, $"Method {(request.Method.Length <= 64 ? request.Method : request.Method[..64])} is invalid", 404))
            : await Call(verb, request, cancellation);
        var usage = request.ReturnRateLimits ?? _session.ReturnRateLimits
            ? new ApiUsage(_parts.Limits, _from, verb is { Route.Orders: > 0 } ? answer.Key?.Account : null)
            : default(ApiUsage?);
        Outbox.Send(ApiAnswer.Write(request.Id, answer, usage, _parts.Time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private ValueTask<WireAnswer> Call(IWireVerb verb, ApiRequest request, CancellationToken cancellation)
    {
        _session.SentKey = request.Key;
        // Only who logged on may listen by the session; a key without signature is not enough.
        var alone = request.Method == "userDataStream.subscribe";
        var asked = new WireRequest(request.Parameters, request.Payload, alone ? null : request.Signature, alone ? null : request.Key, _from)
        {
            LoggedOn = ApiSession.BySession(request.Method) ? _session.LoggedOn : null,
        };
        return _parts.Caller.Call(verb, asked, cancellation);
    }

    /// <summary>Also what is no request uses weight: nobody may send nonsense without end.</summary>
    private WireAnswer Refuse(WireError error)
    {
        var answer = _parts.Answers.Rent();
        answer.Finish(_parts.Limits.Use(_from, 1) ?? error);
        return answer;
    }
}

/// <summary>What every socket of the WebSocket API needs.</summary>
internal sealed record ApiSocketParts(ApiVerbs Verbs, WireCaller Caller, WireAnswers Answers, WireLimits Limits)
{
    public required UserEvents Events { get; init; }

    public required ApiKeyDesk Keys { get; init; }

    public required SocketOptions Options { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger<ApiSocket> Log { get; init; }
}
