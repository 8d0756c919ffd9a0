using Lastro.Server.Platform.Postgres;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>The database of this server: the embedded one, or the one that ConnectionStrings:Lastro names; up to date when returned.</summary>
internal sealed class ServerDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private ServerDatabase(EmbeddedPostgres? embedded, string owner) => (_embedded, OwnerConnectionString) = (embedded, owner);

    /// <summary>The owner's way in: for migrations, backup, restore and verification, never for a request.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>The way in of the running server.</summary>
    public string ServerConnectionString => ServerRole.Narrow(OwnerConnectionString);

    public static async Task<ServerDatabase> Start(IConfiguration configuration, DataFolder data, CancellationToken cancellation)
    {
        var named = configuration.GetConnectionString("Lastro");
        var embedded = named is null ? await EmbeddedPostgres.Start(data, cancellation) : null;
        var database = new ServerDatabase(embedded, WithLimits(named ?? embedded!.ConnectionString));
        try
        {
            await database.Migrate(cancellation);
            return database;
        }
        catch (NpgsqlException error)
        {
            await database.DisposeAsync();
            throw new StartRefusedException($"PostgreSQL cannot be used: {error.Message}", error);
        }
        catch (StartRefusedException)
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task Migrate(CancellationToken cancellation)
    {
        await using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Pooling = false }.ConnectionString);
        await owner.OpenAsync(cancellation);
        if (owner.PostgreSqlVersion.Major < 15)
            throw new StartRefusedException($"PostgreSQL {owner.PostgreSqlVersion} is too old: 15 or newer is needed.");
        await ServerRole.Ensure(owner);
        await Migrator.Run(owner, SqlFile.BuiltIn(), cancellation);
    }

    /// <summary>A request is answered within 2 s even when the database is not: a short wait for a connection, a bounded one for a statement.</summary>
    private static string WithLimits(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Timeout")) builder.Timeout = 2;
        if (!builder.ContainsKey("Command Timeout")) builder.CommandTimeout = 15;
        return builder.ConnectionString;
    }
}
