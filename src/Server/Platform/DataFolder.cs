using System.Security.Cryptography;
using Lastro.Server.Platform.Postgres;

namespace Lastro.Server.Platform;

/// <summary>Where this server keeps everything: the folder itself 711, secrets/ 700, pg/ 700 and PostgreSQL's user's. One server at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream? _lock;

    private DataFolder(string path, FileStream? @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    /// <summary>True when another process, the server, holds the folder.</summary>
    public bool ServerRuns => _lock is null;

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
        var folder = Join(path);
        return folder.ServerRuns ? throw new StartRefusedException($"Another server already works on the data folder {folder.Path}.") : folder;
    }

    /// <summary>As <see cref="Open"/>, but works beside the server that holds the folder.</summary>
    /// <exception cref="StartRefusedException">It cannot be written.</exception>
    public static DataFolder Join(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Make(path, Passable);
            Make(System.IO.Path.Combine(path, "secrets"), Private);
            Make(System.IO.Path.Combine(path, "pg"), Private);
            return new DataFolder(path, Lock(System.IO.Path.Combine(path, "server.lock")));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
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
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(path + ".new", options))
            file.Write(secret);
        File.Move(path + ".new", path);
        return new Secret(secret);
    }

    public void Dispose() => _lock?.Dispose();

    /// <summary>Null when another process has it. The system gives it back when its owner dies, however it dies.</summary>
    private static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path) && CanWrite(path))
        {
            return null;
        }
    }

    private static bool CanWrite(string path)
    {
        using var probe = new FileStream(path + ".probe", FileMode.Create, FileAccess.Write, FileShare.Read, 1, FileOptions.DeleteOnClose);
        return true;
    }

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
