using Dapper;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Postgres;
using Npgsql;

namespace Lastro.Server.Tests.Host;

/// <summary>One embedded PostgreSQL for the whole assembly; every host gets a database of its own, copied from a migrated one.</summary>
internal static class TestPostgres
{
    private const string Template = "lastro_template";

    private static readonly SemaphoreSlim _gate = new(1);
    private static EmbeddedPostgres? _server;
    private static int _databases;

    /// <summary>An empty, migrated database: its owner's connection string.</summary>
    public static async Task<string> NewDatabase()
    {
        await _gate.WaitAsync();
        try
        {
            _server ??= await StartServer();
            var name = $"test_{++_databases}";
            await Execute(_server.ConnectionString, $"CREATE DATABASE {name} TEMPLATE {Template}");
            return In(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A database without any table.</summary>
    public static async Task<string> BareDatabase()
    {
        await NewDatabase();
        var name = $"bare_{Interlocked.Increment(ref _databases)}";
        await Execute(_server!.ConnectionString, $"CREATE DATABASE {name}");
        return In(name);
    }

    private static async Task<EmbeddedPostgres> StartServer()
    {
        var data = DataFolder.Open(Directory.CreateTempSubdirectory("lastro-postgres-").FullName);
        var server = await EmbeddedPostgres.Start(data, CancellationToken.None);
        _server = server;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, data);
        await Execute(server.ConnectionString, $"CREATE DATABASE {Template}");
        await using var owner = new NpgsqlConnection(In(Template));
        await owner.OpenAsync();
        await ServerRole.Ensure(owner);
        await Migrator.Run(owner, SqlFile.BuiltIn(), CancellationToken.None);
        return server;
    }

    private static void Stop(EmbeddedPostgres server, DataFolder data)
    {
        NpgsqlConnection.ClearAllPools();
#pragma warning disable VSTHRD002 // The process ends here; nothing is left to await it.
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        data.Dispose();
        Directory.Delete(data.Path, recursive: true);
    }

    private static string In(string database) =>
        new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = database, Pooling = database != Template, MaxPoolSize = 25 }.ConnectionString;

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
