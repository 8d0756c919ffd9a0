using System.Globalization;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Tests.BinanceApi.Wire;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.BinanceApi.Fuzz;

/// <summary>
/// Malformed requests on every route of the wire: no 5xx, no silence, always words. Some seconds here; a million by
/// <c>dotnet run -c Release --project bench/Lastro.Bench fuzz</c>. LASTRO_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_request_is_answered_by_anything_but_words()
    {
        await using var wire = await WireHost.Start("--BinanceApi:WeightPerMinute", "0", "--BinanceApi:Orders10s", "0", "--BinanceApi:OrdersPerDay", "0");
        var seed = Environment.GetEnvironmentVariable("LASTRO_FUZZ_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount & 0xFFFF;
        var routes = wire.Host.Services.GetServices<IWireVerb>().Select(verb => (verb.Route.Verb, verb.Route.Path)).ToList();
        var run = new FuzzRun(wire.Host.Address, routes, (wire.Key.Key, wire.Key.Secret), seed);
        await run.Go(connections: 4, requests: long.MaxValue, TimeSpan.FromSeconds(6));
        output.WriteLine($"seed {seed}: {run.Sent} requests on {routes.Count} routes, {string.Join(", ", run.Statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))}, slowest {run.Slowest.TotalMilliseconds:F0} ms");
        string.Join('\n', run.Findings).ShouldBeEmpty($"seed {seed}");
        run.Sent.ShouldBeGreaterThan(100);
        run.Statuses.Keys.ShouldContain(200);
        (await wire.Send("GET", "/api/v3/ping")).Body.ShouldBe("{}", "it still answers");
    }
}
