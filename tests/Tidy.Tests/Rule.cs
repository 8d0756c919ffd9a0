using System.Text.RegularExpressions;

namespace Lastro.Tidy.Tests;

/// <summary>A rule of the house: finds its offenders in a tree. <paramref name="Red"/> is a tree that breaks it, so that each rule is seen to bite.</summary>
internal sealed record Rule(string Name, Func<SourceTree, IEnumerable<string>> Offenders, SourceTree Red)
{
    public override string ToString() => Name;

    /// <summary>A rule that forbids a pattern in the files whose path matches; in C# and TypeScript comments may say it unless <paramref name="evenInComments"/>.</summary>
    public static Rule Never(string name, string files, string pattern, SourceTree red, bool evenInComments = false) => new(name, tree =>
        from file in tree.Files(files)
        from match in Matches(evenInComments ? file.Text : Code(file.Path, file.Text), pattern)
        select $"{file.Path}:{LineOf(file.Text, match.Index)}: {match.Value.Trim()}", red);

    /// <summary>A rule that limits the lines of the files whose path matches.</summary>
    public static Rule Longest(string files, int limit, string samplePath) => new($"{files} has at most {limit} lines", tree =>
        from file in tree.Files(files)
        let lines = SourceTree.LinesOf(file.Text)
        where lines > limit
        select $"{file.Path} has {lines} lines, {limit} is the end", SourceTree.Of(samplePath, new string('\n', limit + 1)));

    /// <summary>The text with its line comments blanked out, every line where it was.</summary>
    public static string Code(string path, string text) => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".ts", StringComparison.Ordinal)
        ? Regex.Replace(text, @"(?<![:""'/\w])//[^\n]*", "", RegexOptions.None, TimeSpan.FromSeconds(10))
        : text;

    public static IEnumerable<Match> Matches(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(10));

    public static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;
}
