using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Tests.Host;
using Npgsql;

namespace Lastro.Server.Tests.Postgres;

/// <summary>A PostgreSQL that somebody else runs, entered by an owner who is no superuser.</summary>
public sealed class ExternalPostgresTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("lastro-external-").FullName;
    private DebianPostgres? _debian;

    public async Task InitializeAsync() => _debian = await DebianPostgres.StartIfInstalled();

    public async Task DisposeAsync()
    {
        if (_debian is not null) await _debian.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task An_owner_without_superuser_rights_runs_everything_and_the_server_stays_narrow()
    {
        var owner = await NewOwner(_debian?.Superuser ?? await TestPostgres.BareDatabase());
        await using (var server = await ServerProcess.Start(_data, "--ConnectionStrings:Lastro", owner))
        {
            (await server.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "one@example.com", password = "a long unlikely phrase 7", name = "One" }))
                .StatusCode.ShouldBe(HttpStatusCode.Created);
            (await server.Terminate()).ShouldBe(0);
        }

        Directory.Exists(Path.Combine(_data, "pg/data")).ShouldBeFalse("nothing embedded is started");
        await using (var narrow = new NpgsqlConnection(ServerRole.Narrow(owner)))
        {
            foreach (var sql in new[] { "UPDATE postings SET amount = amount", "DELETE FROM journals", "TRUNCATE postings", "UPDATE balances SET available = 1" })
                (await Should.ThrowAsync<PostgresException>(() => narrow.ExecuteAsync(sql))).SqlState.ShouldBe("42501", sql);
        }

        var (code, said) = await ServerProcess.Run("backup", Path.Combine(_data, "backup"), "--Data", _data, "--ConnectionStrings:Lastro", owner);
        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_start_with_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var owner = await NewOwner(_debian?.Superuser ?? await TestPostgres.BareDatabase());
        var (code, said) = await ServerProcess.Run("--urls", $"http://127.0.0.1:{port}", "--Data", _data, "--Market", "demo", "--ConnectionStrings:Lastro", owner);
        code.ShouldBe(1);
        var line = said.Split('\n').Where(part => part.StartsWith("lastro: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldContain($"127.0.0.1:{port}");
        said.ShouldNotContain("   at ");
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
