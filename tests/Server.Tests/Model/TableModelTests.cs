using System.Diagnostics;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Tests.Lanes;
using Lastro.Server.Tests.Orders;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Model;

public sealed class TableModelTests(ITestOutputHelper output)
{
    private const long Operations = 2_000;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Thousands_of_operations_leave_the_servers_tables_as_the_model_says_and_the_ledger_sound(int seed)
    {
        await using var market = await ScriptedMarket.Start(settings: ["--Logging:LogLevel:Default", "Error"]);
        var accounts = new List<(Guid, Guid)>();
        for (var count = 0; count < 3; count++)
        {
            var trader = await Trader.New(market.Host);

            // Orders meet the market so late that the lanes never decide: decisions are this run's.
            (await trader.Send(HttpMethod.Patch, $"/api/v1/accounts/{trader.Account}", new { latencyMs = 5_000 })).Ok();
            accounts.Add((Guid.Parse(trader.Account), trader.User));
        }

        Instrument[] pairs = [LaneRig.Pair("BTCUSDT"), LaneRig.Pair("ETHUSDT")];
        var world = new ModelWorld
        {
            Fees = new FeeRates(0.001m, 0.001m),
            Grant = 50_000m,
            Pairs = [.. pairs.Select(pair => pair with { MinNotional = 0m })],
            Accounts = accounts,
        };
        var run = new ModelRun(world, new DatabaseSubject(market.Host, world), seed);

        var begun = Stopwatch.GetTimestamp();
        await run.Run(Operations, sweepEvery: 500);

        output.WriteLine($"Seed {seed}: {run.Tally.Operations} operations in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s");
        foreach (var line in run.Tally.Lines()) output.WriteLine(line);
        await market.ShouldBeSound();
    }
}
