using System.Runtime.InteropServices;

namespace Lastro.Server.Platform.Postgres;

/// <summary>The operating-system user PostgreSQL runs as: ourselves, or, since it refuses root, another one with nothing but its folder.</summary>
internal sealed record OsUser(string Name, uint Uid, uint Gid)
{
    private static readonly string[] _candidates = ["lastro-postgres", "nobody"];

    public static bool IsRoot => !OperatingSystem.IsWindows() && geteuid() == 0;

    /// <summary>Null when the server's own user will do.</summary>
    public static OsUser? ForPostgres()
    {
        if (!IsRoot) return null;
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3)
            .ToDictionary(parts => parts[0], parts => (Uid: parts[2], Gid: parts[3]), StringComparer.Ordinal);
        foreach (var name in _candidates)
        {
            if (users.TryGetValue(name, out var ids))
                return new OsUser(name, uint.Parse(ids.Uid, Invariant), uint.Parse(ids.Gid, Invariant));
        }

        throw new StartRefusedException("PostgreSQL does not run as root and this machine has no user 'nobody' to run it as.");
    }

    /// <summary>Gives a file or folder to this user.</summary>
    public void Own(string path)
    {
        if (chown(path, Uid, Gid) != 0)
            throw new StartRefusedException($"{path} cannot be given to the user {Name} (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Has the system write to disk what it holds of every file.</summary>
    public static void Sync()
    {
        if (!OperatingSystem.IsWindows()) sync();
    }

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

#pragma warning disable SYSLIB1054 // The source generator wants a partial class; two plain imports do not.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint geteuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern void sync();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
#pragma warning restore SYSLIB1054
}
