using Dapper;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>The server's connections are cut again and again, also in the middle of a COMMIT.</summary>
public sealed class DatabaseTroubleTests
{
    [Fact]
    public async Task Cut_connections_lose_and_double_nothing_that_was_acknowledged()
    {
        await using var market = await Around60000("--Orders:FillModel", "through");
        var trader = await Trader.New(market.Host);
        var (acknowledged, refused) = (new System.Collections.Concurrent.ConcurrentDictionary<string, string>(), new System.Collections.Concurrent.ConcurrentBag<string>());
        var unknown = new System.Collections.Concurrent.ConcurrentBag<(string Key, bool Market)>();
        using var stop = new CancellationTokenSource();
        var cuts = Cut(market, stop.Token);
        var moves = Move(market, stop.Token);

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (index, _) =>
        {
            var (key, isMarket) = ($"cut-{index}", index % 3 == 0);
            var answer = await Place(trader, key, isMarket);
            if ((int)answer.Status == 201) acknowledged[key] = answer["id"]!;
            else unknown.Add((key, isMarket));
            if ((int)answer.Status is not (201 or 503)) refused.Add($"{answer.Status} {answer.Body}");
        });
        await stop.CancelAsync();
        (await cuts).ShouldBeGreaterThan(20, "connections cut");
        await moves;
        refused.ShouldBeEmpty();
        unknown.ShouldNotBeEmpty("no request met the trouble");

        foreach (var (key, isMarket) in unknown)
        {
            var answer = (await Trader.Insist(() => Place(trader, key, isMarket))).Ok();
            acknowledged[key] = answer["id"]!;
        }

        // A price through every limit: each order that is open must fill now, so none has been lost by its lane.
        await market.Book([Level(48_990m, 9m)], [Level(49_000m, 900m)]);
        foreach (var (key, id) in acknowledged)
        {
            var order = await trader.Until(id, "filled");
            (order["clientOrderId"], order["status"]).ShouldBe((key, "filled"), order.Body.ToString());
        }

        acknowledged.Values.Distinct().Count().ShouldBe(300);
        (await trader.Get("/api/v1/orders?status=open")).Items.ShouldBeEmpty();
        await market.ShouldBeSound();
    }

    private static Task<Answer> Place(Trader trader, string key, bool isMarket) =>
        isMarket ? trader.MarketBuy("0.001", key) : trader.Buy("0.001", "50000", key);

    private static async Task<int> Cut(ScriptedMarket market, CancellationToken stop)
    {
        var cut = 0;
        while (!stop.IsCancellationRequested)
        {
            await using (var owner = await market.Host.Owner.OpenConnectionAsync(CancellationToken.None))
                cut += await owner.ExecuteScalarAsync<int>("""
                    SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = 'lastro' AND random() < 0.3
                    """);
            await Task.Delay(40, CancellationToken.None);
        }

        return cut;
    }

    private static async Task Move(ScriptedMarket market, CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            await market.Book([Level(59_990m, 2m + round)], [Level(60_010m, 2m + round)]);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
