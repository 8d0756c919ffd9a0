using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Xunit.Abstractions;

namespace Lastro.Core.Tests.Strategies;

/// <summary>
/// Random and damaged input: nothing throws, everything ends, every refusal has a place inside the text it speaks of, and what is accepted
/// reads back from its canonical form, goes into a graph and can be said. LASTRO_FUZZ_RULES=1000000 for the long run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int _runs = int.Parse(Environment.GetEnvironmentVariable("LASTRO_FUZZ_RULES") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public void Rules_of_any_kind_are_refused_with_a_place_or_understood()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var slowest = TimeSpan.Zero;
        for (var run = 0; run < _runs; run++)
        {
            var random = new Random(run);
            var text = RandomRules.Text(random, out var manner);
            var watch = Stopwatch.StartNew();
            var outcome = Try(Document(text, random), run);
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            Count(counts, $"{manner} {(outcome is null ? "accepted" : "refused")}");
            Count(counts, outcome ?? "accepted");
        }

        Tell(counts, slowest);
        foreach (var manner in RandomRules.Manners)
            counts.GetValueOrDefault($"{manner} refused").ShouldBeGreaterThan(0, manner);
        counts["grown accepted"].ShouldBeGreaterThan(_runs / 20);
        counts["damaged accepted"].ShouldBeGreaterThan(_runs / 500);
    }

    [Fact]
    public void Documents_of_any_kind_are_refused_with_a_place_or_understood()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var slowest = TimeSpan.Zero;
        for (var run = 0; run < _runs / 4; run++)
        {
            var random = new Random(run);
            var json = RandomRules.DamagedJson(random);
            var watch = Stopwatch.StartNew();
            var strategy = Strategy.Read(json, out var errors);
            (strategy is null).ShouldBe(errors.Count > 0, $"seed {run}");
            foreach (var error in errors)
                Locate(json, error, run);
            if (strategy is not null)
            {
                var written = StrategyJson.Write(strategy.Document);
                StrategyJson.Write(StrategyJson.Read(written, out _).ShouldNotBeNull()).ShouldBe(written, $"seed {run}");
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            Count(counts, strategy is null ? errors[0].Code : "accepted");
        }

        Tell(counts, slowest);
        counts["accepted"].ShouldBeGreaterThan(_runs / 100);
        counts["invalid_json"].ShouldBeGreaterThan(_runs / 100);
    }

    private static StrategyDocument Document(string text, Random random) => new()
    {
        Timeframe = Timeframe.All[random.Next(Timeframe.All.Count)],
        Inputs = new Dictionary<string, double> { ["length"] = 14, ["low"] = 30, ["k"] = -0.5 },
        Define = new OrderedDictionary<string, string> { ["d"] = random.Next(2) == 0 ? text : "close * 2", ["b"] = "bollinger(close, length, 2)", ["up"] = "close > open" },
        Enter = random.Next(4) == 0 ? "d" : text,
        Exit = text.Length < 40 ? text : null,
        Size = random.Next(20) == 0 ? new RiskSizing(0.01, text) : Sizing.AllCash,
    };

    // The code of the first error; null when it was accepted.
    private static string? Try(StrategyDocument document, int seed)
    {
        var strategy = Strategy.Check(document, out var errors);
        if (strategy is null)
        {
            errors.ShouldNotBeEmpty($"seed {seed}");
            foreach (var error in errors)
                Place(Text(document, error.Field), error, seed);
            return errors[0].Code;
        }

        errors.ShouldBeEmpty($"seed {seed}");
        foreach (var source in strategy.Rules.Rules)
        {
            var again = RuleParser.Parse(RulePrinter.Print(source.Tree.ShouldNotBeNull()), "enter", new Problems());
            Trees.Same(source.Tree, again).ShouldBeTrue($"seed {seed}: {source.Text}");
        }

        foreach (var warning in strategy.Warnings)
            Place(Text(document, warning.Field), warning, seed);
        var graph = new RuleGraph(document.Timeframe);
        strategy.AddTo(graph);
        graph.Count.ShouldBeLessThan(2 * StrategyLimits.Nodes);
        if (seed % 4 != 0)
            return null;
        strategy.AddPlotsTo(graph);
        strategy.AddTraceTo(new RuleGraph(document.Timeframe));
        strategy.Trees().ShouldNotBeEmpty();
        foreach (var sentence in strategy.Describe((SentenceLanguage)(seed / 4 % 4)))
        {
            sentence.Text.Length.ShouldBeInRange(1, 200_000);
            sentence.Text.AsSpan().IndexOfAny('{', '|').ShouldBe(-1, $"seed {seed}: {sentence.Text}");
        }
        return null;
    }

    private static string Text(StrategyDocument document, string field) => field switch
    {
        "enter" => document.Enter,
        "exit" => document.Exit ?? "",
        "size.stop" => ((RiskSizing)document.Size).Stop,
        _ when field.StartsWith("define.", StringComparison.Ordinal) => document.Define[field["define.".Length..]],
        _ => throw new InvalidOperationException(field),
    };

    private static void Place(string text, RuleError error, int seed)
    {
        var lines = text.Split('\n');
        error.Line.ShouldBeInRange(1, lines.Length, $"seed {seed}");
        error.Column.ShouldBeInRange(1, lines[error.Line - 1].Length + 1, $"seed {seed}");
        var offset = lines.Take(error.Line - 1).Sum(line => line.Length + 1) + error.Column - 1;
        error.Length.ShouldBeInRange(0, text.Length - offset, $"seed {seed}");
        error.Message[^1].ShouldBeOneOf('.', '?');
    }

    private static void Locate(byte[] json, RuleError error, int seed)
    {
        var lines = Encoding.UTF8.GetString(json).Split('\n');
        if (StrategyJson.Locate(json, error) is not var (line, column))
        {
            error.Code.ShouldBeOneOf(["missing_field", "out_of_range", "percent_too_large"], $"seed {seed}: {error}");
            return;
        }

        line.ShouldBeInRange(1, lines.Length, $"seed {seed}: {error}");
        column.ShouldBeInRange(1, lines[line - 1].Length + 1, $"seed {seed}: {error}");
    }

    private static void Count(SortedDictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private void Tell(SortedDictionary<string, int> counts, TimeSpan slowest) =>
        output.WriteLine($"slowest {slowest.TotalMilliseconds:F1} ms; {string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}");
}
