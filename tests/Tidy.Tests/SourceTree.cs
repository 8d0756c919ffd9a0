using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lastro.Tidy.Tests;

/// <summary>Files by their path from the project's root: the checkout itself, or a few made up to see a rule turn red.</summary>
internal sealed class SourceTree
{
    private readonly SortedDictionary<string, string> _files;

    public SourceTree(IEnumerable<(string Path, string Text)> files) =>
        _files = new(files.ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal), StringComparer.Ordinal);

    public IEnumerable<string> Paths => _files.Keys;

    public string this[string path] => _files[path];

    public static SourceTree Of(string path, string text) => new([(path, text)]);

    /// <summary>What git tracks or would track below the root, text files only.</summary>
    public static SourceTree Checkout()
    {
        var root = Root();
        var start = new ProcessStartInfo("git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start.");
        var names = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return new SourceTree(names
            .Where(name => !name.EndsWith(".png", StringComparison.Ordinal) && File.Exists(Path.Combine(root, name)))
            .Select(name => (name, File.ReadAllText(Path.Combine(root, name)))));
    }

    public bool Exists(string path) =>
        _files.ContainsKey(path) || _files.Keys.Any(p => p.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));

    public IEnumerable<(string Path, string Text)> Files(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return _files.Where(f => regex.IsMatch(f.Key)).Select(f => (f.Key, f.Value));
    }

    /// <summary>Our own C# outside of tests and benchmarks.</summary>
    public IEnumerable<(string Path, string Text)> Product => Files(@"^src/.*\.cs$");

    public static int LinesOf(string text) => text.Split('\n').Length - (text.EndsWith('\n') ? 1 : 0);

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
