using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Accounts;

/// <summary>Reads settings strictly: every key there, no other key, every value in its range; names the field at fault.</summary>
internal static class SettingsDocument
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    // What was written by an older build may lack keys of today; those take their defaults.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly Regex Locale = new("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
    private static readonly Regex Zone = new("^[A-Za-z_]{2,20}(/[A-Za-z0-9_+-]{1,30}){0,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    public static string Write(UserSettings settings) => JsonSerializer.Serialize(settings, Strict);

    /// <summary>What the database holds, with defaults for keys that are new since.</summary>
    public static UserSettings Stored(string json)
    {
        using var defaults = JsonDocument.Parse(Write(UserSettings.Default));
        using var stored = JsonDocument.Parse(json, Bounded);
        var merged = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var known in defaults.RootElement.EnumerateObject())
            merged[known.Name] = stored.RootElement.TryGetProperty(known.Name, out var value) ? value : known.Value;
        return JsonSerializer.Deserialize<UserSettings>(JsonSerializer.Serialize(merged), Strict) ?? UserSettings.Default;
    }

    /// <summary>What a client sent.</summary>
    public static (UserSettings? Settings, Refused? Refused) Read(ReadOnlySpan<byte> json)
    {
        JsonElement sent;
        try
        {
            sent = JsonElement.Parse(json, Bounded);
        }
        catch (JsonException e)
        {
            return (null, new Refused(ErrorCode.InvalidJson, Detail: e.Message));
        }

        if (sent.ValueKind != JsonValueKind.Object)
            return (null, new Refused(ErrorCode.InvalidJson, Detail: "The settings are one JSON object."));
        if (Missing(sent) is { } missing)
            return (null, Bad(missing, "required"));
        try
        {
            var settings = sent.Deserialize<UserSettings>(Strict)!;
            return Check(settings) is { } refused ? (null, refused) : (settings, null);
        }
        catch (JsonException e)
        {
            return (null, Bad(e.Path is { Length: > 2 } path ? path[2..] : "settings", "type"));
        }
    }

    private static string? Missing(JsonElement sent) =>
        Strict.GetTypeInfo(typeof(UserSettings)).Properties.Select(one => one.Name).FirstOrDefault(name => !sent.TryGetProperty(name, out _));

    private static Refused? Check(UserSettings settings)
    {
        if (settings.NumberFormat is { } format && !Locale.IsMatch(format))
            return Bad("numberFormat", "BCP 47", format);
        if (settings.TimeZone is { } zone && !Zone.IsMatch(zone))
            return Bad("timeZone", "IANA", zone);
        if (settings.Chart is not { } chart)
            return null;
        if (!Timeframe.TryParse(chart.Interval, out _))
            return Bad("chart.interval", "interval", chart.Interval);
        if (chart.Indicators.Length > ChartSettings.MostIndicators)
            return Bad("chart.indicators", $"{ChartSettings.MostIndicators}");
        if (chart.Indicators.Any(one => one is not { Length: >= 1 and <= ChartSettings.LongestIndicator }))
            return Bad("chart.indicators", $"1..{ChartSettings.LongestIndicator}");
        return null;
    }

    private static Refused Bad(string field, string limit, string? value = null) => new(ErrorCode.InvalidField, field, value, limit);
}
