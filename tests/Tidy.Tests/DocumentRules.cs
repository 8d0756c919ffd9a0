namespace Lastro.Tidy.Tests;

/// <summary>Documents that do not rot.</summary>
internal static class DocumentRules
{
    public static readonly Rule[] All =
    [
        new Rule("Every path a document names exists", DeadPaths, SourceTree.Of("README.md", "see `src/Nowhere/Gone.cs`\n")),
        new Rule("Every link of a document leads somewhere", DeadLinks, SourceTree.Of("docs/a.md", "[there](gone.md)\n")),
        new Rule("Every option says what it is", BareOptions, SourceTree.Of(
            "src/Server/Orders/OrdersRoom.cs", "internal sealed record OrdersOptions\n{\n    public int Limit { get; init; }\n}\n")),
        Rule.Never("Only the product is spoken of", @"^(README|ARCHITECTURE|STYLE)\.md$|^docs/.*\.md$|^src/.*\.md$",
            @"(?i)\b(helper \w+'s branch|worktree|as an ai|the lead|this session)\b", SourceTree.Of("docs/a.md", "merged from the worktree\n")),
    ];

    private static IEnumerable<string> DeadPaths(SourceTree tree) =>
        from file in tree.Files(@"\.md$")
        from match in Rule.Matches(file.Text, @"`(?<path>(src|tests|bench|docs|\.ci)/[\w./-]+)`")
        let path = match.Groups["path"].Value.TrimEnd('.')
        where !tree.Exists(path) && !OnDisk(path)
        select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} names {path}";

    private static IEnumerable<string> DeadLinks(SourceTree tree) =>
        from file in tree.Files(@"\.md$")
        from match in Rule.Matches(file.Text, @"\]\((?<link>[^)#\s:]+)(#[^)]*)?\)")
        let path = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file.Path) ?? "", match.Groups["link"].Value)))
        where !tree.Exists(path) && !OnDisk(path)
        select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} links to {path}";

    private static bool OnDisk(string path) => path.EndsWith(".png", StringComparison.Ordinal) && File.Exists(Path.Combine(SourceTree.Root(), path));

    private static IEnumerable<string> BareOptions(SourceTree tree) =>
        from file in tree.Product
        from record in Rule.Matches(file.Text, @"record \w+Options\b[^{;]*\{(?<body>(?>[^{}]+|\{[^{}]*\})*)\}")
        from property in Rule.Matches(record.Groups["body"].Value, @"(?<before>[^\n]*)\n\s*public [^\n(]*\{ get;")
        where !property.Groups["before"].Value.Contains("///", StringComparison.Ordinal)
            && !property.Groups["before"].Value.TrimStart().StartsWith('[')
        select $"{file.Path}:{Rule.LineOf(file.Text, record.Index)} has an option without a word on it: {property.Value.Trim()}";
}
