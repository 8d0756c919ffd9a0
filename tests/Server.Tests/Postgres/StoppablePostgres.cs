using System.Net;
using System.Net.Sockets;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Postgres;
using Npgsql;

namespace Lastro.Server.Tests.Postgres;

/// <summary>A PostgreSQL of its own, from the binaries that come with the server, which a test can stop without warning and start again on the same port.</summary>
internal sealed class StoppablePostgres : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private readonly int _port;

    private StoppablePostgres(DataFolder data, PostgresPrograms programs, string folder, int port) => (_data, _programs, _folder, _port) = (data, programs, folder, port);

    /// <summary>The owner's, with a new database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Database = "lastro", MaxPoolSize = 25 }.ConnectionString;

    public static async Task<StoppablePostgres> Start()
    {
        var data = DataFolder.Open(Directory.CreateTempSubdirectory("lastro-stoppable-").FullName);
        var programs = new PostgresPrograms(PostgresBinaries.Install(data), OsUser.ForPostgres());
        var folder = Directory.CreateTempSubdirectory("lastro-cluster-").FullName;
        programs.User?.Own(folder);
        var postgres = new StoppablePostgres(data, programs, folder, FreePort());
        await programs.Run("initdb", ["-D", postgres.Cluster, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"], default);
        await postgres.StartAgain();
        var superuser = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand("CREATE DATABASE lastro", connection);
        await create.ExecuteNonQueryAsync();
        return postgres;
    }

    public Task StartAgain() => _programs.Run(
        "pg_ctl", ["start", "-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60"], default);

    /// <summary>As a crash of the database: nobody is waited for, nothing is flushed.</summary>
    public Task StopImmediately() => _programs.Run("pg_ctl", ["stop", "-D", Cluster, "-m", "immediate", "-w"], default);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopImmediately();
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data.Path, recursive: true);
    }

    private string Cluster => Path.Combine(_folder, "data");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
