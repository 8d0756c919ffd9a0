using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>Everything that can end an order, at the same moment: each order ends once, each hold is resolved once.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fill_cancel_expiry_and_reset_at_once_end_each_order_once()
    {
        await using var market = await Around60000("--Orders:FillModel", "touch", "--Logging:LogLevel:Default", "Error");
        var trader = await Trader.New(market.Host);
        var ends = new Dictionary<string, int>();
        const int rounds = 60;
        var orders = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            await market.Book([Level(59_990m, 2m)], [Level(60_010m, 2m)]);
            var expires = market.Now.AddMilliseconds(150);
            var placed = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => trader.Place(
                new { side = "buy", type = "limit", quantity = "0.001", price = index < 3 ? "59500" : "59000", expiresAt = expires })));
            var ids = placed.Select(answer => answer.Ok()["id"]!).ToList();
            orders.AddRange(ids);
            var cancels = ids.Where((_, index) => index % 3 < 2).Select(id => trader.Cancel(id)).ToList();
            var reset = round % 4 == 0 ? trader.Send(HttpMethod.Post, $"/api/v1/accounts/{trader.Account}/reset", new { confirm = "RESET" }) : null;
            await market.Trade(59_500m);
            await market.Trade(60_000m);
            await Task.WhenAll(cancels);
            if (reset is not null) (await reset).Ok();
            foreach (var id in ids)
            {
                var order = await trader.Show(id);
                for (var wait = 0; wait < 100 && order["status"] is "new" or "partiallyFilled"; wait++)
                {
                    await Task.Delay(20);
                    order = await trader.Show(id);
                }

                ends[order["status"]!] = ends.GetValueOrDefault(order["status"]!) + 1;
                (order["held"], order.Number("filledQuantity")).ShouldBe((null, order["status"] == "filled" ? 0.001m : 0m), order.Body.ToString());
            }
        }

        output.WriteLine($"{rounds} rounds, {orders.Count} orders: {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}, double resolutions 0");
        ends.Keys.ShouldBe(["filled", "canceled", "expired"], ignoreOrder: true, "an ending never won the race");
        (await trader.Balance("USDT")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Every_request_of_an_idempotency_storm_is_carried_out_once_also_over_restarts()
    {
        const int keys = 1_000;
        var answered = new System.Collections.Concurrent.ConcurrentDictionary<int, string>();
        var (user, account, sent, other) = ((Host.TestUser?)null, "", 0, 0);
        string? database = null;
        for (var start = 0; start < 3; start++)
        {
            await using var market = await Start(database, ["--Logging:LogLevel:Default", "Error"]);
            database = market.Host.OwnerConnectionString;
            user = user is null ? await market.Host.NewUser() : await Trader.SignIn(market.Host, user);
            if (start == 0) account = await Trader.AccountOf(market.Host, user);
            var trader = Trader.On(market.Host, user, account);
            await market.Trade(60_000m);
            await Parallel.ForEachAsync(Enumerable.Range(0, keys), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (index, _) =>
            {
                var copies = (index % 5) + 1;
                var answers = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => Trader.Insist(() => trader.Buy("0.0002", "50000", $"storm-{index}"))));
                Interlocked.Add(ref sent, copies);
                foreach (var answer in answers) answered.GetOrAdd(index, answer.Ok().Body.ToString()).ShouldBe(answer.Body.ToString());
                var changed = await Trader.Insist(() => trader.Buy("0.0003", "50000", $"storm-{index}"));
                (changed.Status, changed["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency_mismatch"));
                Interlocked.Increment(ref other);
            });
            (await trader.Balance("USDT")).Held.ShouldBe(keys * 10m);
            await market.ShouldBeSound();
        }

        output.WriteLine($"{sent + other} requests for {keys} keys over 3 starts: {sent - keys} repeats answered alike, {other} other bodies refused, duplicates 0");
    }

    [Fact]
    public async Task When_the_way_in_is_full_orders_are_refused_as_busy_and_none_is_half_done()
    {
        await using var market = await Around60000("--Orders:MaxPlacing", "4", "--Logging:LogLevel:Default", "Error");
        var trader = await Trader.New(market.Host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(index => trader.Buy("0.0002", "50000", $"busy-{index}")));
        var accepted = answers.Count(answer => answer.Status == HttpStatusCode.Created);
        var busy = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToList();
        (accepted + busy.Count).ShouldBe(300);
        busy.ShouldNotBeEmpty("the queue was never full");
        busy.ShouldAllBe(answer => answer["code"] == "busy" && answer.RetryAfter != null);
        (await trader.Balance("USDT")).Held.ShouldBe(accepted * 10m);
        market.Host.Services.GetRequiredService<Server.Orders.OrderMailbox>().Crowded.ShouldBeFalse();
        await market.ShouldBeSound();
    }
}
