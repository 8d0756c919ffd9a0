using System.Diagnostics;
using System.Net;
using Dapper;
using Lastro.Server.Accounts;
using Lastro.Server.Platform;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task A_password_reset_on_the_command_line_ends_them_too()
    {
        var user = await _host.NewUser();
        var owner = new KeyOwner(_host, Trader.On(_host, user, await Trader.AccountOf(_host, user)));
        var made = (await owner.Make()).Ok();
        (await owner.Find(made["key"]!)).ShouldNotBeNull();
        await using var said = new StringWriter();
        (await AccountsRoom.ResetPassword(_host.Owner, [.. _host.Services.GetServices<PasswordChanged>()], user.Email, said, CancellationToken.None)).ShouldBe(0);
        for (var wait = 0; wait < 250 && await owner.Find(made["key"]!) is not null; wait++) await Task.Delay(20);
        (await owner.Find(made["key"]!)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_slips_in_while_a_key_is_revoked()
    {
        var owner = await KeyOwner.New(_host);
        for (var round = 0; round < 12; round++)
        {
            var made = (await owner.Make()).Ok();
            var gone = false;
            var late = 0;
            var askers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                for (var asked = 0; asked < 100_000; asked++)
                {
                    var before = Volatile.Read(ref gone);
                    var found = await owner.Find(made["key"]!);
                    if (before && found is not null) Interlocked.Increment(ref late);
                    if (before) return;
                }
            })).ToArray();
            // Without a pause the first look-up and the end of the key meet.
            if (round % 2 == 0) await Task.Delay(5);
            (await owner.Revoke(made["id"]!)).Status.ShouldBe(HttpStatusCode.NoContent);
            Volatile.Write(ref gone, true);
            await Task.WhenAll(askers);
            late.ShouldBe(0);
            (await owner.Find(made["key"]!)).ShouldBeNull();
        }
    }

    private async Task<string> MasterKey() =>
        (await File.ReadAllTextAsync(Path.Combine(_host.Services.GetRequiredService<DataFolder>().Secrets, "vault.key"))).Trim();
}
