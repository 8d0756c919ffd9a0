using System.Text.RegularExpressions;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class MetricsDocumentTests
{
    [Fact]
    public void The_page_names_every_figure_tool_and_warning_and_no_others()
    {
        var equity = new EquityTracker(1, Timeframe.Parse("1d"), new() { Conventions = true });
        equity.Add(0, 1);
        Chapter("## Our own convention", column: 0).ShouldBe(Metrics.Names, ignoreOrder: true);
        var tools = Conventions.All(equity, []);
        Chapter("## As other tools count", column: 0).ShouldBe(tools.Select(tool => tool.Tool));
        Chapter("## As other tools count", column: 2).ShouldBe(tools.SelectMany(tool => tool.Figures).Select(figure => figure.Name));
        Chapter("## Warnings", column: 0).ShouldBe(ReportWarnings.Codes.Keys, ignoreOrder: true);
        Chapter("## Warnings", column: 1).Order().ShouldBe(ReportWarnings.Codes.Values.SelectMany(names => names).Order());
    }

    // The names in back ticks of one column of the chapter's table.
    private static string[] Chapter(string title, int column)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "metrics.md"));
        var chapter = page[(page.IndexOf(title, StringComparison.Ordinal) + title.Length)..].Split("\n## ")[0];
        var cells = chapter.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ")[column]);
        return [.. cells.SelectMany(cell => Regex.Matches(cell, "`\\w+`", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value.Trim('`')))];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
