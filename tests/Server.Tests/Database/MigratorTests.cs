using Dapper;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Database;
using Lastro.Server.Tests.Host;
using Npgsql;

namespace Lastro.Server.Tests.Database;

public sealed class MigratorTests
{
    private static readonly SqlFile _first = new(1, "0001_first.sql", "CREATE TABLE first (id int);");

    [Fact]
    public async Task Each_file_runs_once_and_in_order()
    {
        await using var owner = await Open();
        var second = new SqlFile(2, "0002_second.sql", "ALTER TABLE first ADD name text;");
        (await Migrator.Run(owner, [_first, second], default)).ShouldBe(["0001_first.sql", "0002_second.sql"]);
        (await Migrator.Run(owner, [_first, second], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_old_file_is_refused_by_name()
    {
        await using var owner = await Open();
        await Migrator.Run(owner, [_first], default);
        var refused = await Should.ThrowAsync<StartRefusedException>(() => Migrator.Run(owner, [_first with { Text = "SELECT 1;" }], default));
        refused.Message.ShouldContain("0001_first.sql");
        refused.Message.ShouldContain("may not change");
    }

    [Fact]
    public async Task A_file_that_fails_half_way_leaves_nothing()
    {
        await using var owner = await Open();
        var broken = new SqlFile(1, "0001_broken.sql", "CREATE TABLE half (id int); SELECT 1/0;");
        (await Should.ThrowAsync<StartRefusedException>(() => Migrator.Run(owner, [broken], default))).Message.ShouldContain("division by zero");
        (await owner.ExecuteScalarAsync<bool>("SELECT to_regclass('half') IS NULL")).ShouldBeTrue();
        (await owner.ExecuteScalarAsync<int>("SELECT count(*) FROM schema_migrations")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_a_newer_server_is_refused()
    {
        await using var owner = await Open();
        await Migrator.Run(owner, [_first, new SqlFile(9, "0009_new.sql", "SELECT 1;")], default);
        (await Should.ThrowAsync<StartRefusedException>(() => Migrator.Run(owner, [_first], default))).Message.ShouldContain("0009_new.sql");
    }

    [Fact]
    public async Task Two_servers_that_start_together_run_a_file_once()
    {
        var database = await TestPostgres.BareDatabase();
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var owner = new NpgsqlConnection(database);
            await owner.OpenAsync();
            return (await Migrator.Run(owner, [_first], default)).Count;
        }));
        runs.Sum().ShouldBe(1);
    }

    [Fact]
    public async Task The_server_works_as_its_own_role()
    {
        await using var host = await TestHost.Start();
        await using var server = new NpgsqlConnection(ServerRole.Narrow(host.OwnerConnectionString));
        await server.OpenAsync();
        (await server.ExecuteScalarAsync<string>("SELECT current_user")).ShouldBe(ServerRole.Name);
        (await Should.ThrowAsync<PostgresException>(() => server.ExecuteAsync("DROP TABLE users"))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task A_pooled_connection_that_is_used_again_still_works_as_the_servers_role()
    {
        await using var host = await TestHost.Start();
        await using var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ServerRole.Narrow(host.OwnerConnectionString)) { MaxPoolSize = 1 }.ConnectionString);
        for (var use = 0; use < 3; use++)
        {
            await using var connection = await pool.OpenConnectionAsync();
            (await connection.ExecuteScalarAsync<string>("SELECT current_user")).ShouldBe(ServerRole.Name);
            (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("UPDATE postings SET amount = amount"))).SqlState.ShouldBe("42501");
            (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("DELETE FROM journals"))).SqlState.ShouldBe("42501");
        }
    }

    private static async Task<NpgsqlConnection> Open()
    {
        var owner = new NpgsqlConnection(await TestPostgres.BareDatabase());
        await owner.OpenAsync();
        return owner;
    }
}
