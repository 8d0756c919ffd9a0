using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

internal static class VerifyCandles
{
    public static void Run(Arguments arguments)
    {
        var shown = arguments.Count("--gaps", 20, 0, int.MaxValue);
        var paths = arguments.Words.Count == 0
            ? DataFolder.Store(arguments).Files()
            : [.. arguments.Words.Select(given => DataFolder.Resolve(arguments, given))];
        var faults = new List<string>();
        using (var output = Utf8Out.Standard())
        {
            using var json = arguments.Has("--json") ? new Utf8JsonWriter(output) : null;
            json?.WriteStartArray();
            foreach (var path in paths)
            {
                var (spans, fault) = Scan(path);
                if (fault is not null)
                    faults.Add(fault);
                if (json is null)
                    Tell(output, path, spans, shown);
                else
                    Tell(json, path, spans, fault, shown);
            }

            json?.WriteEndArray();
            json?.Flush();
            if (json is not null)
                output.Write((byte)'\n');
        }

        if (faults.Count == 1)
            throw new RefusedException(faults[0]);
        if (faults.Count > 1)
            throw new RefusedException($"{faults[0]} (and {faults.Count - 1} more {(faults.Count == 2 ? "file" : "files")})");
    }

    private static (CandleSpans? Spans, string? Fault) Scan(string path)
    {
        try
        {
            return (CandleStore.Scan([path]), null);
        }
        catch (InvalidDataException error)
        {
            return (null, error.Message);
        }
    }

    private static void Tell(Utf8Out output, string path, CandleSpans? spans, int shown)
    {
        output.Line(spans is null ? $"{path}: refused" : $"{path}: {SpansText.Of(spans)}");
        var gaps = spans?.Gaps() ?? [];
        foreach (var gap in gaps.Take(shown))
            output.Line($"  {Shown.Time(gap.AfterMs)} to {Shown.Time(gap.BeforeMs)}: {Shown.Count(gap.Missing)} missing");
        if (gaps.Count > shown && shown > 0)
            output.Line($"  and {Shown.Count(gaps.Count - shown)} more gaps");
    }

    private static void Tell(Utf8JsonWriter json, string path, CandleSpans? spans, string? fault, int shown)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteBoolean("valid", fault is null);
        if (fault is not null)
            json.WriteString("error", fault);
        if (spans is not null)
            SpansText.Write(json, spans, shown);
        json.WriteEndObject();
    }
}
