using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>A socket of the market streams: which streams it hears, and the messages that change that.</summary>
internal sealed class MarketSocket(WebSocket socket, MarketSocketParts parts, IReadOnlyList<string> first) : WireSocket(socket, parts.Options, parts.Time, parts.Log)
{
    private const int BadRequest = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WireSubscription> _streams = new(StringComparer.Ordinal);
    private int _pairsSeen;
    private bool _ended;

    protected override int MessagesPerSecond => parts.Options.MessagesPerSecond;

    public override void Look()
    {
        base.Look();
        EndKeys();
        // A pair that was not there may be by now: the source opens after the server, and lists new pairs.
        if (_pairsSeen == parts.Catalog.Pairs) return;
        _pairsSeen = parts.Catalog.Pairs;
        lock (_gate)
        {
            foreach (var stream in _streams.Values) Join(stream);
        }
    }

    protected override Task Begin(CancellationToken cancellation)
    {
        _pairsSeen = parts.Catalog.Pairs;
        foreach (var name in first) Subscribe(name);
        return Task.CompletedTask;
    }

    protected override ValueTask Take(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            Outbox.Send(Answer(document.RootElement));
        }
        catch (JsonException error)
        {
            Outbox.Send(StreamReply.Error(null, 3, $"Invalid JSON: expected value at line {error.LineNumber + 1} column {error.BytePositionInLine + 1}"));
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode can be parsed, but not read.
            Outbox.Send(StreamReply.Error(null, 3, "Invalid JSON: expected value at line 1 column 1"));
        }

        return ValueTask.CompletedTask;
    }

    protected override byte[] Farewell(long nowMs) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"e":"serverShutdown","E":{{{nowMs}}}}""") is var bare && Outbox.Combined
        ? $$$"""{"stream":"!serverShutdown","data":{{{bare}}}}"""
        : bare);

    protected override void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var stream in _streams.Values) Leave(stream);
            _streams.Clear();
        }
    }

    private byte[] Answer(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) return Bad(null, "Invalid request: invalid type");
        if (!StreamReply.TryId(message, out var id)) return Bad(null, StreamReply.BadId);
        if (!message.TryGetProperty("method"u8, out var method) || method.ValueKind != JsonValueKind.String) return Bad(id, "Invalid request: missing field `method` at line 1 column 1");
        var parameters = message.TryGetProperty("params"u8, out var sent) && sent.ValueKind == JsonValueKind.Array ? sent : default;
        return method.GetString() switch
        {
            "SUBSCRIBE" => Change(id, parameters, on: true),
            "UNSUBSCRIBE" => Change(id, parameters, on: false),
            "LIST_SUBSCRIPTIONS" => List(id),
            "SET_PROPERTY" => Set(id, parameters),
            "GET_PROPERTY" => Get(id, parameters),
            var other => Bad(id, $"Invalid request: unknown variant `{Short(other!)}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 28"),
        };
    }

    private byte[] Change(JsonElement id, JsonElement names, bool on)
    {
        if (names.ValueKind != JsonValueKind.Array) return Bad(id, "Invalid request: missing field `params`");
        foreach (var name in names.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String || (on && !parts.Known(name.GetString()!))) return Bad(id, "Invalid request: invalid stream");
        }

        lock (_gate)
        {
            if (on && _streams.Count + names.GetArrayLength() > parts.Options.StreamsPerSocket)
                return Bad(id, $"Invalid request: too many streams, the limit is {parts.Options.StreamsPerSocket}");
        }

        foreach (var name in names.EnumerateArray())
        {
            if (on) Subscribe(name.GetString()!);
            else Unsubscribe(name.GetString()!);
        }

        return StreamReply.Result(id);
    }

    private void Subscribe(string name)
    {
        lock (_gate)
        {
            if (_ended || _streams.ContainsKey(name)) return;
            var stream = new WireSubscription(name, Outbox);
            _streams[name] = stream;
            Join(stream);
        }
    }

    private void Join(WireSubscription stream)
    {
        if (stream.Topic is not null || stream.Listening is not null) return;
        if (parts.Catalog.Find(stream.Name) is { } topic)
        {
            stream.Topic = topic;
            topic.Add(stream);
        }
        else
        {
            stream.Listening = parts.Users?.Listen(stream.Name, Outbox);
        }
    }

    private static void Leave(WireSubscription stream)
    {
        stream.Topic?.Remove(stream);
        stream.Listening?.Dispose();
    }

    /// <summary>A listen key that has ended takes its events with it.</summary>
    private void EndKeys()
    {
        lock (_gate)
        {
            foreach (var (name, stream) in _streams)
            {
                if (stream.Listening is null || parts.Users!.Known(name)) continue;
                Leave(stream);
                _streams.Remove(name);
                Outbox.Send(UserStreams.Expired(name, parts.Time.GetUtcNow().ToUnixTimeMilliseconds(), Outbox.Combined));
            }
        }
    }

    private void Unsubscribe(string name)
    {
        lock (_gate)
        {
            if (_streams.Remove(name, out var stream)) Leave(stream);
        }
    }

    private byte[] List(JsonElement id)
    {
        string[] names;
        lock (_gate) names = [.. _streams.Keys];
        return StreamReply.Result(id, json =>
        {
            json.WriteStartArray();
            foreach (var name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        });
    }

    private byte[] Set(JsonElement id, JsonElement parameters)
    {
        if (Property(id, parameters, 2) is { } error) return error;
        var value = parameters[1];
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return StreamReply.Error(id, 1, "Invalid value type: expected Boolean");
        Outbox.Combined = value.GetBoolean();
        return StreamReply.Result(id);
    }

    private byte[] Get(JsonElement id, JsonElement parameters) =>
        Property(id, parameters, 1) ?? StreamReply.Result(id, json => json.WriteBooleanValue(Outbox.Combined));

    private static byte[]? Property(JsonElement id, JsonElement parameters, int count)
    {
        var sent = parameters.ValueKind == JsonValueKind.Array ? parameters.GetArrayLength() : 0;
        if (sent == 0 || parameters[0].ValueKind != JsonValueKind.String) return Bad(id, "Invalid request: property name must be a string");
        if (parameters[0].GetString() != "combined") return StreamReply.Error(id, 0, "Unknown property");
        if (sent > count) return Bad(id, "Invalid request: too many parameters");
        return sent < count ? StreamReply.Error(id, 1, "Invalid value type: expected Boolean") : null;
    }

    private static byte[] Bad(JsonElement? id, string message) => StreamReply.Error(id, BadRequest, message);

    private static string Short(string text) => text.Length <= 64 ? text : text[..64];
}

/// <summary>What every market socket needs.</summary>
internal sealed record MarketSocketParts(StreamCatalog Catalog, SocketOptions Options, TimeProvider Time, ILogger Log)
{
    /// <summary>Null where there are no listen keys.</summary>
    public UserStreams? Users { get; init; }

    /// <summary>Can it be a stream? Binance takes any name of the form and stays silent about what does not exist.</summary>
    public bool Known(string name) => StreamName.Plausible(name) || Users is { } users && users.Known(name);
}
