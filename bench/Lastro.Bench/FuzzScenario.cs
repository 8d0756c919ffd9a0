using System.Diagnostics;
using System.Globalization;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform;
using Lastro.Server.Tests.BinanceApi.Fuzz;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lastro.Bench;

/// <summary>A million malformed requests (LASTRO_FUZZ_REQUESTS) on every route of Binance's wire: no 5xx, no silence, and the memory of a process that does not grow.</summary>
internal static class FuzzScenario
{
    private const int Parts = 10;
    private const int Connections = 8;

    public static async Task Run(string shared)
    {
        var requests = Number("LASTRO_FUZZ_REQUESTS", 1_000_000);
        var seed = (int)Number("LASTRO_FUZZ_SEED", Environment.TickCount & 0xFFFF);
        var folder = Directory.CreateTempSubdirectory("lastro-bench-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Data", Path.Combine(folder.FullName, "data"), "--Market", "demo", "--Limits:LoginPerMinutePerIp", "0", "--Limits:RegisterPerMinutePerIp", "0",
            "--Limits:OrdersPerSecondPerUser", "0", "--BinanceApi:WeightPerMinute", "0", "--BinanceApi:Orders10s", "0", "--BinanceApi:OrdersPerDay", "0",
        ];
        await using (var server = await ServerHost.Start(args, (builder, data) =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            return Lastro.Server.Program.Build(builder, data);
        }, CancellationToken.None))
        {
            var address = new Uri(server.App.Urls.First());
            var signer = await WireScenario.NewKey(address);
            var routes = server.App.Services.GetServices<IWireVerb>().Select(verb => (verb.Route.Verb, verb.Route.Path)).ToList();
            Console.WriteLine($"fuzz: {requests} requests on {routes.Count} routes, {Connections} connections, seed {seed}");
            var (clock, sent, slowest, found) = (Stopwatch.StartNew(), 0L, TimeSpan.Zero, 0);
            for (var part = 0; part < Parts && found == 0; part++)
            {
                var run = new FuzzRun(address, routes, signer, unchecked(seed + (part * 7_919)));
                await run.Go(Connections, requests / Parts, TimeSpan.FromHours(1));
                (sent, found) = (sent + run.Sent, found + run.Findings.Count);
                if (run.Slowest > slowest) slowest = run.Slowest;
                foreach (var finding in run.Findings) Console.WriteLine(finding);
                var statuses = string.Join(" ", run.Statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}:{one.Value}"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{sent,9} sent, {sent / clock.Elapsed.TotalSeconds:F0}/s | heap after collection {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F1} MB, process {Environment.WorkingSet / 1e6:F0} MB | {statuses} | slowest {slowest.TotalMilliseconds:F0} ms"));
            }

            Console.WriteLine(found == 0 ? "fuzz: nothing found" : $"fuzz: {found} findings, seed {seed}");
        }

        folder.Delete(recursive: true);
    }

    private static long Number(string name, long usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? long.Parse(given, CultureInfo.InvariantCulture) : usual;
}
