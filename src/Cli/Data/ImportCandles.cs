using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

internal static class ImportCandles
{
    public static void Run(Arguments arguments)
    {
        var symbol = DataFolder.SymbolOf(arguments, arguments.Words);
        var import = DataFolder.Store(arguments).Import(arguments.Words, symbol);
        Answer(arguments, import);
    }

    /// <summary>What was written, for people or machines.</summary>
    public static void Answer(Arguments arguments, CandleImport import)
    {
        using var output = Utf8Out.Standard();
        if (arguments.Has("--json"))
        {
            using var json = new Utf8JsonWriter(output);
            json.WriteStartObject();
            json.WriteString("file", import.Path);
            SpansText.Write(json, import.Spans, gaps: 20);
            json.WriteStartArray("read");
            foreach (var (path, form, rows) in import.Read)
            {
                json.WriteStartObject();
                json.WriteString("file", path);
                json.WriteString("form", form);
                json.WriteNumber("rows", rows);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            output.Write((byte)'\n');
            return;
        }

        foreach (var (path, form, rows) in import.Read)
            output.Line($"{path}: {form}, {Shown.Count(rows)} rows");
        output.Line($"{import.Path}: {SpansText.Of(import.Spans)}");
    }
}
