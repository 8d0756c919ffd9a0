using System.Runtime.CompilerServices;

namespace Lastro.Server.Tests.Host;

/// <summary>
/// Everything this run writes lies below one folder, gone when the run ends. What killed runs have left behind, gigabytes each, goes at the
/// start of a later one.
/// </summary>
internal static class TempRoot
{
    private const string Prefix = "lastro-tests-";
    private static readonly TimeSpan _longerThanAnyRun = TimeSpan.FromHours(3);

#pragma warning disable CA2255 // Before the first test, whichever it is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin()
    {
        foreach (var left in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*").Where(IsOld)) Remove(left);
        var root = Directory.CreateTempSubdirectory(Prefix);
        // PostgreSQL runs as another user, who has to pass through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root.FullName, File.GetUnixFileMode(root.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", root.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(root);
    }

    private static bool IsOld(DirectoryInfo folder) => folder.CreationTimeUtc < TimeProvider.System.GetUtcNow() - _longerThanAnyRun;

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or something in it still ends: a later run takes it.
        }
    }
}
