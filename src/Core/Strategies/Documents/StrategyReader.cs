using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>JSON to document: kinds of values and names of fields. Ranges and rules are checked afterwards, on the document.</summary>
internal sealed class StrategyReader(Problems problems)
{
    private static readonly string[] _fields =
    [
        "name", "timeframe", "inputs", "define", "enter", "exit", "size", "takeProfit", "stopLoss", "trailingStop", "maxBars", "cooldownBars", "protections",
    ];

    /// <summary>A document with what could be read; null when not even a rule could be checked.</summary>
    public StrategyDocument? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(ErrorCodes.NotAnObject, "");
            return null;
        }

        var fields = Fields(json, "", _fields);
        var timeframe = Text(fields, "timeframe", "", isNeeded: true);
        var enter = Text(fields, "enter", "", isNeeded: true);
        var isKnown = Timeframe.TryParse(timeframe, out var frame);
        if (timeframe is not null && !isKnown)
        {
            problems.Add(ErrorCodes.UnknownTimeframe, "timeframe", TextPlace.Whole(timeframe), ("value", timeframe),
                ("known", string.Join(' ', Timeframe.All.Select(known => known.Code))));
        }

        var document = new StrategyDocument
        {
            Name = Text(fields, "name", "") ?? "",
            Timeframe = isKnown ? frame : Timeframe.Minute,
            Inputs = Named(fields, "inputs", Input),
            Define = Named(fields, "define", Definition),
            Enter = enter ?? "",
            Exit = Text(fields, "exit", ""),
            Size = Size(fields),
            TakeProfit = Percent(fields, "takeProfit", ""),
            StopLoss = Percent(fields, "stopLoss", ""),
            TrailingStop = Percent(fields, "trailingStop", ""),
            MaxBars = Whole(fields, "maxBars", ""),
            CooldownBars = Whole(fields, "cooldownBars", "") ?? 0,
            Protections = Protections(fields),
        };
        return enter is null || !isKnown ? null : document;
    }

    private Dictionary<string, JsonElement> Fields(JsonElement json, string path, ReadOnlySpan<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in Properties(json, path))
        {
            if (known.Contains(name))
                fields.Add(name, value);
            else if (!problems.IsFull && Suggestions.Nearest(name, known.ToArray()) is { } hint)
                problems.Add(ErrorCodes.UnknownFieldHint, path + name, ("name", name), ("hint", hint));
            else
                problems.Add(ErrorCodes.UnknownField, path + name, ("name", name));
        }

        return fields;
    }

    // A key given twice is refused: which of the two a reader means is anybody's guess.
    private IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement json, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (seen.Add(property.Name))
                yield return (property.Name, property.Value);
            else
                problems.Add(ErrorCodes.DuplicateField, path + property.Name, ("name", property.Name));
        }
    }

    private static bool IsAbsent(Dictionary<string, JsonElement> fields, string name, out JsonElement value) =>
        !fields.TryGetValue(name, out value) || value.ValueKind == JsonValueKind.Null;

    private string? Text(Dictionary<string, JsonElement> fields, string name, string path, bool isNeeded = false)
    {
        if (IsAbsent(fields, name, out var value))
        {
            if (isNeeded)
                problems.Add(ErrorCodes.MissingField, path + name, ("name", path + name));
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        problems.Add(ErrorCodes.NeedsText, path + name, ("name", path + name), ("value", value.GetRawText()));
        return null;
    }

    private OrderedDictionary<string, T> Named<T>(Dictionary<string, JsonElement> fields, string name, Func<string, JsonElement, T?> read)
        where T : notnull
    {
        var named = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        if (IsAbsent(fields, name, out var json))
            return named;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(ErrorCodes.NeedsObject, name, ("name", name), ("value", json.GetRawText()));
            return named;
        }

        foreach (var (key, value) in Properties(json, name + "."))
        {
            if (read($"{name}.{key}", value) is { } known)
                named.Add(key, known);
        }

        return named;
    }

    // A faulty input or definition keeps its name, so that no rule is refused for not finding it.
    private double Input(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        problems.Add(ErrorCodes.NeedsNumber, field, ("name", field), ("value", value.GetRawText()));
        return 1;
    }

    private string Definition(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() ?? "";
        problems.Add(ErrorCodes.NeedsText, field, ("name", field), ("value", value.GetRawText()));
        return "";
    }

    private double? Percent(Dictionary<string, JsonElement> fields, string name, string path, bool isNeeded = false)
    {
        if (IsAbsent(fields, name, out var value))
        {
            if (isNeeded)
                problems.Add(ErrorCodes.MissingField, path + name, ("name", path + name));
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Percentages.TryRead(value.GetString() ?? "", out var fraction))
            return fraction;
        problems.Add(ErrorCodes.NeedsPercent, path + name, ("name", path + name), ("value", value.GetRawText()));
        return null;
    }

    private int? Whole(Dictionary<string, JsonElement> fields, string name, string path, bool isNeeded = false)
    {
        if (IsAbsent(fields, name, out var value))
        {
            if (isNeeded)
                problems.Add(ErrorCodes.MissingField, path + name, ("name", path + name));
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number != Math.Floor(number))
        {
            problems.Add(ErrorCodes.NeedsWholeNumber, path + name, ("name", path + name), ("value", value.GetRawText()));
            return null;
        }

        return (int)Math.Clamp(number, int.MinValue, int.MaxValue); // the range is checked with the document
    }

    private Sizing Size(Dictionary<string, JsonElement> fields)
    {
        if (IsAbsent(fields, "size", out var json))
            return Sizing.AllCash;
        if (json.ValueKind == JsonValueKind.String)
            return new PercentSizing(Percent(fields, "size", "") ?? 1);
        if (json.ValueKind == JsonValueKind.Object)
        {
            if (json.TryGetProperty("fixed", out _))
                return Fixed(Fields(json, "size.", ["fixed"]));
            if (json.TryGetProperty("risk", out _))
            {
                var risk = Fields(json, "size.", ["risk", "stop"]);
                return new RiskSizing(Percent(risk, "risk", "size.", isNeeded: true) ?? 1, Text(risk, "stop", "size.", isNeeded: true) ?? "1");
            }

            if (json.TryGetProperty("kelly", out _))
            {
                var kelly = Fields(json, "size.", ["kelly", "trades", "start"]);
                return new KellySizing(
                    Percent(kelly, "kelly", "size.", isNeeded: true) ?? 1, Whole(kelly, "trades", "size.", isNeeded: true) ?? 1,
                    Percent(kelly, "start", "size.", isNeeded: true) ?? 1);
            }
        }

        problems.Add(ErrorCodes.NeedsSize, "size", ("value", json.GetRawText()));
        return Sizing.AllCash;
    }

    private FixedSizing Fixed(Dictionary<string, JsonElement> fields)
    {
        var text = Text(fields, "fixed", "size.", isNeeded: true);
        if (text is null)
            return new FixedSizing(1);
        if (text.Length is > 0 and <= 30 && char.IsAsciiDigit(text[0]) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return new FixedSizing(amount);
        problems.Add(ErrorCodes.NeedsAmount, "size.fixed", ("name", "size.fixed"), ("value", $"\"{text}\""));
        return new FixedSizing(1);
    }

    private Protections? Protections(Dictionary<string, JsonElement> fields)
    {
        if (IsAbsent(fields, "protections", out var json))
            return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(ErrorCodes.NeedsObject, "protections", ("name", "protections"), ("value", json.GetRawText()));
            return null;
        }

        const string path = "protections.";
        var inner = Fields(json, path, ["maxDrawdown", "dailyLoss", "stopGuard"]);
        var protections = new Protections
        {
            MaxDrawdown = Percent(inner, "maxDrawdown", path),
            DailyLoss = Percent(inner, "dailyLoss", path),
            StopGuard = Guard(inner, path + "stopGuard"),
        };
        return protections == new Protections() ? null : protections;
    }

    private StopGuard? Guard(Dictionary<string, JsonElement> fields, string field)
    {
        if (IsAbsent(fields, "stopGuard", out var json))
            return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(ErrorCodes.NeedsObject, field, ("name", field), ("value", json.GetRawText()));
            return null;
        }

        var path = field + ".";
        var guard = Fields(json, path, ["stops", "bars", "pause"]);
        return new StopGuard(
            Whole(guard, "stops", path, isNeeded: true) ?? 1, Whole(guard, "bars", path, isNeeded: true) ?? 1, Whole(guard, "pause", path, isNeeded: true) ?? 1);
    }
}
