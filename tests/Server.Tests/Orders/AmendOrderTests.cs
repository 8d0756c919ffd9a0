using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class AmendOrderTests
{
    [Fact]
    public async Task Quantity_and_price_change_in_place_and_the_hold_follows()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var order = (await trader.Buy("0.5", "59000", "mine")).Ok();
        var smaller = (await trader.Amend(order["id"]!, new { quantity = "0.2" })).Ok();
        (smaller["id"], smaller.Number("quantity")).ShouldBe((order["id"], 0.2m));
        (await trader.Balance("USDT")).ShouldBe((38_200m, 11_800m));
        (await trader.Amend(order["id"]!, new { quantity = "0.3", price = "59500" })).Ok();
        (await trader.Balance("USDT")).ShouldBe((32_150m, 17_850m));

        var dear = await trader.Amend(order["id"]!, new { quantity = "2" });
        (dear.Status, dear["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "insufficient_funds"));
        (await trader.Amend(order["id"]!, new { price = "59500.001" }))["code"].ShouldBe("price_not_on_tick");
        (await trader.Amend(order["id"]!, new { triggerPrice = "1" }))["field"].ShouldBe("triggerPrice");
        (await trader.Amend(order["id"]!, new { }))["code"].ShouldBe("invalid_field");

        // The first answer is still the answer to the first request.
        (await trader.Buy("0.5", "59000", "mine")).Ok().Number("quantity").ShouldBe(0.5m);
        await market.Book([Level(59_300m, 2m)], [Level(59_400m, 2m)]);
        await market.Trade(59_400m, 5m);
        var filled = await trader.Until(order["id"]!, "filled");
        (filled.Number("filledQuantity"), filled.Number("averagePrice")).ShouldBe((0.3m, 59_500m));
        (await trader.Amend(order["id"]!, new { quantity = "0.1" })).Status.ShouldBe(HttpStatusCode.Conflict);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Made_smaller_an_order_keeps_its_place_in_the_queue_and_made_dearer_it_loses_it()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var first = (await trader.Buy("0.2", "59990")).Ok();
        var moved = (await trader.Buy("0.2", "59980")).Ok();
        await market.Change([Level(59_990m, 4m), Level(59_980m, 9m)], []);
        (await trader.Amend(first["id"]!, new { quantity = "0.1" })).Ok();
        (await trader.Amend(moved["id"]!, new { price = "59990" })).Ok();

        // Two were ahead of the first and four are ahead of the other.
        await market.Trade(59_990m, 2.05m);
        (await trader.Until(first["id"]!, "partiallyFilled")).Number("filledQuantity").ShouldBe(0.05m);
        await market.Trade(59_990m, 0.05m);
        (await trader.Until(first["id"]!, "filled")).Number("filledQuantity").ShouldBe(0.1m);
        (await trader.Show(moved["id"]!)).Number("filledQuantity").ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_waiting_order_gets_another_trigger_on_the_right_side_only()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.2")).Ok();
        var stop = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.1", triggerPrice = "59000" })).Ok();
        var wrong = await trader.Amend(stop["id"]!, new { triggerPrice = "60001" });
        (wrong["code"], wrong["limit"]).ShouldBe(("trigger_wrong_side", "60000"));
        (await trader.Amend(stop["id"]!, new { triggerPrice = "58000" })).Ok()["triggerPrice"].ShouldBe("58000");
        await market.Trade(58_999m);
        (await trader.Show(stop["id"]!))["status"].ShouldBe("waiting");
        await market.Trade(58_000m);
        (await trader.Until(stop["id"]!, "triggered"))["status"].ShouldBe("triggered");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Amendments_and_fills_that_race_never_fill_more_than_the_last_word()
    {
        await using var market = await Around60000("--Orders:FillModel", "touch");
        var trader = await Trader.New(market.Host);
        for (var round = 0; round < 60; round++)
        {
            await market.Trade(60_000m);
            var order = (await trader.Buy("0.01", "59500")).Ok();
            var amend = trader.Amend(order["id"]!, new { quantity = "0.004" });
            await market.Trade(59_500m);
            var answer = await amend;

            // An amendment that came first sees the next trade only.
            await market.Trade(59_500m);
            var ended = await trader.Until(order["id"]!, "filled");
            ended.Number("filledQuantity").ShouldBe(answer.Status == HttpStatusCode.OK ? 0.004m : 0.01m, answer.Body.ToString());
        }

        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Another_users_order_does_not_exist()
    {
        await using var market = await Around60000();
        var order = (await (await Trader.New(market.Host)).Buy("0.1", "59000")).Ok();
        var stranger = await Trader.New(market.Host);
        (await stranger.Amend(order["id"]!, new { quantity = "0.05" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
