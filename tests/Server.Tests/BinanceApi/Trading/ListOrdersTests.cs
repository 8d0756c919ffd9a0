
namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>openOrders and allOrders: which orders, in which order, and their end all at once.</summary>
public sealed class ListOrdersTests
{
    [Fact]
    public async Task Orders_are_listed_by_id_from_an_id_a_time_or_the_latest()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var ids = new List<long>();
        for (var number = 0; number < 5; number++)
        {
            ids.Add((await trader.Buy($"n{number}")).Ok().Id);
            await market.Pass(60_000, 60_000m);
        }

        (await trader.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={ids[1]}")).Ok();
        var times = await Times(trader);

        (await Ids(trader, "")).ShouldBe(ids);
        (await Ids(trader, "&limit=2")).ShouldBe(ids[3..]);
        (await Ids(trader, $"&orderId={ids[2]}&limit=2")).ShouldBe(ids[2..4]);
        (await Ids(trader, $"&startTime={times[1]}&endTime={times[3]}")).ShouldBe(ids[1..4]);
        (await Ids(trader, $"&startTime={times[1]}000")).ShouldBe(ids[1..]);
        (await Ids(trader, $"&endTime={times[2]}&limit=2")).ShouldBe(ids[1..3]);
        (await trader.Get("/api/v3/allOrders", "symbol=ETHUSDT")).Ok().Body.GetArrayLength().ShouldBe(0);
        (await trader.Get("/api/v3/openOrders")).Ok().Body.GetArrayLength().ShouldBe(4);
        (await trader.Get("/api/v3/openOrders", "symbol=ETHUSDT")).Ok().Body.GetArrayLength().ShouldBe(0);

        var ended = (await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).Ok().Body.EnumerateArray().ToArray();
        ended.Length.ShouldBe(4);
        ended.Select(order => order.GetProperty("clientOrderId").GetString()).Distinct().Count().ShouldBe(1);
        ended.ShouldAllBe(order => order.GetProperty("status").GetString() == "CANCELED");
        (await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).ShouldFail(-2011, "Unknown order sent.");
    }

    [Fact]
    public async Task Restrictions_of_a_cancel_are_kept()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var part = (await trader.Buy(price: "60010", quantity: "3")).Ok();
        part["status"].ShouldBe("PARTIALLY_FILLED");
        var rests = (await trader.Buy()).Ok();

        (await Cancel(part, "ONLY_NEW")).ShouldFail(-2011, "Order was not canceled due to cancel restrictions.");
        (await Cancel(rests, "ONLY_PARTIALLY_FILLED")).ShouldFail(-2011, "Order was not canceled due to cancel restrictions.");
        (await Cancel(rests, "ONLY_OLD")).ShouldFail(-1145, "Invalid cancelRestrictions");
        (await Cancel(part, "ONLY_PARTIALLY_FILLED")).Ok()["executedQty"].ShouldBe("2.00000000");
        (await Cancel(rests, "ONLY_NEW")).Ok();
        await market.ShouldBeSound();

        Task<WireAnswer> Cancel(WireAnswer order, string restrictions) =>
            trader.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={order.Id}&cancelRestrictions={restrictions}");
    }

    private static async Task<List<long>> Ids(WireTrader trader, string fields) =>
        [.. (await trader.Get("/api/v3/allOrders", "symbol=BTCUSDT" + fields)).Ok().Body.EnumerateArray().Select(order => order.GetProperty("orderId").GetInt64())];

    private static async Task<List<long>> Times(WireTrader trader) =>
        [.. (await trader.Get("/api/v3/allOrders", "symbol=BTCUSDT")).Ok().Body.EnumerateArray().Select(order => order.GetProperty("time").GetInt64())];
}
