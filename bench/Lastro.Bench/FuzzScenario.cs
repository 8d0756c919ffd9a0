using System.Diagnostics;
using System.Globalization;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Tests.BinanceApi.Fuzz;
using Microsoft.Extensions.DependencyInjection;

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
        await using var rig = await ServerRig.Start();
        var key = await ServerRig.NewKey(await rig.Register());
        var routes = rig.Services.GetServices<IWireVerb>().Select(verb => (verb.Route.Verb, verb.Route.Path)).ToList();
        Console.WriteLine($"fuzz: {requests} requests on {routes.Count} routes, {Connections} connections, seed {seed}");
        var (clock, sent, slowest, found) = (Stopwatch.StartNew(), 0L, TimeSpan.Zero, 0);
        for (var part = 0; part < Parts && found == 0; part++)
        {
            var run = new FuzzRun(rig.Address, routes, (key.Key, key.Secret), unchecked(seed + (part * 7_919)));
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

    private static long Number(string name, long usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? long.Parse(given, CultureInfo.InvariantCulture) : usual;
}
