using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class PlaceOcoTests
{
    private const string Path = "/api/v1/orders/oco";

    [Fact]
    public async Task Both_orders_share_one_hold_and_the_stop_takes_it_over_when_it_fires()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();
        var list = (await trader.Post(Path, new { side = "sell", quantity = "0.4", price = "62000", triggerPrice = "59000", clientOrderId = "exit" })).Ok();
        (await trader.Balance("BTC")).Held.ShouldBe(0.4m);
        var legs = await trader.Legs(list);
        (legs["target"]["status"], legs["stop"]["status"], legs["stop"]["held"]).ShouldBe(("new", "waiting", null));
        (await trader.Post(Path, new { side = "sell", quantity = "0.4", price = "62000", triggerPrice = "59000", clientOrderId = "exit" })).Ok()["id"].ShouldBe(list["id"]);
        (await trader.Balance("BTC")).Held.ShouldBe(0.4m, "the same key places nothing more");

        await market.Book([Level(58_990m, 9m)], [Level(59_010m, 9m)]);
        await market.Trade(59_000m);
        await market.Trade(59_000m);
        (await trader.Until(legs["stop"]["id"]!, "filled")).Number("averagePrice").ShouldBe(58_990m);
        var target = await trader.Show(legs["target"]["id"]!);
        (target["status"], target["reason"]).ShouldBe(("canceled", "sibling"));
        await market.Trade(63_000m, 9m);
        (await trader.Show(legs["target"]["id"]!)).Number("filledQuantity").ShouldBe(0m);
        (await trader.Balance("BTC")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task The_targets_fill_ends_the_stop_and_a_cancel_of_one_ends_both()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();
        var won = await trader.Legs((await trader.Post(Path, new { side = "sell", quantity = "0.2", price = "61000", triggerPrice = "59000", stopLimitPrice = "58900" })).Ok());
        var given = await trader.Legs((await trader.Post(Path, new { side = "sell", quantity = "0.1", price = "65000", triggerPrice = "50000" })).Ok());
        await market.Trade(61_000.01m, 9m);
        (await trader.Until(won["target"]["id"]!, "filled")).Number("averagePrice").ShouldBe(61_000m);
        (await trader.Show(won["stop"]["id"]!))["status"].ShouldBe("canceled");
        (await trader.Cancel(given["stop"]["id"]!)).Ok()["status"].ShouldBe("canceled");
        (await trader.Show(given["target"]["id"]!))["status"].ShouldBe("canceled");
        (await trader.Balance("BTC")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Prices_on_the_wrong_side_and_missing_money_are_refused_whole()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();
        async Task Refused(object fields, string code, string field)
        {
            var answer = await trader.Post(Path, fields);
            (answer.Status, answer["code"], answer["field"]).ShouldBe((HttpStatusCode.UnprocessableEntity, code, field), answer.Body.ToString());
        }

        await Refused(new { side = "sell", quantity = "0.1", price = "59000", triggerPrice = "58000" }, "would_take", "price");
        await Refused(new { side = "sell", quantity = "0.1", price = "62000", triggerPrice = "60500" }, "trigger_wrong_side", "triggerPrice");
        await Refused(new { side = "sell", quantity = "9", price = "62000", triggerPrice = "59000" }, "insufficient_funds", "quantity");
        await Refused(new { side = "sell", quantity = "0.1", price = "62000" }, "invalid_field", "triggerPrice");
        (await trader.Get("/api/v1/orders?status=open")).Items.ShouldBeEmpty();
        (await trader.Balance("BTC")).Held.ShouldBe(0m);
    }

    [Fact]
    public async Task A_buys_hold_is_what_the_dearer_order_needs()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var list = (await trader.Post(Path, new { side = "buy", quantity = "0.1", price = "58000", triggerPrice = "62000", stopLimitPrice = "62500" })).Ok();
        (await trader.Balance("USDT")).Held.ShouldBe(6_250m);
        var legs = await trader.Legs(list);
        await market.Book([Level(61_990m, 9m)], [Level(62_010m, 9m)]);
        await market.Trade(62_000m);
        await market.Trade(62_000m);
        (await trader.Until(legs["stop"]["id"]!, "filled")).Number("averagePrice").ShouldBe(62_010m);
        (await trader.Balance("USDT")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }
}
