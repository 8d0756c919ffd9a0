using System.IO.Compression;

namespace Lastro.Tests;

/// <summary>Real market data beside the checkout: LASTRO_SHARED, else a folder <c>shared</c> next to the project's root.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null on a machine without it.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A path below the folder. Only for tests marked <see cref="SharedFactAttribute"/>.</summary>
    public static string Path(string relative) =>
        System.IO.Path.Combine(Root ?? throw new InvalidOperationException("No shared folder here."), relative);

    /// <summary>The lines of a text file, unpacked when its name ends in .gz.</summary>
    public static IEnumerable<string> Lines(string relative)
    {
        using var file = File.OpenRead(Path(relative));
        using Stream stream = relative.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LASTRO_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Lastro.slnx")))
            {
                var shared = System.IO.Path.Combine(folder.Parent?.FullName ?? "/", "shared");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}

/// <summary>A test that needs a file of the shared folder; skipped, with its name, where that is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        if (SharedData.Root is null)
            Skip = $"needs shared/{relative}, which is not beside this checkout";
    }
}
