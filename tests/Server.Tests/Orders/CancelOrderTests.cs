using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class CancelOrderTests
{
    [Fact]
    public async Task A_limit_order_holds_its_money_and_cancelling_gives_it_back_once()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var order = (await trader.Buy("0.5", "59000.5")).Ok();
        (order["status"], order.Body.GetProperty("held").GetProperty("amount").GetString()).ShouldBe(("new", "29500.25"));
        (await trader.Balance("USDT")).ShouldBe((20_499.75m, 29_500.25m));

        var canceled = (await trader.Cancel(order["id"]!)).Ok();
        (canceled["status"], canceled["held"]).ShouldBe(("canceled", null));
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        var again = await trader.Cancel(order["id"]!);
        (again.Status, again["code"]).ShouldBe((HttpStatusCode.Conflict, "already_final"));

        await market.Trade(58_000m);
        (await trader.Show(order["id"]!)).Number("filledQuantity").ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Fills_and_cancels_that_race_end_each_order_once()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var (filled, canceled) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            await market.Book([Level(59_990m, 2m)], [Level(60_010m, 2m)]);
            var orders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => trader.Buy("0.001", "59500")));
            var cancels = orders.Select(order => trader.Cancel(order.Ok()["id"]!)).ToList();
            await market.Trade(59_499m + (round % 2));
            var answers = await Task.WhenAll(cancels);

            foreach (var (order, answer) in orders.Zip(answers))
            {
                if (answer.Status == HttpStatusCode.OK)
                {
                    canceled++;
                    (await trader.Show(order["id"]!))["status"].ShouldBe("canceled");
                }
                else
                {
                    filled++;
                    (answer.Status, answer["code"]).ShouldBe((HttpStatusCode.Conflict, "already_final"));
                    (await trader.Show(order["id"]!))["status"].ShouldBe("filled");
                }
            }
        }

        (filled + canceled).ShouldBe(320);
        filled.ShouldBeGreaterThan(0, "the race was never won by a fill");
        canceled.ShouldBeGreaterThan(0, "the race was never won by a cancel");
        await market.ShouldBeSound();
    }
}
