using System.Net;
using Lastro.Server.ApiKeys;
using Lastro.Server.Platform.Vault;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.ApiKeys;

[Collection(KeysHost.Name)]
public sealed class CreateApiKeyTests(KeysHost keys)
{
    // Made by OpenSSL's own tool: genpkey -algorithm ed25519, then pkeyutl -sign -rawin over KeyOwner.Payload.
    private const string Pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA5Yd8BpHJzU6ULEIrhx9II1JhDc0Xraj5x9uPo/DAJh4=\n-----END PUBLIC KEY-----\n";
    private const string Bare = "5Yd8BpHJzU6ULEIrhx9II1JhDc0Xraj5x9uPo/DAJh4=";
    private const string Signature = "uv2E50IVxKW4RiR9vKuZYIC8lXe7Q1YTiMTSQawmkiDNXv7lpp0WRgmbPWe8Q36emBlXQcooEddBNl6sTpm3Bg==";

    private readonly TestHost _host = keys.Host;

    [Fact]
    public async Task A_key_is_shown_once_with_its_secret_and_signs()
    {
        var owner = await KeyOwner.New(_host);
        var made = await owner.Make(new { label = "  my bot ", allowedIps = new[] { "192.168.1.7/24", "10.0.0.1", "10.0.0.1/32" } });
        made.Status.ShouldBe(HttpStatusCode.Created);
        var (key, secret) = (made["key"]!, made["secret"]!);
        (key.Length, secret.Length, key.All(char.IsAsciiLetterOrDigit), secret.All(char.IsAsciiLetterOrDigit)).ShouldBe((64, 64, true, true));
        (made["label"], made["kind"], made["prefix"], made["accountId"], made["expiresAt"]).ShouldBe(("my bot", "hmac", key[..12], owner.Trader.Account, null));
        made.Body.GetProperty("allowedIps").EnumerateArray().Select(one => one.GetString()).ShouldBe(["192.168.1.0/24", "10.0.0.1/32"]);

        var known = (await owner.Find(key, "192.168.1.99")).ShouldNotBeNull();
        (known.Id.ToString(), known.User.Value, known.Account.ToString(), known.Scopes, known.Ed25519)
            .ShouldBe((made["id"]!, owner.Trader.User, owner.Trader.Account, KeyScopes.Read | KeyScopes.Trade, false));
        (await owner.Signed(known, KeyOwner.Sign(secret))).ShouldBeTrue();
        (await owner.Signed(known, KeyOwner.Sign(secret).ToLowerInvariant())).ShouldBeTrue();
        foreach (var wrong in new[] { "", "00", KeyOwner.Sign(key), KeyOwner.Sign(secret)[..63], KeyOwner.Sign(secret) + "00", new string('z', 64), Signature })
            (await owner.Signed(known, wrong)).ShouldBeFalse(wrong);

        var listed = (await owner.List()).ShouldHaveSingleItem();
        listed.TryGetProperty("secret", out _).ShouldBeFalse();
        listed.GetRawText().ShouldNotContain(key);
        var again = await owner.Make();
        (again["key"] == key, again["secret"] == secret).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(Pem)]
    [InlineData(Bare)]
    public async Task An_Ed25519_key_is_the_users_own(string publicKey)
    {
        var owner = await KeyOwner.New(_host);
        var made = (await owner.Make(new { kind = "ed25519", publicKey, scopes = new[] { "read", "read" } })).Ok();
        (made["kind"], made["secret"]).ShouldBe(("ed25519", null));
        var known = (await owner.Find(made["key"]!)).ShouldNotBeNull();
        (known.Ed25519, known.Scopes).ShouldBe((true, KeyScopes.Read));
        (await owner.Signed(known, Signature)).ShouldBeTrue();
        (await owner.Desk.Signed(known, "symbol=LTCBTC&side=SELL"u8.ToArray(), Signature, CancellationToken.None)).ShouldBeFalse();
        foreach (var wrong in new[] { "", "AAAA", Signature.Replace('u', 'v'), Signature[..^4], Convert.ToBase64String(new byte[64]), Convert.ToBase64String(new byte[65]), new string('=', 88) })
            (await owner.Signed(known, wrong)).ShouldBeFalse(wrong);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var owner = await KeyOwner.New(_host);
        var wrong = new (object Fields, string Field)[]
        {
            (new { label = " " }, "label"), (new { label = "a\nb" }, "label"), (new { label = new string('x', 81) }, "label"), (new { label = (string?)null }, "label"),
            (new { accountId = (string?)null }, "accountId"), (new { accountId = "x" }, "accountId"),
            (new { scopes = Array.Empty<string>() }, "scopes"), (new { scopes = new[] { "withdraw" } }, "scopes"), (new { scopes = new[] { "read", "Trade" } }, "scopes"),
            (new { allowedIps = new[] { "10.0.0" } }, "allowedIps"), (new { allowedIps = new[] { "10.0.0.1/33" } }, "allowedIps"), (new { allowedIps = new[] { "::ffff:1.2.3.4/24" } }, "allowedIps"),
            (new { allowedIps = new string?[] { null } }, "allowedIps"), (new { scopes = new string?[] { null } }, "scopes"),
            (new { allowedIps = new[] { "fe80::1%eth0" } }, "allowedIps"), (new { allowedIps = new[] { "example.com" } }, "allowedIps"),
            (new { allowedIps = Enumerable.Range(0, 31).Select(n => $"10.0.0.{n}").ToArray() }, "allowedIps"),
            (new { expiresAt = "2001-01-01T00:00:00Z" }, "expiresAt"), (new { kind = "rsa" }, "kind"),
            (new { publicKey = Bare }, "publicKey"), (new { kind = "ed25519" }, "publicKey"), (new { kind = "ed25519", publicKey = "AAAA" }, "publicKey"),
            (new { kind = "ed25519", publicKey = Pem[..40] }, "publicKey"), (new { kind = "ed25519", publicKey = new string('A', 401) }, "publicKey"),
        };
        foreach (var (fields, field) in wrong)
        {
            var refused = await owner.Make(fields);
            ((int)refused.Status, refused["code"], refused["field"]).ShouldBe((422, "invalid_field", field), $"{fields}");
        }

        (await owner.List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_private_key_is_refused_and_not_repeated()
    {
        var owner = await KeyOwner.New(_host);
        var secret = "-----BEGIN " + "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v\n-----END " + "PRIVATE KEY-----";
        var refused = await owner.Make(new { kind = "ed25519", publicKey = secret });
        ((int)refused.Status, refused["field"]).ShouldBe((422, "publicKey"));
        refused["detail"]!.ShouldContain("private key");
        refused.Body.GetRawText().ShouldNotContain("MC4CAQ");
    }

    [Fact]
    public async Task Somebody_elses_account_is_not_found()
    {
        var (mine, other) = (await KeyOwner.New(_host), await KeyOwner.New(_host));
        var refused = await mine.Make(new { accountId = other.Trader.Account });
        ((int)refused.Status, refused["code"]).ShouldBe((404, "not_found"));
        ((int)(await mine.Make(new { accountId = "00000000-0000-0000-0000-000000000001" })).Status).ShouldBe(404, "the house's");
    }

    [Fact]
    public async Task Twenty_keys_are_the_end_also_for_a_crowd()
    {
        var owner = await KeyOwner.New(_host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 26).Select(_ => owner.Make()));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(20);
        var refused = answers.First(answer => answer.Status != HttpStatusCode.Created);
        ((int)refused.Status, refused["field"], refused["limit"]).ShouldBe((422, "apiKeys", "20"));
        await owner.Revoke(answers.First(answer => answer.Status == HttpStatusCode.Created)["id"]!);
        (await owner.Make()).Ok();
    }

    [Fact]
    public async Task Where_OpenSSL_is_missing_an_Ed25519_key_is_refused_with_the_reason()
    {
        await using var host = await TestHost.Start(services => services.AddSingleton(new Ed25519(["no-such-library"])), database: null, settings: []);
        var owner = await KeyOwner.New(host);
        var refused = await owner.Make(new { kind = "ed25519", publicKey = Pem });
        ((int)refused.Status, refused["field"]).ShouldBe((422, "kind"));
        refused["detail"]!.ShouldContain("libcrypto");
        (await owner.Make()).Ok();
    }
}
