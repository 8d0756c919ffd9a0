using Lastro.Server.Orders;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.BinanceApi.Account;

public sealed class FreshAccountTests
{
    private const int Accounts = 4;

    /// <summary>Orders of each account; LASTRO_FRESH_ORDERS for a longer run.</summary>
    private static readonly int _ordersEach = int.Parse(Environment.GetEnvironmentVariable("LASTRO_FRESH_ORDERS") ?? "400", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Time and again: what an acknowledged order holds is in the very next answer, while others keep filling what is remembered.</summary>
    [Fact]
    public async Task After_an_acknowledged_order_the_next_answer_shows_it()
    {
        await using var market = await Around60000("--Orders:MaxPlacing", "4096");
        var place = market.Host.Services.GetRequiredService<PlaceOrder>();
        var cancel = market.Host.Services.GetRequiredService<CancelOrder>();
        var traders = new List<Trader>();
        for (var number = 0; number < Accounts; number++) traders.Add(await Trader.New(market.Host));
        using var done = new CancellationTokenSource();
        var readers = traders.Select(trader => Task.Run(() => Read(trader))).ToList();
        await Task.WhenAll(traders.Select(trader => Task.Run(() => Trade(trader))));
        await done.CancelAsync();
        (await Task.WhenAll(readers)).Sum().ShouldBeGreaterThan(100);
        await market.ShouldBeSound();

        async Task Trade(Trader trader)
        {
            var (key, user) = (WireAsk.KeyOf(trader), new UserId(trader.User));
            var (held, open) = (0m, new Queue<(long Id, decimal Held)>());
            for (var number = 0; number < _ordersEach; number++)
            {
                if (open.Count == 20)
                {
                    // An end must show as well as a beginning.
                    var (id, back) = open.Dequeue();
                    (await cancel.Handle(user, id, default)).Refused.ShouldBeNull();
                    held -= back;
                }
                else
                {
                    var price = 40_000m + number;
                    var (order, refused) = await place.Handle(
                        new OrderRequest { AccountId = trader.Account, Symbol = "BTCUSDT", Side = "buy", Type = "limit", Quantity = 0.001m, Price = price }, null, user, default);
                    refused.ShouldBeNull();
                    held += 0.001m * price;
                    open.Enqueue((long.Parse(order!.Id), 0.001m * price));
                }

                var usdt = (await ShowAccountTests.Balances(market.Host, key))["USDT"];
                usdt.ShouldBe((50_000m - held, held), $"after {number + 1} orders");
            }
        }

        // Money in all never changes here, whatever moment the answer is of.
        async Task<int> Read(Trader trader)
        {
            var (key, answers) = (WireAsk.KeyOf(trader), 0);
            for (; !done.IsCancellationRequested; answers++)
            {
                var usdt = (await ShowAccountTests.Balances(market.Host, key))["USDT"];
                (usdt.Free + usdt.Locked).ShouldBe(50_000m);
                await Task.Delay(1);
            }

            return answers;
        }
    }
}
