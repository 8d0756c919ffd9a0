using System.Text.RegularExpressions;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

/// <summary>docs/strategies.md says nothing that is not so.</summary>
public sealed class LanguagePageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Root(), "docs", "strategies.md"));

    [Fact]
    public void Its_documents_are_valid()
    {
        var documents = Blocks("json").ToList();
        documents.Count.ShouldBeGreaterThan(1);
        foreach (var json in documents)
            Strategy.Read(json, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "");
    }

    [Fact]
    public void Its_rules_are_accepted()
    {
        var rules = Blocks("rule").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        rules.Count.ShouldBeGreaterThan(4);
        foreach (var rule in rules)
        {
            var strategy = Strategy.Check(new() { Timeframe = Timeframe.Parse("1h"), Enter = rule, Exit = "close < 1" }, out var errors).ShouldNotBeNull($"{rule}: {(errors.Count > 0 ? errors[0] : null)}");
            strategy.Warnings.ShouldBeEmpty(rule);
        }
    }

    [Fact]
    public void Its_lists_and_limits_are_those_of_the_code()
    {
        _page.ShouldContain($"`{string.Join(' ', Timeframe.All)}`");
        _page.ShouldContain($"`{string.Join(' ', PriceColumns.Names)}`");
        _page.ShouldContain($"`{string.Join(' ', IndicatorCatalog.All.Where(entry => entry.CostGrowsWithWindow).Select(entry => entry.Name))}`");
        foreach (var text in new[] { "256 KiB", $"{StrategyLimits.Inputs} inputs", $"{StrategyLimits.Definitions} definitions", "10,000 characters", $"{StrategyLimits.Levels} levels" })
            _page.ShouldContain(text);
        (StrategyLimits.DocumentBytes, StrategyLimits.ExpressionLength, StrategyLimits.TotalLevels, StrategyLimits.Nodes, StrategyLimits.WindowRows, StrategyLimits.TotalLagRows, StrategyLimits.SlowWindowRows)
            .ShouldBe((262_144, 10_000, 300, 4_000, 400_000, 400_000, 20_000));
    }

    private static IEnumerable<string> Blocks(string kind) => Regex.Matches(_page, $@"^```{kind}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(match => match.Groups[1].Value);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
