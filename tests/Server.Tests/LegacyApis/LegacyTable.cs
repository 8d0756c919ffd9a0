namespace Lastro.Server.Tests.LegacyApis;

/// <summary>A line of the table in docs/legacy-apis.md.</summary>
public sealed record LegacyLine(string Method, string Path, string Body, string Answer, int Status)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The table, as people read it.</summary>
internal static class LegacyTable
{
    public static IReadOnlyList<LegacyLine> Lines { get; } = [.. Read()];

    private static IEnumerable<LegacyLine> Read()
    {
        foreach (var line in File.ReadLines(Path.Combine(Root(), "docs", "legacy-apis.md")))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells is not ["", "GET" or "POST" or "PUT" or "DELETE", ..]) continue;
            cells.Length.ShouldBe(7, line);
            yield return new LegacyLine(cells[1], Bare(cells[2]), Bare(cells[3]), Bare(cells[4]), int.Parse(cells[5]));
        }
    }

    private static string Bare(string cell) => cell.Trim('`');

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lastro.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The checkout was not found.");
    }
}
