using System.Diagnostics;
using System.Text.Json;
using Lastro.Core.Strategies;
using Xunit.Abstractions;

namespace Lastro.Core.Tests.Strategies;

/// <summary>
/// The reference backtester's parser and checks, written from the text alone, against ours: its random documents, and the same ones
/// damaged. Accepted and refused must agree; field, line and column too, but for texts with two faults, of which the reference may tell
/// the other.
/// </summary>
public sealed class ReferenceLanguageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    // One document a line with what the reference says of it. Damage is a token removed, doubled, swapped or replaced by one of another document.
    private const string Script = """
        import { randomDocuments } from './random-documents.mjs';
        import { readDocument } from './document.mjs';
        import { createRandom } from './random.mjs';
        const [seed, count] = process.argv.slice(1).map(Number);
        const random = createRandom(seed);
        const { documents } = randomDocuments(seed, count);
        const cut = (text) => text.match(/"[^"]*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|<=|>=|==|!=|\s+|./gs) ?? [];
        const all = documents.flatMap(({ enter, define }) => [enter, ...Object.values(define)]).flatMap(cut);
        const extra = ['=', '.5', '5.', '"', 'é', '1e999', '0', '-1', '1.5', 'true', 'close', ')', '(', ']', '', '\n', 'and', 'not ', 'bollinger', 'on', '"5m"', '"9h"', 'macd', '"'];
        function damaged(text) {
          const tokens = cut(text);
          const at = random.integer(0, tokens.length - 1);
          const other = random.chance(0.5) ? random.pick(all) : random.pick(extra);
          random.pick([
            () => tokens.splice(at, 1), () => tokens.splice(at, 0, tokens[at]), () => tokens.splice(at, 1, other), () => tokens.splice(at, 0, other),
            () => { const to = random.integer(0, tokens.length - 1); [tokens[at], tokens[to]] = [tokens[to], tokens[at]]; },
          ])();
          return tokens.join('');
        }
        function tell(document) {
          let refused = null;
          try { readDocument(document); } catch (error) {
            if (error.constructor.name !== 'Refusal') throw error;
            refused = { field: error.field ?? '', line: error.line ?? 1, column: error.column ?? 1, message: error.message };
          }
          process.stdout.write(`${JSON.stringify({ document, refused })}\n`);
        }
        for (const document of documents) {
          tell(document);
          for (let i = 0; i < 4; i++) {
            const names = Object.keys(document.define);
            const field = random.chance(0.3) && names.length ? random.pick(names) : null;
            tell(field ? { ...document, define: { ...document.define, [field]: damaged(document.define[field]) } } : { ...document, enter: damaged(document.enter) });
          }
        }
        """;

    [Fact]
    public async Task Ours_and_the_reference_accept_and_refuse_the_same()
    {
        var (compared, refused, samePlace, ranges) = (0, 0, 0, 0);
        var differences = new List<string>();
        foreach (var line in (await Reference("7", "400")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var (document, verdict) = (json.RootElement.GetProperty("document").GetRawText(), json.RootElement.GetProperty("refused"));
            Strategy.Read(document, out var errors);
            compared++;
            var isRefused = verdict.ValueKind == JsonValueKind.Object;
            if ((errors.Count > 0) != isRefused)
            {
                // The catalog's ranges are its own: windows end at 10,000 rows, a factor may be 0, a step is at most 1.
                if (isRefused ? verdict.GetProperty("message").GetString() == "must be above 0" : errors.All(error => error.Code == "setting_out_of_range"))
                {
                    ranges++;
                    continue;
                }

                differences.Add($"{verdict} ours {string.Join(" | ", errors)}: {document}");
                continue;
            }

            if (errors.Count == 0)
                continue;
            refused++;
            var (field, row, column) = (verdict.GetProperty("field").GetString(), verdict.GetProperty("line").GetInt32(), verdict.GetProperty("column").GetInt32());
            if (errors.Any(error => error.Field == field && error.Line == row && error.Column == column))
                samePlace++;
        }

        output.WriteLine($"{compared} compared, {refused} refused, {samePlace} of them at the same place, {ranges} by the range of a setting only, {differences.Count} differ");
        differences.ShouldBeEmpty();
        ranges.ShouldBeLessThan(compared / 200);
        refused.ShouldBeInRange(compared / 5, compared);
        samePlace.ShouldBeGreaterThan(refused * 9 / 10);
    }

    private static async Task<string> Reference(string seed, string count)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", Script, seed, count])
        {
            WorkingDirectory = Path.Combine(Root(), "tests", "reference-backtester"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            var (text, errors) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
            await node.WaitForExitAsync(patience.Token);
            node.ExitCode.ShouldBe(0, await errors);
            return await text;
        }
        finally
        {
            if (!node.HasExited)
                node.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
