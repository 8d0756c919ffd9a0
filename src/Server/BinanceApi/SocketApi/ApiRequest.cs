using System.Buffers;
using System.Text;
using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>A request of the WebSocket API, read: <c>{"id","method","params"}</c>.</summary>
internal sealed record ApiRequest
{
    private const int MostParameters = 100;
    private const int LongestId = 36;

    private static readonly SearchValues<char> _idLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>As JSON, to be sent back as it came.</summary>
    public string Id { get; private set; } = "null";

    /// <summary>Without the version.</summary>
    public string Method { get; private set; } = "";

    /// <summary>Without key and signature.</summary>
    public WireParameters Parameters { get; } = new();

    public string? Key { get; private set; }

    public string? Signature { get; private set; }

    /// <summary>Null where the request does not say; then the connection's own wish counts.</summary>
    public bool? ReturnRateLimits { get; private set; }

    /// <summary>
    /// What is signed: all parameters but the signature, sorted by name, numbers as they were written (0.001, 1e-05). The key is among them.
    /// </summary>
    public byte[] Payload { get; private set; } = [];

    /// <summary>Reads a message. Whatever is wrong with it, what could be read of the id is there for the answer.</summary>
    public static (ApiRequest Request, WireError? Error) Read(ReadOnlyMemory<byte> message)
    {
        var request = new ApiRequest();
        try
        {
            using var document = JsonDocument.Parse(message);
            return (request, request.Take(document.RootElement));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is text that is no Unicode: it can be parsed, but not read.
            return (request, new WireError(-1135, "Invalid JSON Request"));
        }
    }

    private WireError? Take(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return new WireError(-1135, "Invalid JSON Request");
        if (root.TryGetProperty("id"u8, out var id) && !TakeId(id)) return WireError.Illegal("id", "^[a-zA-Z0-9-_]{1,36}$");
        if (!root.TryGetProperty("method"u8, out var method) || method.ValueKind != JsonValueKind.String) return WireError.Missing("method");
        var name = method.GetString()!;
        Method = name.StartsWith("v3/", StringComparison.Ordinal) ? name[3..] : name;
        if (!root.TryGetProperty("params"u8, out var parameters) || parameters.ValueKind == JsonValueKind.Null) return null;
        return parameters.ValueKind == JsonValueKind.Object ? TakeParameters(parameters) : new WireError(-1135, "Invalid 'params' in JSON request; expected an object.");
    }

    private bool TakeId(JsonElement id)
    {
        switch (id.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.Number when id.TryGetInt64(out _):
            case JsonValueKind.String when id.GetString() is { Length: > 0 and <= LongestId } text && !text.AsSpan().ContainsAnyExcept(_idLetters):
                Id = id.GetRawText();
                return true;
            default:
                return false;
        }
    }

    private WireError? TakeParameters(JsonElement parameters)
    {
        var all = new List<(string Name, string Value)>();
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (Text(parameter.Value) is not { } value) continue;
            if (all.Count >= MostParameters) return WireError.TooManyParameters;
            all.Add((parameter.Name, value));
        }

        all.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (var i = 1; i < all.Count; i++)
        {
            if (all[i].Name == all[i - 1].Name) return WireError.Duplicate;
        }

        return Sort(all);
    }

    private WireError? Sort(List<(string Name, string Value)> all)
    {
        var payload = new StringBuilder();
        foreach (var (name, value) in all)
        {
            if (name == "signature")
            {
                Signature = value;
                continue;
            }

            if (payload.Length > 0) payload.Append('&');
            payload.Append(name).Append('=').Append(value);
            if (name == "apiKey") Key = value;
            else Parameters.Add(name, value);
            if (name != "returnRateLimits") continue;
            if (value is not ("true" or "false")) return WireError.Illegal("returnRateLimits", "^(true|false)$");
            ReturnRateLimits = value == "true";
        }

        Payload = Encoding.UTF8.GetBytes(payload.ToString());
        return null;
    }

    /// <summary>As it is signed; null for a parameter that says nothing.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };
}
