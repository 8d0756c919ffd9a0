using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Accounts;

namespace Lastro.Server.Tests.Identity;

public sealed class AccessTokensTests
{
    private static readonly byte[] _secret = "Q7w0mXn3bT5vYk8sD1fGh4jL6pZr9cVa"u8.ToArray();
    private readonly ShiftedClock _clock = new();
    private readonly AccessTokens _tokens;
    private readonly UserId _user = new(Guid.CreateVersion7());
    private readonly Guid _session = Guid.CreateVersion7();

    public AccessTokensTests() => _tokens = new AccessTokens(SigningKey.FromSetting(Encoding.UTF8.GetString(_secret)), _clock);

    [Fact]
    public void Says_what_was_put_in_until_15_minutes_are_over()
    {
        var token = _tokens.Issue(_user, _session, "admin");
        var who = _tokens.Read(token)!;
        (who.User, who.SessionId, who.Role).ShouldBe((_user, _session, "admin"));
        _clock.Forward(TimeSpan.FromSeconds(895));
        _tokens.Read(token).ShouldNotBeNull();
        _clock.Forward(TimeSpan.FromSeconds(6));
        _tokens.Read(token).ShouldBeNull();
    }

    [Fact]
    public void No_character_can_be_changed_added_or_taken()
    {
        var token = _tokens.Issue(_user, _session, "user");
        for (var at = 0; at < token.Length; at++)
        {
            var other = token[at] == 'A' ? 'B' : 'A';
            _tokens.Read(token[..at] + other + token[(at + 1)..]).ShouldBeNull($"changed at {at}");
            _tokens.Read(token[..at] + token[(at + 1)..]).ShouldBeNull($"taken at {at}");
        }

        foreach (var bad in new[] { token + "=", token + ".", "." + token, token + " ", token + "\n", token.Replace('.', ','), token + "." + token, "", "..", "a.b.c", new string('a', 5000) })
            _tokens.Read(bad).ShouldBeNull(bad);
        _tokens.Read(null).ShouldBeNull();
    }

    [Fact]
    public void Another_key_is_another_server()
    {
        var other = new AccessTokens(SigningKey.FromSetting("another key of the wanted length 93kd0"), _clock);
        _tokens.Read(other.Issue(_user, _session, "admin")).ShouldBeNull();
    }

    [Fact]
    public async Task Agrees_with_an_independent_library()
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var answer = await Jose(new
        {
            key = Convert.ToBase64String(_secret),
            token = _tokens.Issue(_user, _session, "user"),
            now,
            claims = new { sub = _user.Value, sid = _session, role = "user" },
        });
        var verified = answer.GetProperty("verified").GetProperty("payload");
        verified.GetProperty("sub").GetGuid().ShouldBe(_user.Value);
        verified.GetProperty("sid").GetGuid().ShouldBe(_session);
        (verified.GetProperty("exp").GetInt64() - verified.GetProperty("iat").GetInt64()).ShouldBe(900);

        var tokens = answer.GetProperty("tokens").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);
        tokens.Count.ShouldBeGreaterThanOrEqualTo(22);
        _tokens.Read(tokens["good"])!.SessionId.ShouldBe(_session);
        foreach (var (name, token) in tokens.Where(one => one.Key != "good"))
            _tokens.Read(token).ShouldBeNull(name);
    }

    [Fact]
    public void The_header_is_the_one_of_RFC_7519()
    {
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(_tokens.Issue(_user, _session, "user").Split('.')[0]));
        header.ShouldBe("""{"alg":"HS256","typ":"JWT"}""");
    }

    private static async Task<JsonElement> Jose(object input)
    {
        var folder = Folder();
        Directory.Exists(Path.Combine(folder, "node_modules")).ShouldBeTrue("run npm ci in tests/Server.Tests/Jose first (./run test does)");
        using var node = Process.Start(new ProcessStartInfo("node", "check.mjs")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(input));
        node.StandardInput.Close();
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await node.WaitForExitAsync(limit.Token);
        node.ExitCode.ShouldBe(0, await error);
        return JsonElement.Parse(await output);
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var jose = Path.Combine(folder.FullName, "tests/Server.Tests/Jose");
            if (Directory.Exists(jose))
                return jose;
        }

        throw new DirectoryNotFoundException("tests/Server.Tests/Jose is not above the test's folder.");
    }
}
