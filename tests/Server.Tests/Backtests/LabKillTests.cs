using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Backtests;

/// <summary>kill -9 in the middle of the lab's work. The market is the demo one: the same past after every start.</summary>
public sealed class LabKillTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("lastro-lab-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_sweep_goes_on_at_its_finished_chunks_and_comes_to_the_same_rows()
    {
        const string sweeps = "/api/v1/backtests/sweeps";
        var set = new { length = new { from = 2, to = 300, step = 1 }, low = new { from = 20, to = 40, step = 5 } };
        var body = new { document = LabHost.Rsi(), symbols = new[] { "BTCUSDT" }, from = "2023-01-01T00:00:00Z", to = "2024-01-01T00:00:00Z", set };
        JsonElement undisturbed;
        string token, id;
        double before;
        var server = await Start();
        await using (server)
        {
            token = await SignUp(server);
            var download = await Post(server, token, "/api/v1/data/downloads", new { symbol = "BTCUSDT", interval = "1h", from = "2022-12-01T00:00:00Z", to = "2024-01-01T00:00:00Z" });
            await Until(server, token, $"/api/v1/data/downloads/{download.GetProperty("id")}", job => Status(job) == "done");
            var whole = await Post(server, token, sweeps, body);
            await Until(server, token, $"{sweeps}/{whole.GetProperty("id")}", job => Status(job) == "done");
            undisturbed = await Get(server, token, $"{sweeps}/{whole.GetProperty("id")}/rows?limit=5000");

            id = (await Post(server, token, sweeps, body)).GetProperty("id").GetString()!;
            var under = await Until(server, token, $"{sweeps}/{id}", job => Status(job) == "done" || Progress(job) > 0.2);
            before = Progress(under);
            Status(under).ShouldBe("running", "too quick to be killed: give the sweep more to do");
            await server.Kill();
        }

        await using var second = await Start();
        var seen = await Until(second, token, $"{sweeps}/{id}", job => Status(job) is "running" or "done");
        Progress(seen).ShouldBeGreaterThanOrEqualTo(before, "what was finished is not begun again");
        await Until(second, token, $"{sweeps}/{id}", job => Status(job) == "done");
        var rows = await Get(second, token, $"{sweeps}/{id}/rows?limit=5000");
        rows.GetProperty("items").GetArrayLength().ShouldBe(1_495);
        rows.ToString().ShouldBe(undisturbed.ToString());
        output.WriteLine($"killed at {before:P0}, 1,495 combinations equal to an undisturbed run");
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_gives_its_jobs_back_and_the_next_start_goes_on_at_once()
    {
        const string sweeps = "/api/v1/backtests/sweeps";
        var set = new { length = new { from = 2, to = 600, step = 1 }, low = new { from = 20, to = 40, step = 5 } };
        var body = new { document = LabHost.Rsi(), symbols = new[] { "BTCUSDT" }, from = "2023-01-01T00:00:00Z", to = "2024-01-01T00:00:00Z", set };
        string token, id;
        await using (var server = await Start(leaseSeconds: 600))
        {
            token = await SignUp(server);
            var download = await Post(server, token, "/api/v1/data/downloads", new { symbol = "BTCUSDT", interval = "1h", from = "2022-12-01T00:00:00Z", to = "2024-01-01T00:00:00Z" });
            await Until(server, token, $"/api/v1/data/downloads/{download.GetProperty("id")}", job => Status(job) == "done");
            id = (await Post(server, token, sweeps, body)).GetProperty("id").GetString()!;
            Status(await Until(server, token, $"{sweeps}/{id}", job => Status(job) == "done" || Progress(job) > 0.1)).ShouldBe("running", "too quick to be stopped: give the sweep more to do");
            (await server.Terminate()).ShouldBe(0);
        }

        // Nobody could take it over for ten minutes, had it not been given back.
        await using var second = await Start(leaseSeconds: 600);
        Progress(await Until(second, token, $"{sweeps}/{id}", job => Status(job) is "running" or "done")).ShouldBeGreaterThan(0.05);
        await Until(second, token, $"{sweeps}/{id}", job => Status(job) == "done");
        (await Get(second, token, $"{sweeps}/{id}/rows?limit=5000")).GetProperty("items").GetArrayLength().ShouldBe(2_995);
    }

    private Task<ServerProcess> Start(int leaseSeconds = 2) => ServerProcess.Start(_data, "--Lab:LeaseSeconds", $"{leaseSeconds}", "--Lab:Workers", "1", "--Lab:DownloadPauseMs", "0", "--Lab:Attempts", "10");

    private static string? Status(JsonElement job) => job.GetProperty("status").GetString();

    private static double Progress(JsonElement job) => job.GetProperty("progress").GetDouble();

    private static async Task<string> SignUp(ServerProcess server)
    {
        var who = new { email = "lab@example.org", password = "a long unlikely phrase 7", name = "Lab" };
        (await server.Client.PostAsJsonAsync("/api/v1/auth/register", who)).EnsureSuccessStatusCode();
        var answer = await server.Client.PostAsJsonAsync("/api/v1/auth/login", new { who.email, who.password });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    private static async Task<JsonElement> Until(ServerProcess server, string token, string path, Func<JsonElement, bool> done)
    {
        var last = default(JsonElement);
        await server.Until(async () =>
        {
            last = await Get(server, token, path);
            Status(last).ShouldNotBe("failed", last.ToString());
            return done(last);
        }, TimeSpan.FromSeconds(120));
        return last;
    }

    private static Task<JsonElement> Get(ServerProcess server, string token, string path) => Send(server, token, new HttpRequestMessage(HttpMethod.Get, path));

    private static Task<JsonElement> Post(ServerProcess server, string token, string path, object body) =>
        Send(server, token, new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    private static async Task<JsonElement> Send(ServerProcess server, string token, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{request.RequestUri} {answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}
