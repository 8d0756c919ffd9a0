using System.Collections.Concurrent;
using Lastro.Server.Tests.Postgres;
using Xunit.Abstractions;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>PostgreSQL is stopped without warning under load, again and again, with orders on their way in and others firing.</summary>
public sealed class DatabaseCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task After_every_crash_outcomes_are_found_by_key_and_nothing_is_lost_or_doubled()
    {
        await using var postgres = await StoppablePostgres.Start();
        await using var market = await Start(postgres.ConnectionString, ["--Logging:LogLevel:Default", "Critical", "--Orders:FillModel", "through"]);
        await market.Trade(60_000m);
        await market.Book([Level(59_990m, 200m)], [Level(60_010m, 200m)]);
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.4")).Ok();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var statuses = new ConcurrentDictionary<int, int>();
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var key = $"crash-{worker}-{number}";
                for (var answer = await Place(trader, key, number % 3); ; answer = await Place(trader, key, number % 3))
                {
                    statuses.AddOrUpdate((int)answer.Status, 1, (_, count) => count + 1);
                    if ((int)answer.Status == 201) acknowledged[key] = answer["id"]!;
                    if ((int)answer.Status != 503) break;
                    await Task.Delay(50);
                }
            }
        })).ToList();
        for (var crash = 0; crash < 6; crash++)
        {
            await Task.Delay(700);
            await market.Trade(59_950m + crash);
            await postgres.StopImmediately();
            await market.Trade(59_890m - crash);
            await Task.Delay(500);
            await postgres.StartAgain();
            await market.Trade(60_000m);
        }

        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        output.WriteLine($"6 crashes; {acknowledged.Count} orders acknowledged; answers {string.Join(", ", statuses.Select(status => $"{status.Value} x {status.Key}"))}");
        statuses.Keys.ShouldBeSubsetOf([201, 503, 422], "a database that is away is 503, and nothing else");
        statuses.GetValueOrDefault(503).ShouldBeGreaterThan(0, "no request met a crash");

        foreach (var (key, id) in acknowledged)
        {
            var order = (await Trader.Insist(() => trader.Show(id))).Ok();
            order["clientOrderId"].ShouldBe(key);
            if (order["quantity"] is not null) order.Number("filledQuantity").ShouldBeLessThanOrEqualTo(order.Number("quantity"));
        }

        acknowledged.Values.Distinct().Count().ShouldBe(acknowledged.Count);

        // Whatever is still waiting fires now, so no lane has lost an order.
        await market.Book([Level(58_990m, 900m)], [Level(59_010m, 900m)]);
        await market.Trade(59_000m);
        await market.Trade(59_000m);
        foreach (var id in acknowledged.Values)
        {
            var order = await trader.Show(id);
            for (var wait = 0; wait < 100 && order["status"] is "waiting" or "triggered"; wait++)
            {
                await Task.Delay(50);
                order = await trader.Show(id);
            }

            order["status"].ShouldBeOneOf("filled", "new", "canceled", "failed");
        }

        await market.ShouldBeSound();
    }

    private static Task<Answer> Place(Trader trader, string key, int kind) => kind switch
    {
        0 => trader.Buy("0.0002", "50000", key),
        1 => trader.MarketBuy("0.0002", key),
        _ => trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.0001", triggerPrice = "59900", clientOrderId = key }),
    };
}
