using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.Logging;

namespace Lastro.Bench;

/// <summary>A user with a paper account and a client that speaks for them.</summary>
internal sealed record BenchTrader(UserId User, Guid Account, HttpClient Client);

/// <summary>An API key and its secret, which signs.</summary>
internal sealed record BenchKey(string Key, string Secret)
{
    private readonly byte[] _secret = Encoding.ASCII.GetBytes(Secret);

    public string Sign(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(payload)));
}

/// <summary>The server in this process, on a port and a database of its own, without limits.</summary>
internal sealed class ServerRig : IAsyncDisposable
{
    private static readonly string[] Scopes = ["read", "trade"];
    private readonly ServerHost _server;
    private readonly DirectoryInfo _folder;

    private ServerRig(ServerHost server, DirectoryInfo folder) => (_server, _folder) = (server, folder);

    public IServiceProvider Services => _server.App.Services;

    public Uri Address => new(_server.App.Urls.First());

    public static async Task<ServerRig> Start(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("lastro-bench-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Data", Path.Combine(folder.FullName, "data"), "--Market", "demo", "--Limits:LoginPerMinutePerIp", "0",
            "--Limits:RegisterPerMinutePerIp", "0", "--Limits:OrdersPerSecondPerUser", "0", "--Wallets:Grant", "900000000",
            "--BinanceApi:WeightPerMinute", "0", "--BinanceApi:Orders10s", "0", "--BinanceApi:OrdersPerDay", "0", .. settings,
        ];
        var server = await ServerHost.Start(args, (builder, data) =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            return Lastro.Server.Program.Build(builder, data);
        }, CancellationToken.None);
        return new ServerRig(server, folder);
    }

    public async Task<BenchTrader> Register()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        var email = $"{Guid.NewGuid():N}@example.com";
        (await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "a long unlikely phrase 7", name = "Bench" })).EnsureSuccessStatusCode();
        var login = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "a long unlikely phrase 7" });
        var body = await login.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("accessToken").GetString());
        var accounts = await client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        return new BenchTrader(
            new UserId(Guid.Parse(body.GetProperty("user").GetProperty("id").GetString()!)), accounts.GetProperty("items")[0].GetProperty("id").GetGuid(), client);
    }

    public static async Task<BenchKey> NewKey(BenchTrader trader)
    {
        using var made = await trader.Client.PostAsJsonAsync("/api/v1/api-keys", new { accountId = trader.Account, label = "bench", scopes = Scopes });
        made.EnsureSuccessStatusCode();
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        return new BenchKey(key.GetProperty("key").GetString()!, key.GetProperty("secret").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
