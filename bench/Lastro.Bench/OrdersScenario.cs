using System.Diagnostics;
using System.Net.Http.Json;
using Lastro.Bounds;
using Lastro.Server.Orders;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lastro.Bench;

/// <summary>Durable orders: through the verb with callers in this process, through HTTP, and beside them raw SQL that writes the same rows.</summary>
internal static class OrdersScenario
{
    private const int Users = 64;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task Run(string shared)
    {
        await using var rig = await ServerRig.Start();
        var traders = new List<BenchTrader>();
        for (var user = 0; user < Users; user++) traders.Add(await rig.Register());
        var bound = new RawOrders(rig.Services.GetRequiredService<NpgsqlDataSource>(), [.. traders.Select(trader => (trader.User.Value, trader.Account))]);
        await Compare(rig.Services.GetRequiredService<PlaceOrder>(), bound, traders);
        await Http(traders);
    }

    private static async Task Compare(PlaceOrder place, RawOrders bound, List<BenchTrader> traders)
    {
        Task Placed(int caller) => Accept(place, traders[caller % Users]);
        _ = await Rate(128, Placed);
        _ = await Rate(1, _ => bound.Write(100));

        // Alternating, so that a disk that changes its mind changes it for both.
        var (product, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            raw.Add(100 * await Rate(1, _ => bound.Write(100)));
            product.Add(await Rate(256, Placed));
        }

        Console.WriteLine($"durable orders, 256 callers: {Middle(product):F0}/s | raw SQL of the same rows, 100 in a transaction {Middle(raw):F0}/s | {Middle(product) / Middle(raw):P0} | wanted >= 50 %");
        var (alone, one) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            one.Add(1e6 / await Rate(1, _ => bound.Write(1)));
            alone.Add(1e6 / await Rate(1, Placed));
        }

        Console.WriteLine($"one caller: {Middle(alone):F0} us an order | one transaction of raw SQL {Middle(one):F0} us | over it {Middle(alone) - Middle(one):F0} us | wanted <= 150 us over");
    }

    private static async Task Http(List<BenchTrader> traders)
    {
        var rate = await Rate(64, caller => Post(traders[caller % Users]));
        Console.WriteLine($"POST /orders, 64 connections, client in this process: {rate:F0}/s");
        var (times, pending) = (new System.Collections.Concurrent.ConcurrentBag<double>(), new List<Task>());
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < 5_000; sent++)
        {
            var wait = TimeSpan.FromMilliseconds(2.0 * sent) - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            var (trader, due) = (traders[sent % Users], TimeSpan.FromMilliseconds(2.0 * sent));
            pending.Add(Task.Run(async () =>
            {
                await Post(trader);
                times.Add((clock.Elapsed - due).TotalMilliseconds);
            }));
        }

        await Task.WhenAll(pending);
        var sorted = times.Order().ToArray();
        Console.WriteLine($"POST /orders at 500/s, from the time each was due: p50 {sorted[sorted.Length / 2]:F1} ms, p99 {sorted[sorted.Length * 99 / 100]:F1} ms | wanted p99 <= 25 ms");
    }

    public static async Task<double> Rate(int callers, Func<int, Task> once)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (clock.Elapsed < Length)
            {
                await once(caller);
                Interlocked.Increment(ref done);
            }
        })));
        return done / clock.Elapsed.TotalSeconds;
    }

    private static async Task Accept(PlaceOrder place, BenchTrader trader)
    {
        var body = new OrderRequest { AccountId = trader.Account.ToString(), Symbol = "BTCUSDT", Side = "buy", Type = "limit", Quantity = 0.006m, Price = 1_000m };
        var (_, refused) = await place.Handle(body, null, trader.User, CancellationToken.None);
        if (refused is not null) throw new InvalidOperationException($"refused: {refused}");
    }

    public static async Task Post(BenchTrader trader)
    {
        using var answer = await trader.Client.PostAsJsonAsync("/api/v1/orders", new { accountId = trader.Account, symbol = "BTCUSDT", side = "buy", type = "limit", quantity = "0.006", price = "1000" });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
