using System.Text.Json;
using Lastro.Cli.Output;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

/// <summary>The times of a file's rows, for people and machines.</summary>
internal static class SpansText
{
    public static string Of(CandleSpans spans)
    {
        var gaps = spans.Gaps();
        var told = gaps.Count == 0 ? "no gaps" : $"{Shown.Count(gaps.Count)} gaps, {Shown.Count(gaps.Sum(gap => gap.Missing))} rows missing";
        return $"{Shown.Count(spans.Rows)} rows of {spans.Timeframe?.Code ?? $"{spans.StepMs} ms"}, {Shown.Time(spans.FirstMs)} to {Shown.Time(spans.LastMs)} UTC, {told}";
    }

    /// <summary>Writes rows, timeframe, from, to, and at most so many gaps into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, CandleSpans spans, int gaps)
    {
        var all = spans.Gaps();
        json.WriteNumber("rows", spans.Rows);
        json.WriteString("timeframe", spans.Timeframe?.Code);
        json.WriteNumber("stepMs", spans.StepMs);
        json.WriteNumber("from", spans.FirstMs);
        json.WriteNumber("to", spans.LastMs);
        json.WriteNumber("gapCount", all.Count);
        json.WriteNumber("missing", all.Sum(gap => gap.Missing));
        json.WriteStartArray("gaps");
        foreach (var gap in all.Take(gaps))
        {
            json.WriteStartObject();
            json.WriteNumber("after", gap.AfterMs);
            json.WriteNumber("before", gap.BeforeMs);
            json.WriteNumber("missing", gap.Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
