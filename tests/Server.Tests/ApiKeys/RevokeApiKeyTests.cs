using System.Diagnostics;
using System.Net;
using Dapper;
using Lastro.Server.Tests.Host;
using Npgsql;

namespace Lastro.Server.Tests.ApiKeys;

[Collection(KeysHost.Name)]
public sealed class RevokeApiKeyTests(KeysHost keys)
{
    private readonly TestHost _host = keys.Host;

    [Fact]
    public async Task A_revoked_key_is_dead_at_once_and_its_secret_is_gone()
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make()).Ok();
        var known = (await owner.Find(made["key"]!)).ShouldNotBeNull();
        owner.Desk.InForce(known).ShouldBeTrue();
        (await owner.Revoke(made["id"]!)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await owner.Find(made["key"]!)).ShouldBeNull();
        owner.Desk.InForce(known).ShouldBeFalse();
        (await owner.Signed(known, KeyOwner.Sign(made["secret"]!))).ShouldBeFalse();
        (await owner.List()).ShouldBeEmpty();
        ((int)(await owner.Revoke(made["id"]!)).Status).ShouldBe(404);
        await using var connection = await _host.Owner.OpenConnectionAsync();
        (await connection.QuerySingleAsync<(byte[]?, string)>("SELECT secret, revoked_reason FROM api_keys WHERE id = @id", new { id = Guid.Parse(made["id"]!) })).ShouldBe((null, "owner"));
    }

    [Fact]
    public async Task Another_node_knows_within_a_second()
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make()).Ok();
        await using var second = await TestHost.Start(configure: null, _host.OwnerConnectionString, "--Vault:MasterKey", await MasterKey());
        var desk = KeyOwner.DeskOf(second);
        (await desk.Find(made["key"]!, null, CancellationToken.None)).ShouldNotBeNull();
        var watch = Stopwatch.StartNew();
        (await owner.Revoke(made["id"]!)).Status.ShouldBe(HttpStatusCode.NoContent);
        while (await desk.Find(made["key"]!, null, CancellationToken.None) is not null)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Somebody_elses_key_is_not_found_and_lives_on()
    {
        var (mine, other) = (await KeyOwner.New(_host), await KeyOwner.New(_host));
        var made = (await mine.Make()).Ok();
        foreach (var id in new[] { made["id"]!, "x", Guid.Empty.ToString() }) ((int)(await other.Revoke(id)).Status).ShouldBe(404);
        (await mine.Find(made["key"]!)).ShouldNotBeNull();
        (await other.List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_password_ends_the_keys_made_under_the_old_one()
    {
        var owner = await KeyOwner.New(_host);
        var stranger = await KeyOwner.New(_host);
        var (made, foreign) = ((await owner.Make()).Ok(), (await stranger.Make()).Ok());
        (await owner.Find(made["key"]!)).ShouldNotBeNull();
        var changed = await owner.Trader.Send(HttpMethod.Post, "/api/v1/auth/password", new { currentPassword = "a long unlikely phrase 7", newPassword = "quite another phrase 8" });
        changed.Status.ShouldBe(HttpStatusCode.NoContent);
        var watch = Stopwatch.StartNew();
        while (await owner.Find(made["key"]!) is not null)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
            await Task.Delay(20);
        }

        (await owner.List()).ShouldBeEmpty();
        (await stranger.Find(foreign["key"]!)).ShouldNotBeNull();
    }

    private async Task<string> MasterKey() =>
        (await File.ReadAllTextAsync(Path.Combine(((Lastro.Server.Platform.DataFolder)_host.Services.GetService(typeof(Lastro.Server.Platform.DataFolder))!).Secrets, "vault.key"))).Trim();
}
