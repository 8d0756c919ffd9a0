using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lastro.Server.Platform;
using Lastro.Server.Tests.Host;
using Npgsql;

namespace Lastro.Server.Tests.OneShot;

/// <summary>Backup beside a running server, restore into another database.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("lastro-backup-").FullName;

    private string Folder => Path.Combine(_home, "backup");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task What_was_backed_up_is_there_after_the_restore()
    {
        await using var host = await TestHost.Start();
        var user = await host.NewUser();
        await host.NewUser();
        (await Shot(host.OwnerConnectionString, "backup", Folder)).ShouldBe(0);
        await host.NewUser();

        var empty = await TestPostgres.NewDatabase();
        (await Shot(empty, "restore", Folder)).ShouldBe(0);
        await using var restored = new NpgsqlConnection(empty);
        (await restored.ExecuteScalarAsync<int>("SELECT count(*) FROM users")).ShouldBe(2, "the third came after the snapshot");

        await using var again = await TestHost.Start(configure: null, database: empty, settings: []);
        var login = await again.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = user.Password });
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        using var client = again.NewClient(token);
        var accounts = await client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        var account = accounts.GetProperty("items")[0].GetProperty("id").GetString();
        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/v1/accounts/{account}/balances");
        balances.GetProperty("items")[0].GetProperty("available").GetString().ShouldBe("50000");
        await again.NewUser("after@example.com");
        (await Shot(empty, "ledger", "verify")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_in_use_is_not_overwritten()
    {
        await using var host = await TestHost.Start();
        (await Shot(host.OwnerConnectionString, "backup", Folder)).ShouldBe(0);
        await host.NewUser();
        (await Shot(host.OwnerConnectionString, "restore", Folder)).ShouldBe(1);
        (await host.Owner.CreateCommand("SELECT count(*) FROM users").ExecuteScalarAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_before_anything_is_touched()
    {
        await using var host = await TestHost.Start();
        await host.NewUser();
        (await Shot(host.OwnerConnectionString, "backup", Folder)).ShouldBe(0);
        var file = Path.Combine(Folder, "tables", "users.copy.gz");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^9] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var empty = await TestPostgres.NewDatabase();
        (await Shot(empty, "restore", Folder)).ShouldBe(1);
        await using var untouched = new NpgsqlConnection(empty);
        (await untouched.ExecuteScalarAsync<int>("SELECT count(*) FROM users")).ShouldBe(0);
    }

    [Fact]
    public async Task A_backup_goes_into_a_new_folder_only()
    {
        await using var host = await TestHost.Start();
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "mine.txt"), "");
        (await Shot(host.OwnerConnectionString, "backup", Folder)).ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_words_are_wrong_usage() => (await Shot(await TestPostgres.NewDatabase(), "backup")).ShouldBe(2);

    private Task<int> Shot(string database, params string[] words) => ServerHost.Run(
        [.. words, "--Data", Path.Combine(_home, "data"), "--ConnectionStrings:Lastro", database], (builder, data) => Program.Build(builder, data));
}
