using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.BinanceApi.Clients;

/// <summary>One server on the demo market, and every driver of tests/binance-clients run against it at the same time, each as a user of its own.</summary>
public sealed class ClientRuns : IAsyncLifetime
{
    /// <summary>A driver ends by itself before that.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(75);

    private readonly Dictionary<string, Task<ClientRun>> _runs = new(StringComparer.Ordinal);
    private TestHost? _host;

    public static string[] Drivers { get; } =
        ["ccxt", "ccxt-pro", "binance", "binance-sockets", "binance-api-node", "signatures", "python-sequences"];

    /// <summary>Driven below <c>/binance</c> of the server's own address; the others at an address of the wire's own.</summary>
    private static string[] BelowPrefix { get; } = ["binance-api-node", "python-sequences"];

    public static string Folder { get; } = Path.Combine(Root(), "tests", "binance-clients");

    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "tests", "binance-clients"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("tests/binance-clients is not above the test's folder.");
    }

    public Task InitializeAsync()
    {
        Directory.Exists(Path.Combine(Folder, "node_modules")).ShouldBeTrue("run npm ci in tests/binance-clients first (./run test does)");
        return Task.CompletedTask;
    }

    /// <summary>How the driver fared. The first question starts the server and all drivers.</summary>
    internal async Task<ClientRun> Of(string driver)
    {
        _host ??= await Start();
        foreach (var name in Drivers)
        {
            if (!_runs.ContainsKey(name)) _runs[name] = Drive(_host, name);
        }

#pragma warning disable VSTHRD003 // Begun here, at the first question.
        return await _runs[driver];
    }

    public async Task DisposeAsync()
    {
        foreach (var run in _runs.Values) await run;
#pragma warning restore VSTHRD003
        if (_host is not null) await _host.DisposeAsync();
    }

    private static async Task<TestHost> Start()
    {
        // Seven clients from one address: together they may weigh more than one of them does.
        var host = await TestHost.Start("--Market", "demo", "--BinanceApi:Urls", "http://127.0.0.1:0", "--BinanceApi:WeightPerMinute", "60000");
        using var wire = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(OwnAddress(host)) };
        for (var wait = 0; ; wait++)
        {
            var answer = await wire.GetAsync("/api/v3/ticker/24hr?symbol=BTCUSDT");
            if (answer.IsSuccessStatusCode) return host;
            wait.ShouldBeLessThan(200, await answer.Content.ReadAsStringAsync());
            await Task.Delay(50);
        }
    }

    private static string OwnAddress(TestHost host) => host.Addresses[^1];

    private static async Task<ClientRun> Drive(TestHost host, string driver)
    {
        var user = await host.NewUser();
        var accounts = await user.Client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        var account = accounts.GetProperty("items")[0].GetProperty("id").GetGuid();
        var hmac = await NewKey(user, new { label = driver, accountId = account, scopes = new[] { "read", "trade" } });
        var pair = JsonElement.Parse((await Node(["ed25519.mjs"], [])).Output);
        var ed25519 = await NewKey(user, new
        {
            label = $"{driver}, Ed25519",
            accountId = account,
            scopes = new[] { "read", "trade" },
            kind = "ed25519",
            publicKey = pair.GetProperty("publicKey").GetString(),
        });
        return await Node([$"{driver}.mjs"], new()
        {
            ["LASTRO_URL"] = BelowPrefix.Contains(driver) ? $"{host.Address}binance" : OwnAddress(host),
            ["LASTRO_KEY"] = hmac.GetProperty("key").GetString()!,
            ["LASTRO_SECRET"] = hmac.GetProperty("secret").GetString()!,
            ["LASTRO_ED_KEY"] = ed25519.GetProperty("key").GetString()!,
            ["LASTRO_ED_SECRET"] = pair.GetProperty("privateKey").GetString()!,
        });
    }

    private static async Task<JsonElement> NewKey(TestUser user, object fields)
    {
        var answer = await user.Client.PostAsJsonAsync("/api/v1/api-keys", fields);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement.Parse(text);
    }

    private static async Task<ClientRun> Node(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var node = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            var (output, error) = (node.StandardOutput.ReadToEndAsync(limit.Token), node.StandardError.ReadToEndAsync(limit.Token));
            await node.WaitForExitAsync(limit.Token);
            return new ClientRun(node.ExitCode, await output, await error);
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>What a driver said and how it ended.</summary>
internal sealed record ClientRun(int Code, string Output, string Error)
{
    /// <summary>The lines of steps that failed, and what the driver wrote beside them.</summary>
    public string Failures => string.Join('\n', Lines.Where(line => !line.Contains("\"ok\":true", StringComparison.Ordinal))) + "\n" + Error[..Math.Min(Error.Length, 2_000)];

    public int Steps => Lines.Count(line => line.Contains("\"ok\":true", StringComparison.Ordinal));

    private IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
