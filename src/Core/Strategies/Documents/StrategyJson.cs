using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Lastro.Core.Strategies;

/// <summary>
/// Documents as JSON. Reading refuses unknown fields, keys given twice and values of the wrong kind; null is absent.
/// Writing is canonical: what was written reads back and is written the same, byte for byte.
/// </summary>
public static class StrategyJson
{
    private static readonly JsonWriterOptions _written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of a JSON text; null with <paramref name="errors"/> when it is refused. Its rules are not checked yet.</summary>
    public static StrategyDocument? Read(string json, out IReadOnlyList<RuleError> errors)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), out errors);
    }

    /// <summary>The document of a JSON text in UTF-8; null with <paramref name="errors"/> when it is refused. Its rules are not checked yet.</summary>
    public static StrategyDocument? Read(ReadOnlySpan<byte> json, out IReadOnlyList<RuleError> errors)
    {
        var problems = new Problems();
        var document = Read(json, problems);
        errors = problems.Found;
        return problems.Any ? null : document;
    }

    /// <summary>The document as indented JSON with every field of the plain form, those that are off as null.</summary>
    public static string Write(StrategyDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _written))
            Write(document, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The document as a value of a larger JSON.</summary>
    public static void Write(StrategyDocument document, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("name", document.Name);
        writer.WriteString("timeframe", document.Timeframe.Code);
        writer.WriteStartObject("inputs");
        foreach (var (name, value) in document.Inputs)
            writer.WriteNumber(name, value);
        writer.WriteEndObject();
        writer.WriteStartObject("define");
        foreach (var (name, text) in document.Define)
            writer.WriteString(name, text);
        writer.WriteEndObject();
        writer.WriteString("enter", document.Enter);
        writer.WriteString("exit", document.Exit);
        writer.WritePropertyName("size");
        WriteSize(document.Size, writer);
        WritePercent(writer, "takeProfit", document.TakeProfit);
        WritePercent(writer, "stopLoss", document.StopLoss);
        WritePercent(writer, "trailingStop", document.TrailingStop);
        if (document.MaxBars is { } bars)
            writer.WriteNumber("maxBars", bars);
        else
            writer.WriteNull("maxBars");
        writer.WriteNumber("cooldownBars", document.CooldownBars);
        if (document.Protections is { } protections)
            WriteProtections(protections, writer);
        writer.WriteEndObject();
    }

    /// <summary>Where in the JSON the place of an error is, line and column from 1: for errors that name a line of their field's text.</summary>
    /// <returns>Null when the field is not in the JSON; then the error speaks of something missing.</returns>
    public static (int Line, int Column)? Locate(ReadOnlySpan<byte> json, RuleError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Field.Length == 0 ? (error.Line, error.Column) : JsonPlaces.Find(json, error);
    }

    internal static StrategyDocument? Read(ReadOnlySpan<byte> json, Problems problems)
    {
        if (json.Length > StrategyLimits.DocumentBytes)
        {
            problems.Add(ErrorCodes.DocumentTooLarge, "", ("count", Text(json.Length)), ("limit", Text(StrategyLimits.DocumentBytes)));
            return null;
        }

        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        if (!Utf8.IsValid(json))
        {
            problems.Add(ErrorCodes.InvalidJson, "");
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            using var parsed = JsonDocument.ParseValue(ref reader);
            if (!reader.Read())
                return new StrategyReader(problems).Read(parsed.RootElement);
        }
        catch (JsonException exception)
        {
            problems.Add(ErrorCodes.InvalidJson, "", JsonPlaces.Of(json, exception));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: JSON allows it, no text holds it.
            problems.Add(ErrorCodes.InvalidJson, "");
        }

        return null;
    }

    private static void WriteSize(Sizing size, Utf8JsonWriter writer)
    {
        if (size is PercentSizing percent)
        {
            writer.WriteStringValue(Percentages.Text(percent.Fraction));
            return;
        }

        writer.WriteStartObject();
        switch (size)
        {
            case FixedSizing amount:
                writer.WriteString("fixed", amount.Amount.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            case RiskSizing risk:
                WritePercent(writer, "risk", risk.Fraction);
                writer.WriteString("stop", risk.Stop);
                break;
            case KellySizing kelly:
                WritePercent(writer, "kelly", kelly.Fraction);
                writer.WriteNumber("trades", kelly.Trades);
                WritePercent(writer, "start", kelly.Start);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteProtections(Protections protections, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("protections");
        WritePercent(writer, "maxDrawdown", protections.MaxDrawdown);
        WritePercent(writer, "dailyLoss", protections.DailyLoss);
        if (protections.StopGuard is { } guard)
        {
            writer.WriteStartObject("stopGuard");
            writer.WriteNumber("stops", guard.Stops);
            writer.WriteNumber("bars", guard.Bars);
            writer.WriteNumber("pause", guard.Pause);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("stopGuard");
        }

        writer.WriteEndObject();
    }

    private static void WritePercent(Utf8JsonWriter writer, string name, double? fraction) =>
        writer.WriteString(name, fraction is { } value ? Percentages.Text(value) : null);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
