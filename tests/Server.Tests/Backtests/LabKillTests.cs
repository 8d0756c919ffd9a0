using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Tests.Postgres;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Backtests;

/// <summary>kill -9 in the middle of the lab's work. The market is the demo one: the same past after every start.</summary>
public sealed class LabKillTests(ITestOutputHelper output) : IDisposable
{
    private const string Sweeps = "/api/v1/backtests/sweeps";
    private const int Combinations = 2_495;

    /// <summary>Half a year of five minutes, so many times: some seconds of work on an idle machine.</summary>
    private static readonly object _span = new { symbol = "BTCUSDT", interval = "5m", from = "2023-06-20T00:00:00Z", to = "2024-01-01T00:00:00Z" };

    // The rank looks at its whole window in every row: work enough to be killed in.
    private static readonly object _body = new
    {
        document = new { name = "RSI", timeframe = "5m", inputs = new { length = 14, low = 30 }, enter = "rsi(close, length) < low and rank(close, length) < 95", exit = "rsi(close, length) > 70", size = "100%", stopLoss = "3%" },
        symbols = new[] { "BTCUSDT" },
        from = "2023-07-01T00:00:00Z",
        to = "2023-10-01T00:00:00Z",
        set = new { length = new { from = 2, to = 500, step = 1 }, low = new { from = 20, to = 40, step = 5 } },
    };

    private readonly string _data = Directory.CreateTempSubdirectory("lastro-lab-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_sweep_goes_on_at_its_finished_chunks_and_comes_to_the_same_rows()
    {
        JsonElement undisturbed;
        string token, id;
        double before;
        var server = await Start();
        await using (server)
        {
            token = await SignUp(server);
            var download = await Post(server, token, "/api/v1/data/downloads", _span);
            await Until(server, token, $"/api/v1/data/downloads/{download.GetProperty("id")}", job => Status(job) == "done");
            var whole = await Post(server, token, Sweeps, _body);
            await Until(server, token, $"{Sweeps}/{whole.GetProperty("id")}", job => Status(job) == "done");
            undisturbed = await Get(server, token, $"{Sweeps}/{whole.GetProperty("id")}/rows?limit=5000");

            id = (await Post(server, token, Sweeps, _body)).GetProperty("id").GetString()!;
            var under = await Until(server, token, $"{Sweeps}/{id}", job => Status(job) == "done" || Progress(job) > 0.2);
            before = Progress(under);
            Status(under).ShouldBe("running", "too quick to be killed: give the sweep more to do");
            await server.Kill();
        }

        await using var second = await Start();
        var seen = await Until(second, token, $"{Sweeps}/{id}", job => Status(job) is "running" or "done");
        Progress(seen).ShouldBeGreaterThanOrEqualTo(before, "what was finished is not begun again");
        await Until(second, token, $"{Sweeps}/{id}", job => Status(job) == "done");
        var rows = await Get(second, token, $"{Sweeps}/{id}/rows?limit=5000");
        rows.GetProperty("items").GetArrayLength().ShouldBe(Combinations);
        rows.ToString().ShouldBe(undisturbed.ToString());
        output.WriteLine($"killed at {before:P0}, {Combinations} combinations equal to an undisturbed run");
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_gives_its_jobs_back_and_the_next_start_goes_on_at_once()
    {
        string token, id;
        await using (var server = await Start(leaseSeconds: 600))
        {
            token = await SignUp(server);
            var download = await Post(server, token, "/api/v1/data/downloads", _span);
            await Until(server, token, $"/api/v1/data/downloads/{download.GetProperty("id")}", job => Status(job) == "done");
            id = (await Post(server, token, Sweeps, _body)).GetProperty("id").GetString()!;
            Status(await Until(server, token, $"{Sweeps}/{id}", job => Status(job) == "done" || Progress(job) > 0.1)).ShouldBe("running", "too quick to be stopped: give the sweep more to do");
            (await server.Terminate()).ShouldBe(0);
        }

        // Nobody could take it over for ten minutes, had it not been given back.
        await using var second = await Start(leaseSeconds: 600);
        Progress(await Until(second, token, $"{Sweeps}/{id}", job => Status(job) is "running" or "done")).ShouldBeGreaterThan(0.05);
        await Until(second, token, $"{Sweeps}/{id}", job => Status(job) == "done");
        (await Get(second, token, $"{Sweeps}/{id}/rows?limit=5000")).GetProperty("items").GetArrayLength().ShouldBe(Combinations);
    }

    [Fact]
    public async Task A_database_that_dies_and_comes_back_costs_no_chunk_and_no_job()
    {
        await using var postgres = await StoppablePostgres.Start();
        await using var host = await TestHost.Start(configure: null, postgres.ConnectionString, "--Lab:LeaseSeconds", "2", "--Lab:Workers", "1", "--Lab:DownloadPauseMs", "0", "--Lab:Attempts", "10", "--Logging:LogLevel:Default", "Critical");
        var user = await Trader.New(host);
        var download = (await user.Send(HttpMethod.Post, "/api/v1/data/downloads", _span)).Ok();
        await LabHost.Until(user, $"/api/v1/data/downloads/{download["id"]}", "done");
        var sweep = (await user.Send(HttpMethod.Post, Sweeps, _body)).Ok();
        var crashes = 0;
        while ((await Trader.Insist(() => user.Get($"{Sweeps}/{sweep["id"]}")))["status"] is "queued" or "running" && crashes < 3)
        {
            await Task.Delay(300);
            await postgres.StopImmediately();
            await Task.Delay(300);
            await postgres.StartAgain();
            crashes++;
        }

        crashes.ShouldBeGreaterThan(0);
        (await LabHost.Until(user, $"{Sweeps}/{sweep["id"]}", "done", "failed"))["status"].ShouldBe("done");
        var rows = (await Trader.Insist(() => user.Get($"{Sweeps}/{sweep["id"]}/rows?limit=5000"))).Ok().Items;
        rows.Select(row => row.GetProperty("index").GetInt32()).Order().ShouldBe(Enumerable.Range(0, Combinations));
        output.WriteLine($"{crashes} crashes of the database, {Combinations} combinations, each once");
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
