using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Tests.Host;
using Npgsql;

namespace Lastro.Server.Tests.Postgres;

/// <summary>A PostgreSQL that somebody else runs (Debian's where it is installed), entered by an owner who is no superuser.</summary>
public sealed class ExternalPostgresTests : IAsyncLifetime
{
    private DebianPostgres? _debian;

    public async Task InitializeAsync() => _debian = await DebianPostgres.StartIfInstalled();

    public async Task DisposeAsync()
    {
        if (_debian is not null) await _debian.DisposeAsync();
    }

    [Fact]
    public async Task An_owner_without_superuser_rights_runs_everything_and_the_server_stays_narrow()
    {
        var owner = await NewOwner(_debian?.Superuser ?? await TestPostgres.BareDatabase());
        await using var host = await TestHost.Start(configure: null, owner);
        await host.NewUser();

        await using var narrow = new NpgsqlConnection(ServerRole.Narrow(owner));
        foreach (var sql in new[] { "UPDATE postings SET amount = amount", "DELETE FROM journals", "TRUNCATE postings", "UPDATE balances SET available = 1" })
            (await Should.ThrowAsync<PostgresException>(() => narrow.ExecuteAsync(sql))).SqlState.ShouldBe("42501", sql);
    }

    private static async Task<string> NewOwner(string superuser)
    {
        var name = $"owner_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(superuser);
        await connection.ExecuteAsync($"CREATE ROLE {name} LOGIN CREATEROLE NOSUPERUSER PASSWORD 'of this test'");
        if (await connection.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ServerRole.Name}')"))
            await connection.ExecuteAsync($"GRANT {ServerRole.Name} TO {name}");
        await connection.ExecuteAsync($"CREATE DATABASE {name} OWNER {name}");
        return new NpgsqlConnectionStringBuilder(superuser) { Username = name, Password = "of this test", Database = name, MaxPoolSize = 25 }.ConnectionString;
    }
}
