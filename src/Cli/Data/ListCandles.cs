using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

internal static class ListCandles
{
    public static void Run(Arguments arguments)
    {
        var store = DataFolder.Store(arguments);
        using var output = Utf8Out.Standard();
        if (arguments.Has("--json"))
        {
            using var json = new Utf8JsonWriter(output);
            json.WriteStartArray();
            foreach (var path in store.Files())
            {
                json.WriteStartObject();
                json.WriteString("name", Name(path));
                json.WriteString("file", path);
                SpansText.Write(json, CandleStore.Scan([path]), gaps: 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.Flush();
            output.Write((byte)'\n');
            return;
        }

        List<string[]> rows = [["name", "rows", "from", "to", "gaps", "missing"]];
        foreach (var path in store.Files())
        {
            var spans = CandleStore.Scan([path]);
            var gaps = spans.Gaps();
            rows.Add([Name(path), Shown.Count(spans.Rows), Shown.Time(spans.FirstMs), Shown.Time(spans.LastMs), Shown.Count(gaps.Count), Shown.Count(gaps.Sum(gap => gap.Missing))]);
        }

        if (rows.Count == 1)
            output.Line($"no candles in {store.Folder}");
        else
            output.Write(Shown.Table(rows, 1, 4, 5));
    }

    private static string Name(string path) => Path.GetFileName(path)[..^".csv.gz".Length];
}
