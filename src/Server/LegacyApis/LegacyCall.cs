using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lastro.Server.LegacyApis;

/// <summary>What a call answers.</summary>
internal sealed record LegacyAnswer(int Status, JsonObject Body);

/// <summary>A call on its way: what it was sent, and the way to our own API as its caller.</summary>
/// <param name="Own">Our own API.</param>
/// <param name="Path">The values of the path's placeholders, in order.</param>
/// <param name="Sent">The body; an empty object when there was none.</param>
internal sealed record LegacyRequest(OwnApi Own, IReadOnlyList<string> Path, JsonElement Sent)
{
    /// <summary>A text of the body, or a number or the query as text; null when it is not there.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Sent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                return value.ValueKind == JsonValueKind.String ? value.GetString() : Plain(value);
            if (Own.Query(name) is { Length: > 0 } asked) return asked;
        }

        return null;
    }

    // 1e-05 is a number of JSON, and no amount of ours.
    private static string Plain(JsonElement number) => number.TryGetDecimal(out var value) ? Core.Decimals.ToPlain(value) : number.GetRawText();
}

/// <summary>One call of an older API.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">With placeholders: <c>/v1/wallet/{coin}</c>.</param>
/// <param name="Answer">Makes the answer.</param>
internal sealed record LegacyCall(string Method, string Path, Func<LegacyRequest, Task<LegacyAnswer>> Answer)
{
    private readonly string[] _parts = Path.Split('/');

    /// <summary>The placeholders' values when the path is this call's, else null.</summary>
    public IReadOnlyList<string>? Match(string path)
    {
        var parts = path.Split('/');
        if (parts.Length != _parts.Length) return null;
        var values = new List<string>();
        for (var place = 0; place < parts.Length; place++)
        {
            if (_parts[place].StartsWith('{'))
            {
                if (parts[place].Length == 0) return null;
                values.Add(parts[place]);
            }
            else if (_parts[place] != parts[place])
            {
                return null;
            }
        }

        return values;
    }
}
