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
        var named = Named(configuration);
        var embedded = named is null ? await EmbeddedPostgres.Start(data, cancellation) : null;
        var database = new ServerDatabase(embedded, named ?? WithLimits(embedded!.ConnectionString));
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

    /// <summary>For a one-shot: the running server's database as it is, or, when none runs, as <see cref="Start"/>.</summary>
    public static async Task<ServerDatabase> Join(IConfiguration configuration, DataFolder data, CancellationToken cancellation) =>
        data.ServerRuns && Named(configuration) is null
            ? new ServerDatabase(null, WithLimits(EmbeddedPostgres.Running(data)))
            : await Start(configuration, data, cancellation);

    /// <summary>A connection of its own for the owner, for work that may take its time.</summary>
    public async Task<NpgsqlConnection> OpenOwner(CancellationToken cancellation)
    {
        var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Pooling = false, Timeout = 15, CommandTimeout = 600 }.ConnectionString);
        await owner.OpenAsync(cancellation);
        return owner;
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string? Named(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Lastro") is not { Length: > 0 } named) return null;
        try
        {
            return WithLimits(named);
        }
        catch (ArgumentException error)
        {
            throw new StartRefusedException("ConnectionStrings__Lastro cannot be read; it is written Host=...;Username=...;Password=...;Database=...", error);
        }
    }

    private async Task Migrate(CancellationToken cancellation)
    {
        await using var owner = await OpenOwner(cancellation);
        if (owner.PostgreSqlVersion.Major < 15)
            throw new StartRefusedException($"PostgreSQL {owner.PostgreSqlVersion} is too old: 15 or newer is needed.");
        await ServerRole.Ensure(owner);
        await Migrator.Run(owner, SqlFile.BuiltIn(), cancellation);
    }

    /// <summary>
    /// A request is answered within 2 s even when the database is not: a short wait for a connection, no wait for the
    /// confirmation of a cancelled statement, and <see cref="DatabaseWatch"/> for statements on the way.
    /// Nothing here leaves anything in a session (SET LOCAL, locks of transactions only), so a pooled connection needs no cleaning.
    /// </summary>
    private static string WithLimits(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = 1, CommandTimeout = 15, CancellationTimeout = 200, KeepAlive = 30, NoResetOnClose = true, MaxAutoPrepare = 64, AutoPrepareMinUsages = 3 };
        foreach (var key in new[] { "Timeout", "Command Timeout", "Cancellation Timeout", "Keepalive", "No Reset On Close", "Max Auto Prepare", "Auto Prepare Min Usages" })
        {
            if (given.ShouldSerialize(key)) builder[key] = given[key];
        }

        return builder.ConnectionString;
    }
}
