using System.Globalization;
using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>What one socket remembers between its requests, and the calls about it.</summary>
internal sealed class ApiSession
{
    private const int Weight = 2;

    private readonly UserSubscriptions _users;
    private readonly ApiKeyDesk _keys;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, IWireVerb> _verbs;
    private readonly long _connectedMs;
    private volatile LogOn? _logOn;

    public ApiSession(UserSubscriptions users, ApiKeyDesk keys, TimeProvider time)
    {
        (_users, _keys, _time, _connectedMs) = (users, keys, time, time.GetUtcNow().ToUnixTimeMilliseconds());
        _verbs = new(StringComparer.Ordinal);
        Add("session.logon", WireSecurity.UserData, LogOnBy);
        Add("session.status", WireSecurity.None, (_, output) => Status(output));
        Add("session.logout", WireSecurity.None, LogOut);
        Add("session.subscriptions", WireSecurity.None, List);
        Add("userDataStream.subscribe", WireSecurity.UserStream, (call, output) => Subscribe(call, output, ofSession: true));
        Add("userDataStream.subscribe.signature", WireSecurity.UserData, (call, output) => Subscribe(call, output, ofSession: false));
        Add("userDataStream.unsubscribe", WireSecurity.None, Unsubscribe);
    }

    /// <summary>Is the field rateLimits wanted where a request does not say?</summary>
    public bool ReturnRateLimits { get; init; } = true;

    /// <summary>Who logged on; null for nobody.</summary>
    public KnownKey? LoggedOn => _logOn?.Key;

    /// <summary>The key of the request being worked on, as it was sent.</summary>
    public string? SentKey { get; set; }

    /// <summary>A call about the session itself; null for any other.</summary>
    public IWireVerb? Verb(string method) => _verbs.GetValueOrDefault(method);

    /// <summary>May the request go by what was logged on? Log-on and a subscription of one's own need a signature of their own.</summary>
    public static bool BySession(string method) => method is not ("session.logon" or "userDataStream.subscribe.signature");

    /// <summary>Called every second: what a key opened ends with it.</summary>
    public void Look()
    {
        if (_logOn is { } known && !_keys.InForce(known.Key)) _logOn = null;
        if (_users.Any) _users.EndWhere((_, heard) => !_keys.InForce(heard.Key));
    }

    private WireError? LogOnBy(WireCall call, Utf8JsonWriter output)
    {
        if (!call.Caller.Ed25519) return new WireError(-4056, "HMAC_SHA256 API key is not supported.");
        _logOn = new LogOn(call.Caller, SentKey!, _time.GetUtcNow().ToUnixTimeMilliseconds());
        return Status(output);
    }

    private WireError? LogOut(WireCall call, Utf8JsonWriter output)
    {
        _logOn = null;
        _users.EndWhere((_, heard) => heard.OfSession);
        return Status(output);
    }

    private WireError? Status(Utf8JsonWriter output)
    {
        output.WriteStartObject();
        if (_logOn is { } known)
        {
            output.WriteString("apiKey"u8, known.Text);
            output.WriteNumber("authorizedSince"u8, known.SinceMs);
        }
        else
        {
            output.WriteNull("apiKey"u8);
            output.WriteNull("authorizedSince"u8);
        }

        output.WriteNumber("connectedSince"u8, _connectedMs);
        output.WriteBoolean("returnRateLimits"u8, ReturnRateLimits);
        output.WriteNumber("serverTime"u8, _time.GetUtcNow().ToUnixTimeMilliseconds());
        output.WriteBoolean("userDataStream"u8, _users.Any);
        output.WriteEndObject();
        return null;
    }

    private WireError? List(WireCall call, Utf8JsonWriter output)
    {
        output.WriteStartArray();
        foreach (var id in _users.Ids) WriteId(output, id);
        output.WriteEndArray();
        return null;
    }

    private WireError? Subscribe(WireCall call, Utf8JsonWriter output, bool ofSession)
    {
        var (id, error) = _users.Add(call.Caller, ofSession);
        if (error is null) WriteId(output, id);
        return error;
    }

    private WireError? Unsubscribe(WireCall call, Utf8JsonWriter output)
    {
        if (call.Parameters["subscriptionId"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return WireError.Illegal("subscriptionId", WireError.Digits);
            if (!_users.End(id)) return new WireError(-2036, "User Data Stream subscription not active.");
        }
        else
        {
            _users.EndWhere((_, _) => true);
        }

        output.WriteStartObject();
        output.WriteEndObject();
        return null;
    }

    private static void WriteId(Utf8JsonWriter output, int id)
    {
        output.WriteStartObject();
        output.WriteNumber("subscriptionId"u8, id);
        output.WriteEndObject();
    }

    private void Add(string name, WireSecurity security, Func<WireCall, Utf8JsonWriter, WireError?> answer) =>
        _verbs[name] = new SessionVerb(new WireRoute("WS", name, security, Weight, name), answer);

    private sealed record LogOn(KnownKey Key, string Text, long SinceMs);

    private sealed class SessionVerb(WireRoute route, Func<WireCall, Utf8JsonWriter, WireError?> answer) : IWireVerb
    {
        public WireRoute Route => route;

        public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) => new(answer(call, output));
    }
}
