using System.Security.Cryptography;
using Lastro.Server.Platform.Postgres;

namespace Lastro.Server.Platform;

/// <summary>Where this server keeps everything: the folder itself 711, secrets/ 700, pg/ 700 and PostgreSQL's user's. One server at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    public string Secrets => System.IO.Path.Combine(Path, "secrets");

    public string Postgres => System.IO.Path.Combine(Path, "pg");

    /// <summary>~/.lastro, as root /var/lib/lastro.</summary>
    public static string Default() => OsUser.IsRoot
        ? "/var/lib/lastro"
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".lastro");

    /// <summary>Makes what is missing and takes the folder for this server.</summary>
    /// <exception cref="StartRefusedException">It cannot be written, or another server works on it.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Make(path, Passable);
            Make(System.IO.Path.Combine(path, "secrets"), Private);
            Make(System.IO.Path.Combine(path, "pg"), Private);
            var file = new FileStream(System.IO.Path.Combine(path, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, file);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StartRefusedException($"The data folder {path} cannot be written: {error.Message}", error);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException && File.Exists(System.IO.Path.Combine(path, "server.lock")))
        {
            throw new StartRefusedException($"Another server already works on the data folder {path}.", error);
        }
        catch (IOException error)
        {
            throw new StartRefusedException($"The data folder {path} cannot be written: {error.Message}", error);
        }
    }

    /// <summary>A secret of 256 bits by name, made at the first request, in a file that only this user reads.</summary>
    public Secret Secret(string name)
    {
        var path = System.IO.Path.Combine(Secrets, name);
        if (File.Exists(path)) return new Secret(File.ReadAllText(path).Trim());
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(path + ".new", options))
            file.Write(secret);
        File.Move(path + ".new", path);
        return new Secret(secret);
    }

    public void Dispose() => _lock.Dispose();

    private static void Make(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (!Directory.Exists(path)) Directory.CreateDirectory(path, mode);
        if (File.GetUnixFileMode(path) != mode) File.SetUnixFileMode(path, mode);
    }
}
