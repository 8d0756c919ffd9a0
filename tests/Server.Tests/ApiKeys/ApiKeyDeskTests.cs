using System.Text;
using System.Text.Json;
using Dapper;
using Lastro.Server.Platform.Vault;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.ApiKeys;

[Collection(KeysHost.Name)]
public sealed class ApiKeyDeskTests(KeysHost keys)
{
    private readonly TestHost _host = keys.Host;

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0", false)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public async Task Only_the_listed_addresses_may_use_it(string allowed, string from, bool may)
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make(new { allowedIps = new[] { allowed } })).Ok();
        for (var look = 0; look < 2; look++) (await owner.Find(made["key"]!, from) is not null).ShouldBe(may);
        (await owner.Find(made["key"]!)).ShouldBeNull("an unknown address is on no list");
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_stays_in_the_list()
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make(new { expiresAt = keys.Clock.GetUtcNow().AddMinutes(10) })).Ok();
        var known = (await owner.Find(made["key"]!)).ShouldNotBeNull();
        keys.Clock.Forward(TimeSpan.FromMinutes(9));
        owner.Desk.InForce(known).ShouldBeTrue();
        keys.Clock.Forward(TimeSpan.FromMinutes(1));
        owner.Desk.InForce(known).ShouldBeFalse();
        (await owner.Find(made["key"]!)).ShouldBeNull();
        (await owner.Signed(known, KeyOwner.Sign(made["secret"]!))).ShouldBeFalse();
        (await owner.List()).ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(made["id"]);
    }

    [Fact]
    public async Task What_is_no_key_is_unknown()
    {
        var owner = await KeyOwner.New(_host);
        var key = (await owner.Make()).Ok()["key"]!;
        foreach (var text in new[] { "", "x", key[..63], key + "A", key.ToUpperInvariant(), key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), "Lastro" + new string('é', 58), new string('\0', 64) })
            (await owner.Find(text)).ShouldBeNull(text);
        (await owner.Find(key)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_secret_in_anothers_row_signs_for_nobody()
    {
        var (mine, other) = (await KeyOwner.New(_host), await KeyOwner.New(_host));
        var (own, second, foreign) = ((await mine.Make()).Ok(), (await mine.Make()).Ok(), (await other.Make()).Ok());
        await using var connection = await _host.Owner.OpenConnectionAsync();
        const string swap = "UPDATE api_keys SET secret = (SELECT secret FROM api_keys WHERE id = @from) WHERE id = @to";
        await connection.ExecuteAsync(swap, new { from = Guid.Parse(own["id"]!), to = Guid.Parse(second["id"]!) });
        await connection.ExecuteAsync(swap, new { from = Guid.Parse(own["id"]!), to = Guid.Parse(foreign["id"]!) });
        await connection.ExecuteAsync("UPDATE api_keys SET secret = set_byte(secret, 100, get_byte(secret, 100) # 1) WHERE id = @id", new { id = Guid.Parse(own["id"]!) });
        foreach (var made in new[] { own, second, foreign }) (await mine.Find(made["key"]!)).ShouldBeNull();
    }

    [Fact]
    public async Task Last_use_and_calls_are_told_soon()
    {
        var owner = await KeyOwner.New(_host);
        var (made, idle) = ((await owner.Make()).Ok(), (await owner.Make()).Ok());
        for (var call = 0; call < 7; call++) (await owner.Find(made["key"]!, "192.0.2.7")).ShouldNotBeNull();
        var usage = (await owner.Trader.Get($"{KeyOwner.Path}/usage")).Ok().Body;
        usage.GetProperty("callsPerMinute").GetInt32().ShouldBe(7);
        usage.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(made["id"]);
        JsonElement used = default;
        for (var wait = 0; wait < 100 && used.ValueKind != JsonValueKind.String; wait++)
        {
            await Task.Delay(100);
            used = Of(await owner.List(), made["id"]!).GetProperty("lastUsedAt");
        }

        (keys.Clock.GetUtcNow() - used.GetDateTimeOffset()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        Of(await owner.List(), made["id"]!).GetProperty("lastUsedIp").GetString().ShouldBe("192.0.2.7");
        Of(await owner.List(), idle["id"]!).GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        keys.Clock.Forward(TimeSpan.FromMinutes(2));
        (await owner.Trader.Get($"{KeyOwner.Path}/usage")).Ok().Body.GetProperty("callsPerMinute").GetInt32().ShouldBe(0);
    }

    [SharedFact("data/payloads/binance_hmac_vectors.jsonl")]
    public async Task The_documented_vector_of_Binance_verifies()
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make()).Ok();
        var vaultKey = Guid.Parse(made["id"]!);
        foreach (var line in SharedData.Lines("data/payloads/binance_hmac_vectors.jsonl").Where(line => line.Length > 0))
        {
            var vector = JsonElement.Parse(line);
            var place = new VaultPlace(new(owner.Trader.User), vaultKey, "api_keys.secret");
            var secret = _host.Services.GetRequiredService<SecretVault>().Seal(place, Encoding.ASCII.GetBytes(vector.GetProperty("secretKey").GetString()!));
            await using (var connection = await _host.Owner.OpenConnectionAsync())
                await connection.ExecuteAsync("UPDATE api_keys SET secret = @secret WHERE id = @vaultKey", new { secret, vaultKey });
            var known = (await owner.Find(made["key"]!)).ShouldNotBeNull();
            var payload = Encoding.UTF8.GetBytes(vector.GetProperty("payload").GetString()!);
            (await owner.Desk.Signed(known, payload, vector.GetProperty("signature").GetString()!, CancellationToken.None)).ShouldBeTrue();
            payload[^1] ^= 1;
            (await owner.Desk.Signed(known, payload, vector.GetProperty("signature").GetString()!, CancellationToken.None)).ShouldBeFalse();
            break;
        }
    }

    private static JsonElement Of(IEnumerable<JsonElement> items, string id) => items.Single(item => item.GetProperty("id").GetString() == id);
}
