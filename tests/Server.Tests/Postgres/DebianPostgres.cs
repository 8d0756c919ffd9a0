using System.Net;
using System.Net.Sockets;
using Lastro.Server.Platform.Postgres;
using Npgsql;

namespace Lastro.Server.Tests.Postgres;

/// <summary>Debian's PostgreSQL 15 on a cluster of its own: the oldest that the server supports.</summary>
internal sealed class DebianPostgres : IAsyncDisposable
{
    private const string Home = "/usr/lib/postgresql/15";

    private readonly PostgresPrograms _programs;
    private readonly string _folder;

    private DebianPostgres(PostgresPrograms programs, string folder, string superuser) => (_programs, _folder, Superuser) = (programs, folder, superuser);

    public string Superuser { get; }

    /// <summary>Null where it is not installed.</summary>
    public static async Task<DebianPostgres?> StartIfInstalled()
    {
        if (!File.Exists(Path.Combine(Home, "bin/initdb"))) return null;
        var programs = new PostgresPrograms(Home, OsUser.ForPostgres());
        var folder = Directory.CreateTempSubdirectory("lastro-pg15-").FullName;
        programs.User?.Own(folder);
        var port = FreePort();
        await programs.Run("initdb", ["-D", Path.Combine(folder, "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"], default);
        await programs.Run("pg_ctl", ["start", "-D", Path.Combine(folder, "data"), "-w", "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"], default);
        var superuser = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres", Database = "postgres", Pooling = false };
        return new DebianPostgres(programs, folder, superuser.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _programs.Run("pg_ctl", ["stop", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w"], default);
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
