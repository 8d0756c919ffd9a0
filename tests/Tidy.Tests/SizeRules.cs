namespace Lastro.Tidy.Tests;

/// <summary>How long a file may get before it is two files.</summary>
internal static class SizeRules
{
    public static readonly Rule[] All =
    [
        Rule.Longest(@"\.cs$", 400, "src/Core/Long.cs"),
        Rule.Longest(@"^src/Web/(src|e2e)/(?!.*\.gen\.).*\.(ts|tsx|css)$", 250, "src/Web/src/app/Long.tsx"),
        Rule.Longest(@"^src/Server/Program\.cs$", 80, "src/Server/Program.cs"),
        Rule.Longest(@"^README\.md$", 120, "README.md"),
        Rule.Longest(@"^(ARCHITECTURE|STYLE)\.md$", 150, "STYLE.md"),
        Rule.Longest(@"^docs/decisions/.*\.md$", 60, "docs/decisions/0001-long.md"),
        Rule.Longest(@"^src/.+/README\.md$", 25, "src/Server/Orders/README.md"),
        new Rule("A method has at most 6 parameters", TooManyParameters, SourceTree.Of(
            "src/Core/Wide.cs", "internal static void Wide(int a, int b, int c, int d, int e, int f, int g)\n{\n")),
    ];

    private static IEnumerable<string> TooManyParameters(SourceTree tree) =>
        from file in tree.Product
        from match in Rule.Matches(file.Text, @"^[ ]*(public|private|internal|protected)(?![^\n(]*\brecord\b)(?![^\n(]*=)[^\n(;]*\((?<list>[^)]*)\)")
        let parameters = Depth0Commas(match.Groups["list"].Value) + 1
        where parameters > 6
        select $"{file.Path}:{Rule.LineOf(file.Text, match.Index)} has {parameters} parameters";

    private static int Depth0Commas(string list)
    {
        var (depth, commas) = (0, 0);
        foreach (var letter in list)
        {
            depth += letter switch { '<' or '[' or '(' => 1, '>' or ']' or ')' => -1, _ => 0 };
            if (letter == ',' && depth == 0)
                commas++;
        }

        return commas;
    }
}
