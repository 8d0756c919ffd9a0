using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lastro.Server.Tests.BinanceApi.Market;

/// <summary>What an answer is made of: every place in it with its JSON type, and for amounts with their number of decimals.</summary>
internal static class Shape
{
    /// <summary>Lines such as <c>$[].price: amount8</c>. Filters are told apart by their type, elements of an array by place only where it is a row of values.</summary>
    public static SortedSet<string> Of(JsonElement value)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Add(lines, "$", value);
        return lines;
    }

    private static void Add(SortedSet<string> lines, string at, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) Add(lines, $"{at}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array:
                var place = 0;
                var row = value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    && value[0].ValueKind == JsonValueKind.Number | value.EnumerateArray().All(item => Kind(item).StartsWith("amount", StringComparison.Ordinal));
                foreach (var item in value.EnumerateArray())
                {
                    var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("filterType", out var type) ? type.GetString()
                        : row ? place.ToString(CultureInfo.InvariantCulture) : "";
                    Add(lines, $"{at}[{name}]", item);
                    place++;
                }

                break;
            default:
                lines.Add($"{at}: {Kind(value)}");
                break;
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when Regex.Match(value.GetString()!, @"^-?\d+\.(?<decimals>\d+)$", RegexOptions.NonBacktracking) is { Success: true } amount => $"amount{amount.Groups["decimals"].Length}",
        JsonValueKind.String => "text",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "whole" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString(),
    };
}
