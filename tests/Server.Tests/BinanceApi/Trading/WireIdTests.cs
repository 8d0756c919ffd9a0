
namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>Names of orders on the wire: unique among the open ones only.</summary>
public sealed class WireIdTests
{
    [Fact]
    public async Task A_name_is_taken_while_its_order_is_open_and_free_after()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var other = await WireTrader.New(market.Host);

        var first = (await trader.Buy("same")).Ok();
        (await trader.Buy("same")).ShouldFail(-2010, "Duplicate order sent.");
        (await other.Buy("same")).Ok();
        (await trader.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={first.Id}")).Ok();
        var second = (await trader.Buy("same")).Ok();
        second.Id.ShouldBeGreaterThan(first.Id);
        (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=same")).Ok().Id.ShouldBe(second.Id);

        // A name and an id that do not belong together mean nothing.
        (await trader.Get("/api/v3/order", $"symbol=BTCUSDT&orderId={first.Id}&origClientOrderId=same")).Ok();
        (await trader.Get("/api/v3/order", $"symbol=BTCUSDT&orderId={first.Id}&origClientOrderId=else")).ShouldFail(-2013, "Order does not exist.");
        (await trader.Get("/api/v3/order", $"symbol=ETHUSDT&orderId={first.Id}")).ShouldFail(-2013, "Order does not exist.");

        // What was filled has given its name back as well.
        (await trader.Place("side=BUY&type=MARKET&quantity=0.1&newClientOrderId=again")).Ok();
        (await trader.Place("side=BUY&type=MARKET&quantity=0.1&newClientOrderId=again")).Ok();
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_with_one_name_one_is_accepted()
    {
        await using var market = await WireTrader.Market("--BinanceApi:Orders10s", "0");
        var trader = await WireTrader.New(market.Host);
        for (var round = 0; round < 5; round++)
        {
            var name = $"storm-{round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => trader.Buy(name)));

            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer["msg"] == "Duplicate order sent.");
        }

        (await trader.Get("/api/v3/openOrders", "symbol=BTCUSDT")).Body.GetArrayLength().ShouldBe(5);
        (await trader.Web.Balance("USDT")).Held.ShouldBe(5 * 500m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Orders_of_others_are_unknown_and_a_key_that_reads_only_reads()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var order = (await trader.Buy("mine")).Ok();
        var other = await WireTrader.New(market.Host);

        (await other.Order(order.Id)).ShouldFail(-2013, "Order does not exist.");
        (await other.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={order.Id}")).ShouldFail(-2011, "Unknown order sent.");
        (await other.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).ShouldFail(-2011, "Unknown order sent.");
        (await other.Put("/api/v3/order/amend/keepPriority", $"symbol=BTCUSDT&orderId={order.Id}&newQty=0.005")).ShouldFail(-2038, "Unknown order sent.");
        (await other.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).ShouldFail(-2011, "Unknown order sent.");
        (await other.Get("/api/v3/allOrders", $"symbol=BTCUSDT&orderId={order.Id}")).Ok().Body.GetArrayLength().ShouldBe(0);

        var reader = await WireTrader.On(market.Host, trader.Web, "read");
        (await reader.Order(order.Id)).Ok();
        foreach (var refused in new[]
        {
            await reader.Buy("no"), await reader.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={order.Id}"), await reader.Delete("/api/v3/openOrders", "symbol=BTCUSDT"),
            await reader.Post("/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1"),
        })
            refused.ShouldFail(-2015, "Invalid API-key, IP, or permissions for action.", 401);
        (await trader.Order(order.Id))["status"].ShouldBe("NEW");
    }
}
