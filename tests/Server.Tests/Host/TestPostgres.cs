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
    private static DataFolder? _data;
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

    /// <summary>With the last test of the run.</summary>
    public static async Task Stop()
    {
        if (_server is null) return;
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        _data?.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartServer()
    {
        var data = DataFolder.Open(Directory.CreateTempSubdirectory("lastro-postgres-").FullName);
        var server = await EmbeddedPostgres.Start(data, CancellationToken.None);
        _server = server;
        _data = data;
        await Execute(server.ConnectionString, $"CREATE DATABASE {Template}");
        await using var owner = new NpgsqlConnection(In(Template));
        await owner.OpenAsync();
        await ServerRole.Ensure(owner);
        await Migrator.Run(owner, SqlFile.BuiltIn(), CancellationToken.None);
        return server;
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
