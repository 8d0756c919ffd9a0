using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lastro.Bounds;
using Lastro.Server.Platform;
using Microsoft.Extensions.Logging;

namespace Lastro.Bench;

/// <summary>Binance's wire over HTTP: a price and a signed account, beside bare endpoints that answer as much.</summary>
internal static class WireScenario
{
    private static readonly string[] Scopes = ["read", "trade"];
    private const int Connections = 64;
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(3);

    public static async Task Run(string shared)
    {
        var folder = Directory.CreateTempSubdirectory("lastro-bench-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Data", Path.Combine(folder.FullName, "data"), "--Market", "demo", "--Limits:LoginPerMinutePerIp", "0",
            "--Limits:RegisterPerMinutePerIp", "0",
            // The weight is counted, but never used up.
            "--BinanceApi:WeightPerMinute", "1000000000",
        ];
        await using (var server = await ServerHost.Start(args, (builder, data) =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            return Lastro.Server.Program.Build(builder, data);
        }, CancellationToken.None))
        {
            var product = new Uri(server.App.Urls.First());
            var (key, secret) = await NewKey(product);
            await using var bare = await BareEndpoints.Start(key, secret, balances: 2);
            await Compare("ticker/price", (product, () => Get(product, "/binance/api/v3/ticker/price?symbol=BTCUSDT")), (bare.Address, () => Get(bare.Address, "/price?symbol=BTCUSDT")), 0.60);
            await Compare(
                "account, signed", (product, () => Get(product, "/binance/api/v3/account" + Signed(secret), key)), (bare.Address, () => Get(bare.Address, "/account" + Signed(secret), key)), 0.15);
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Rounds in turn, so that a machine that changes its mind changes it for both.</summary>
    private static async Task Compare(string what, (Uri Address, Func<string> Request) product, (Uri Address, Func<string> Request) bare, double wanted)
    {
        _ = await RawLoad.Rate(bare.Address, bare.Request(), Connections, _length);
        _ = await RawLoad.Rate(product.Address, product.Request(), Connections, _length);
        var (ours, bound) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            bound.Add(await RawLoad.Rate(bare.Address, bare.Request(), Connections, _length));
            ours.Add(await RawLoad.Rate(product.Address, product.Request(), Connections, _length));
        }

        Console.WriteLine($"{what}, {Connections} connections, client in this process: {Middle(ours):F0}/s | bare endpoint {Middle(bound):F0}/s | {Middle(ours) / Middle(bound):P0} | wanted >= {wanted:P0}");
    }

    private static string Get(Uri address, string target, string? key = null) =>
        $"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: */*\r\n{(key is null ? "" : $"X-MBX-APIKEY: {key}\r\n")}\r\n";

    private static string Signed(string secret)
    {
        var payload = $"recvWindow=60000&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        return $"?{payload}&signature={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(payload)))}";
    }

    public static async Task<(string Key, string Secret)> NewKey(Uri address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
        var email = $"{Guid.NewGuid():N}@example.com";
        (await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "a long unlikely phrase 7", name = "Bench" })).EnsureSuccessStatusCode();
        var login = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "a long unlikely phrase 7" });
        var body = await login.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("accessToken").GetString());
        var accounts = await client.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        var made = await client.PostAsJsonAsync("/api/v1/api-keys", new { accountId = accounts.GetProperty("items")[0].GetProperty("id").GetString(), label = "bench", scopes = Scopes });
        made.EnsureSuccessStatusCode();
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("key").GetString()!, key.GetProperty("secret").GetString()!);
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
