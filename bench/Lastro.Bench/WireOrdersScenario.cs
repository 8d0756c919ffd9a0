using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lastro.Server.Platform;
using Microsoft.Extensions.Logging;

namespace Lastro.Bench;

/// <summary>POST order of Binance's wire beside the product's own POST /orders: the same orders, the same connections, turn by turn.</summary>
internal static class WireOrdersScenario
{
    private static readonly string[] Scopes = ["read", "trade"];
    private const int Users = 64;
    private static long _name;

    public static async Task Run(string shared)
    {
        var folder = Directory.CreateTempSubdirectory("lastro-bench-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Data", Path.Combine(folder.FullName, "data"), "--Market", "demo", "--Limits:LoginPerMinutePerIp", "0",
            "--Limits:RegisterPerMinutePerIp", "0", "--Limits:OrdersPerSecondPerUser", "0", "--Wallets:Grant", "900000000",
            "--BinanceApi:WeightPerMinute", "0", "--BinanceApi:Orders10s", "0", "--BinanceApi:OrdersPerDay", "0",
        ];
        await using (var server = await ServerHost.Start(args, (builder, data) =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            return Lastro.Server.Program.Build(builder, data);
        }, CancellationToken.None))
        {
            var traders = new List<Trader>();
            for (var user = 0; user < Users; user++) traders.Add(await Register(server.App.Urls.First()));
            var (own, wire) = (new List<double>(), new List<double>());
            _ = await OrdersScenario.Rate(Users, caller => Wire(traders[caller]));

            // Turn by turn, so that a machine that changes its mind changes it for both.
            for (var round = 0; round < 3; round++)
            {
                own.Add(await OrdersScenario.Rate(Users, caller => OrdersScenario.Post(traders[caller].Client, traders[caller].Account)));
                wire.Add(await OrdersScenario.Rate(Users, caller => Wire(traders[caller])));
            }

            var (mine, theirs) = (OrdersScenario.Middle(own), OrdersScenario.Middle(wire));
            Console.WriteLine($"POST /binance/api/v3/order, 64 connections, signing client in this process: {theirs:F0}/s | POST /api/v1/orders {mine:F0}/s | {theirs / mine:P0} | wanted >= 50 %");
        }

        folder.Delete(recursive: true);
    }

    private sealed record Trader(HttpClient Client, string Account, string Key, byte[] Secret);

    private static async Task<Trader> Register(string address)
    {
        var (_, account, client) = await OrdersScenario.Register(address);
        var made = await client.PostAsJsonAsync("/api/v1/api-keys", new { accountId = account, label = "bench", scopes = Scopes });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        return new Trader(client, account, key.GetProperty("key").GetString()!, Encoding.ASCII.GetBytes(key.GetProperty("secret").GetString()!));
    }

    /// <summary>As a bot does it: a name of its own for every order, parameters in a form body.</summary>
    private static async Task Wire(Trader trader)
    {
        var name = Interlocked.Increment(ref _name);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var body = string.Create(CultureInfo.InvariantCulture, $"timestamp={now}&recvWindow=60000&symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.006&price=1000&newClientOrderId=x-{name}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(trader.Secret, Encoding.ASCII.GetBytes(body)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/binance/api/v3/order") { Content = new StringContent($"{body}&signature={signature}", Encoding.ASCII, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-MBX-APIKEY", trader.Key);
        using var answer = await trader.Client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
