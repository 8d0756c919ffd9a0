using Lastro.Server.Platform;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Identity;

public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-key-").FullName;

    [Fact]
    public void Is_made_once_and_only_its_owner_can_read_it()
    {
        var first = SigningKey.FromFolder(_folder).Bytes.ToArray();
        first.Length.ShouldBe(32);
        SigningKey.FromFolder(_folder).Bytes.ToArray().ShouldBe(first);
        var file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, but long enough to be a key")]
    public void A_damaged_file_is_refused_by_name(string text)
    {
        var path = Path.Combine(_folder, "token.key");
        File.WriteAllText(path, text);
        Should.Throw<StartRefusedException>(() => SigningKey.FromFolder(_folder)).Message.ShouldContain(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("31 bytes is one byte too short!")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("please-changeme-please-changeme-please")]
    [InlineData("your-super-secret-key-with-32-characters")]
    public void A_short_or_default_setting_is_refused_and_not_repeated(string text)
    {
        var refused = Should.Throw<StartRefusedException>(() => SigningKey.FromSetting(text));
        if (text.Length > 0)
            refused.Message.ShouldNotContain(text);
    }

    [Fact]
    public async Task The_server_does_not_start_with_a_short_one() =>
        (await Should.ThrowAsync<StartRefusedException>(() => TestHost.Start("--Accounts:TokenKey", "short"))).Message.ShouldContain("32");

    [Fact]
    public void Keys_for_other_purposes_differ()
    {
        var key = SigningKey.FromSetting("Q7w0mXn3bT5vYk8sD1fGh4jL6pZr9cVa");
        key.Derive("a").ShouldNotBe(key.Derive("b"));
        key.Derive("a").ShouldNotBe(key.Bytes.ToArray());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
