using System.Collections.Concurrent;
using System.Diagnostics;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Model;

public sealed class MoneyModelTests(ITestOutputHelper output)
{
    private const long Operations = 200_000;

    private static readonly FeeRates[] Rates = [new(0.001m, 0.001m), new(0.0002m, 0.00075m), new(0m, 0.00123m), new(0.001m, 0.33333m), new(0.0001m, 0m), new(0.000999m, 0.001001m)];

    /// <summary>Five seeds that stay and a fresh one each time (CI repeats one, so that a run can be repeated), printed with the outcome; say LASTRO_SEED=n to run one again.</summary>
    [Fact]
    public async Task A_million_operations_leave_money_and_orders_as_an_independent_model_says()
    {
        var fresh = Environment.GetEnvironmentVariable("LASTRO_SEED") is { Length: > 0 } named ? int.Parse(named)
            : Environment.GetEnvironmentVariable("CI") == "true" ? 267_876_057 : (int)(Stopwatch.GetTimestamp() & 0x3FFFFFFF);
        var all = new Tally();
        var faults = new ConcurrentQueue<string>();
        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(new[] { 1, 2, 3, 4, 5, fresh }, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var tally = await Run(seed, faults);
            lock (all) all.Merge(tally);
        });

        output.WriteLine($"{all.Operations} operations in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s, fresh seed {fresh}");
        foreach (var line in all.Lines()) output.WriteLine(line);
        foreach (var fault in faults) output.WriteLine(fault);
        faults.ShouldBeEmpty();
        all.Operations.ShouldBeGreaterThanOrEqualTo(6 * Operations);
        Enum.GetValues<Case>().Where(which => all[which] == 0).ShouldBeEmpty("These never came up, so nothing is known about them.");
    }

    private static async Task<Tally> Run(int seed, ConcurrentQueue<string> faults)
    {
        var world = World(Rates[seed % Rates.Length]);
        var subject = new MemorySubject(world);
        foreach (var (account, _) in world.Accounts) subject.Grant(account, new Money(world.Grant, world.Pairs[0].Quote));
        var run = new ModelRun(world, subject, seed);
        try
        {
            await run.Run(Operations, sweepEvery: 1_000);
        }
#pragma warning disable CA1031 // Whatever goes wrong is told with its seed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            faults.Enqueue($"Seed {seed}, operation {run.Tally.Operations}: {error}");
        }

        return run.Tally;
    }

    private static ModelWorld World(FeeRates fees) => new()
    {
        Fees = fees,
        Grant = 50_000m,
        Pairs =
        [
            Pair("BTC", "USDT", 0.01m, 0.00001m),
            Pair("BTC", "EUR", 0.0000000001m, 0.00000001m),
            Pair("EUR", "USDT", 0.0000000001m, 0.00000001m),
            Pair("SHIB", "USDT", 0.00000001m, 1m),
            Pair("NANO", "USDT", 0.000000001m, 0.000000001m),
        ],
        Accounts = [.. Enumerable.Range(1, 6).Select(number => (new Guid(number, 0, 0, new byte[8]), new Guid(number % 2, 1, 0, new byte[8])))],
    };

    private static Instrument Pair(string asset, string quote, decimal tick, decimal step) => new()
    {
        Symbol = new Symbol(asset + quote),
        Base = new Asset(asset),
        Quote = new Asset(quote),
        TickSize = tick,
        StepSize = step,
        MinQuantity = step,
        MinNotional = 0m,
    };
}
