using System.Text;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Vault;

namespace Lastro.Server.Tests.Vault;

public sealed class SecretVaultTests : IDisposable
{
    private const string Setting = "pXr0cZ1m3q8Yt6uVwKx2A9bD4eF7gH5jN0LsTzQvRy8=";

    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-vault-").FullName;
    private readonly SecretVault _vault = new(MasterKey.FromSetting(Setting));
    private readonly VaultPlace _place = new(new UserId(Guid.CreateVersion7()), Guid.CreateVersion7(), "api_keys.secret");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("a secret of an exchange, çé")]
    public void What_is_sealed_opens_in_its_place(string text)
    {
        var secret = Encoding.UTF8.GetBytes(text);
        var (locked, again) = (_vault.Seal(_place, secret), _vault.Seal(_place, secret));
        _vault.Open(_place, locked).ShouldBe(secret);
        new SecretVault(MasterKey.FromSetting(Setting)).Open(_place, again).ShouldBe(secret);
        // Version and mark are the same; nothing behind them is.
        locked[9..].Zip(again[9..]).Count(pair => pair.First == pair.Second).ShouldBeLessThan(locked.Length / 4);
        if (secret.Length > 1) locked.AsSpan().IndexOf(secret).ShouldBe(-1);
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        var locked = _vault.Seal(_place, "secret"u8);
        for (var place = 0; place < locked.Length; place++)
        {
            foreach (var flip in new byte[] { 1, 0x80 })
            {
                var changed = locked.ToArray();
                changed[place] ^= flip;
                Should.Throw<VaultRefusedException>(() => _vault.Open(_place, changed), $"byte {place}");
            }
        }

        for (var length = 0; length < locked.Length; length++) Should.Throw<VaultRefusedException>(() => _vault.Open(_place, locked.AsSpan(0, length)));
        Should.Throw<VaultRefusedException>(() => _vault.Open(_place, [.. locked, 0]));
    }

    [Fact]
    public void A_secret_opens_nowhere_else()
    {
        var locked = _vault.Seal(_place, "secret"u8);
        VaultPlace[] others =
        [
            _place with { User = new UserId(Guid.CreateVersion7()) }, _place with { Row = Guid.CreateVersion7() }, _place with { Field = "api_keys.secret2" },
            _place with { Field = "" }, new VaultPlace(new UserId(_place.Row), _place.User.Value, _place.Field),
        ];
        foreach (var other in others) Should.Throw<VaultRefusedException>(() => _vault.Open(other, locked)).Message.ShouldContain("another place");
    }

    [Fact]
    public void Another_master_key_opens_nothing_and_says_so()
    {
        var locked = _vault.Seal(_place, "secret"u8);
        Should.Throw<VaultRefusedException>(() => new SecretVault(MasterKey.FromFolder(_folder)).Open(_place, locked)).Message.ShouldContain("another master key");
    }

    [Fact]
    public void The_master_key_is_made_once_for_its_owner_only()
    {
        var first = MasterKey.FromFolder(_folder);
        var file = new FileInfo(Directory.EnumerateFiles(_folder).ShouldHaveSingleItem());
        if (!OperatingSystem.IsWindows()) file.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        MasterKey.FromFolder(_folder).Bytes.SequenceEqual(first.Bytes).ShouldBeTrue();
        first.Bytes.Length.ShouldBe(32);
        $"{first}".ShouldBe("***");

        File.WriteAllText(file.FullName, "not a key");
        Should.Throw<StartRefusedException>(() => MasterKey.FromFolder(_folder)).Message.ShouldContain(file.Name);
        File.ReadAllText(file.FullName).ShouldBe("not a key", "a damaged key is never overwritten");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pXr0cZ1m3q8Yt6uVwKx2A9bD4eF7gH5jN0LsTzQvRyg=AAAA")]
    public void A_poor_setting_is_refused_and_not_repeated(string text) =>
        Should.Throw<StartRefusedException>(() => MasterKey.FromSetting(text)).Message.ShouldNotContain(text);
}
