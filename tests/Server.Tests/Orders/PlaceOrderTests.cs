using System.Net;

namespace Lastro.Server.Tests.Orders;

public sealed class PlaceOrderTests
{
    [Fact]
    public async Task A_market_buy_by_quote_walks_the_book_and_pays_the_fee_in_what_it_receives()
    {
        await using var market = await ScriptedMarket.Start();
        await market.Trade(60_000m);
        await market.Book([ScriptedMarket.Level(59_999m, 1m)], [ScriptedMarket.Level(60_000m, 0.01m), ScriptedMarket.Level(60_010m, 1m)]);
        var trader = await Trader.New(market.Host);

        var order = (await trader.BuyFor("1000")).Ok();

        order.Status.ShouldBe(HttpStatusCode.Created);
        // 0.01 at 60,000 leaves 400; floor(400 / 60,010 to 0.00001) = 0.00666, which costs 399.6666.
        (order["status"], order.Number("filledQuantity"), order.Number("filledQuote")).ShouldBe(("filled", 0.01666m, 999.6666m));
        (await trader.Balance("USDT")).ShouldBe((49_000.3334m, 0m));
        // Fees: 0.00001 and 0.00000666, each exact at 8 decimals.
        (await trader.Balance("BTC")).ShouldBe((0.01666m - 0.00001666m, 0m));
        order.Body.GetProperty("fees")[0].GetProperty("amount").GetString().ShouldBe("0.00001666");
        var fills = (await trader.Get($"/api/v1/fills?orderId={order["id"]}")).Items;
        fills.Select(fill => fill.GetProperty("price").GetString()).ShouldBe(["60010", "60000"]);
        fills[0].GetProperty("cause").GetProperty("kind").GetString().ShouldBe("book");
    }
}
