using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Postgres;

/// <summary>The server's process with its own PostgreSQL, through what may happen to both.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private static readonly object _user = new { email = "ana@example.com", password = "a long unlikely phrase 7", name = "Ana" };

    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("lastro-process-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_data)!, recursive: true);

    [Fact]
    public async Task Kill_9_loses_nothing_and_a_second_server_is_refused_and_SIGTERM_ends_both()
    {
        // xunit has made the parent 700; PostgreSQL's user must be able to walk through it.
        Open(Path.GetDirectoryName(_data)!);
        int left;
        await using (var first = await ServerProcess.Start(_data))
        {
            (await first.Client.PostAsJsonAsync("/api/v1/auth/register", _user)).StatusCode.ShouldBe(HttpStatusCode.Created);
            left = first.PostgresPid.ShouldNotBeNull();
            await first.Kill();
        }

        IsAlive(left).ShouldBeTrue("PostgreSQL outlives a killed server, which is what the next start must cope with");
        await using var second = await ServerProcess.Start(_data);
        second.PostgresPid.ShouldNotBe(left);
        (await second.Client.PostAsJsonAsync("/api/v1/auth/login", _user)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (code, said) = await ServerProcess.Run("--Data", _data, "--urls", "http://127.0.0.1:0");
        code.ShouldBe(1);
        said.Trim().ShouldBe($"lastro: Another server already works on the data folder {_data}.");

        var postgres = second.PostgresPid!.Value;
        (await second.Terminate()).ShouldBe(0);
        second.PostgresPid.ShouldBeNull();
        IsAlive(postgres).ShouldBeFalse();
        Modes();
    }

    [Fact]
    public async Task A_database_that_falls_silent_or_dies_gives_503_and_comes_back_by_itself()
    {
        Open(Path.GetDirectoryName(_data)!);
        await using var server = await ServerProcess.Start(_data);
        await server.Client.PostAsJsonAsync("/api/v1/auth/register", _user);
        var login = await (await server.Client.PostAsJsonAsync("/api/v1/auth/login", _user)).Content.ReadFromJsonAsync<JsonElement>();
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("accessToken").GetString());
        (await server.Client.GetAsync("/api/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var postmaster = server.PostgresPid!.Value;
        var family = await Family(postmaster);
        try
        {
            foreach (var pid in family) await ServerProcess.Signal(pid, "STOP");
            await Refused(server, TimeSpan.FromSeconds(5));
            await Refused(server, TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromSeconds(4));
            await Refused(server, TimeSpan.FromSeconds(2));
            (await server.Client.GetAsync("/api/v1/markets/tickers")).StatusCode.ShouldBe(HttpStatusCode.OK, "prices need no database, also for those signed in");
            (await server.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            foreach (var pid in family) await ServerProcess.Signal(pid, "CONT");
        }

        await server.Until(async () => (await server.Client.GetAsync("/api/v1/accounts")).IsSuccessStatusCode, TimeSpan.FromSeconds(10));

        await ServerProcess.Signal(postmaster, "KILL");
        await server.Until(async () => (await server.Client.GetAsync("/api/v1/accounts")).StatusCode == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5));
        await server.Until(async () => (await server.Client.GetAsync("/api/v1/accounts")).IsSuccessStatusCode, TimeSpan.FromSeconds(30));
        server.PostgresPid.ShouldNotBe(postmaster);
    }

    [Fact]
    public async Task A_folder_that_PostgreSQL_cannot_reach_is_refused_by_name()
    {
        if (!Environment.IsPrivilegedProcess) return;
        File.SetUnixFileMode(Path.GetDirectoryName(_data)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (code, said) = await ServerProcess.Run("--Data", _data, "--urls", "http://127.0.0.1:0");
        code.ShouldBe(1);
        said.ShouldContain("cannot reach");
        said.ShouldContain(_data);
        said.Trim().ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("cannot be written", "--Data", "/dev/null/lastro")]
    [InlineData("in the clear", "--urls", "http://0.0.0.0:0")]
    [InlineData("PEM pair", "--urls", "https://127.0.0.1:0")]
    [InlineData("'10.0.0.0/99'", "--TrustedProxies", "10.0.0.0/99")]
    [InlineData("needs a value", "--Data")]
    [InlineData("ConnectionStrings__Lastro", "--ConnectionStrings:Lastro", "nonsense")]
    public async Task What_cannot_work_ends_the_start_with_one_line(string reason, params string[] settings)
    {
        string[] args = settings.Contains("--Data") ? settings : ["--Data", _data, .. settings];
        var (code, said) = await ServerProcess.Run(args.Contains("--urls") ? args : ["--urls", "http://127.0.0.1:0", .. args]);
        code.ShouldBe(1);
        said.Trim().ShouldStartWith("lastro: ");
        said.ShouldContain(reason);
        said.Trim().ShouldNotContain('\n');
    }

    private static async Task Refused(ServerProcess server, TimeSpan limit)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await server.Client.GetAsync("/api/v1/accounts");
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(limit);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("database_unavailable");
    }

    private void Modes()
    {
        Mode("").ShouldBe("711");
        Mode("secrets").ShouldBe("700");
        Mode("pg").ShouldBe("700");
        string Mode(string below) => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(_data, below)), 8);
    }

    private static void Open(string folder) =>
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);

    private static bool IsAlive(int pid) => Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task<List<int>> Family(int postmaster)
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-o", "pid=", "--ppid", $"{postmaster}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var children = await list.StandardOutput.ReadToEndAsync();
        return [postmaster, .. children.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse)];
    }
}
