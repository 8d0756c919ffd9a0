using System.Text.Json;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>POST order: every type, and what it is answered with.</summary>
public sealed class PostOrderTests
{
    private static readonly string[] Ack = ["symbol", "orderId", "orderListId", "clientOrderId", "transactTime"];

    [Fact]
    public async Task A_limit_order_rests_is_found_and_is_cancelled()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var placed = (await trader.Buy("mine", "50000")).Ok();
        placed["status"].ShouldBe("NEW");
        placed["clientOrderId"].ShouldBe("mine");
        placed["price"].ShouldBe("50000.00000000");
        placed["workingTime"].ShouldBe(placed["transactTime"]);
        placed.Body.GetProperty("fills").GetArrayLength().ShouldBe(0);

        var found = (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Ok();
        found.Id.ShouldBe(placed.Id);
        found["isWorking"].ShouldBe("True");
        found["stopPrice"].ShouldBe("0.00000000");

        var canceled = (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine&newClientOrderId=gone")).Ok();
        canceled["status"].ShouldBe("CANCELED");
        canceled["origClientOrderId"].ShouldBe("mine");
        canceled["clientOrderId"].ShouldBe("gone");
        (await trader.Order(placed.Id))["status"].ShouldBe("CANCELED");
        (await trader.Web.Balance("USDT")).ShouldBe((10_000_000m, 0m));
        (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).ShouldFail(-2011, "Unknown order sent.");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task What_takes_at_once_is_answered_with_its_fills()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var bought = (await trader.Place("side=BUY&type=MARKET&quantity=3")).Ok();
        bought["status"].ShouldBe("FILLED");
        bought["executedQty"].ShouldBe("3.00000000");
        bought["cummulativeQuoteQty"].ShouldBe("180040.00000000");
        var fills = bought.Body.GetProperty("fills").EnumerateArray().ToArray();
        fills.Select(fill => fill.GetProperty("price").GetString()).ShouldBe(["60010.00000000", "60020.00000000"]);
        fills.Select(fill => fill.GetProperty("qty").GetString()).ShouldBe(["2.00000000", "1.00000000"]);
        fills[0].GetProperty("commission").GetString().ShouldBe("0.00200000");
        fills[0].GetProperty("commissionAsset").GetString().ShouldBe("BTC");
        fills[0].GetProperty("tradeId").ValueKind.ShouldBe(JsonValueKind.Number);

        var limit = (await trader.Buy(price: "60020", quantity: "5")).Ok();
        limit["status"].ShouldBe("PARTIALLY_FILLED");
        limit["executedQty"].ShouldBe("4.00000000");
        limit.Body.GetProperty("fills").GetArrayLength().ShouldBe(1);

        var sold = (await trader.Place("side=SELL&type=MARKET&quoteOrderQty=60000&newOrderRespType=RESULT")).Ok();
        sold["origQuoteOrderQty"].ShouldBe("60000.00000000");
        sold["status"].ShouldBe("FILLED");
        sold["origQty"].ShouldBe(sold["executedQty"]);
        sold.Fields.ShouldNotContain("fills");
        (await trader.Place("side=SELL&type=MARKET&quantity=0.5&newOrderRespType=ACK")).Ok().Fields.ShouldBe(Ack);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task What_is_not_filled_at_once_expires_when_it_is_to()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var some = (await trader.Place("side=BUY&type=LIMIT&timeInForce=IOC&quantity=3&price=60010")).Ok();
        (some["status"], some["executedQty"], some["timeInForce"]).ShouldBe(("EXPIRED", "2.00000000", "IOC"));
        some["expiryReason"].ShouldBe("UNFILLED_IOC_QUANTITY_EXPIRED");
        var none = (await trader.Place("side=BUY&type=LIMIT&timeInForce=FOK&quantity=9&price=60020")).Ok();
        (none["status"], none["executedQty"], none["expiryReason"]).ShouldBe(("EXPIRED", "0.00000000", "UNFILLED_FOK_ORDER_EXPIRED"));
        var all = (await trader.Place("side=BUY&type=LIMIT&timeInForce=FOK&quantity=5&price=60020")).Ok();
        all["status"].ShouldBe("FILLED");
        await market.Book([ScriptedMarket.Level(59_990m, 2m)], [ScriptedMarket.Level(60_015m, 2m)]);
        var more = (await trader.Place("side=BUY&type=MARKET&quantity=3")).Ok();
        (more["status"], more["executedQty"], more["expiryReason"]).ShouldBe(("EXPIRED", "2.00000000", "INSUFFICIENT_LIQUIDITY"));
    }

    [Fact]
    public async Task Conditional_orders_wait_fire_and_say_so()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        await trader.Stock("2");

        // Whatever is not MARKET or LIMIT is acknowledged only, unless more is asked for.
        (await trader.Place("side=SELL&type=STOP_LOSS&quantity=0.1&stopPrice=59000")).Ok().Fields.ShouldBe(Ack);
        (await trader.Place("side=SELL&type=LIMIT_MAKER&quantity=0.1&price=70000")).Ok().Fields.ShouldBe(Ack);
        var stop = (await trader.Place("side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.1&price=58000&stopPrice=59000&newOrderRespType=RESULT")).Ok();
        (stop["status"], stop["stopPrice"], stop["workingTime"], stop["type"]).ShouldBe(("NEW", "59000.00000000", "-1", "STOP_LOSS_LIMIT"));
        (await trader.Order(stop.Id))["isWorking"].ShouldBe("False");
        var profit = (await trader.Place("side=BUY&type=TAKE_PROFIT_LIMIT&timeInForce=GTC&quantity=0.1&price=58500&stopPrice=58800&newOrderRespType=FULL&strategyId=7&strategyType=1000001")).Ok();
        (profit["strategyId"], profit["strategyType"]).ShouldBe(("7", "1000001"));
        (await trader.Order(profit.Id))["strategyType"].ShouldBe("1000001");
        (await trader.Place("side=BUY&type=TAKE_PROFIT&quantity=0.1&stopPrice=50000")).Ok();
        var follows = (await trader.Place("side=SELL&type=STOP_LOSS&quantity=0.1&trailingDelta=500&newOrderRespType=RESULT")).Ok();
        (follows["type"], follows["trailingDelta"], follows["stopPrice"]).ShouldBe(("STOP_LOSS", "500", "0.00000000"));
        var later = (await trader.Place("side=SELL&type=TAKE_PROFIT&quantity=0.1&trailingDelta=300&stopPrice=65000&newOrderRespType=RESULT")).Ok();
        (later["type"], later["stopPrice"], later["trailingTime"]).ShouldBe(("TAKE_PROFIT", "65000.00000000", "-1"));
        (await trader.Order((await trader.Place("side=SELL&type=TAKE_PROFIT&quantity=0.1&trailingDelta=300")).Ok().Id))["type"].ShouldBe("TAKE_PROFIT");

        await market.Trade(59_000m);
        await market.Trade(59_000m);
        var fired = await trader.Until(stop.Id, "FILLED");
        (fired["status"], fired["isWorking"]).ShouldBe(("FILLED", "True"));
        long.Parse(fired["workingTime"]!).ShouldBe(market.NowMs - 100);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Orders_of_the_web_app_show_on_the_wire()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var web = (await trader.Web.Buy("0.01", "50000", "from-the-web")).Ok();

        var seen = (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=from-the-web")).Ok();
        seen["orderId"].ShouldBe(web["id"]);
        var waits = (await trader.Web.Place(new { side = "buy", type = "market", quantity = "0.01", startAt = market.Now.AddHours(1) })).Ok();
        var scheduled = await trader.Order(long.Parse(waits["id"]!));
        (scheduled["status"], scheduled["isWorking"], scheduled["type"]).ShouldBe(("NEW", "False", "MARKET"));
        (await trader.Web.Send(HttpMethod.Post, $"/api/v1/orders/{waits["id"]}/pause")).Ok();
        (await trader.Order(long.Parse(waits["id"]!)))["status"].ShouldBe("NEW");
        var bracket = (await trader.Web.Post("/api/v1/orders/bracket", new { side = "buy", type = "limit", quantity = "0.01", price = "50000", targetPrice = "70000", stopPrice = "40000" })).Ok();
        var exit = bracket.Body.GetProperty("orders")[1].GetProperty("id").GetString()!;
        (await trader.Order(long.Parse(exit)))["status"].ShouldBe("PENDING_NEW");
        (await trader.Get("/api/v3/openOrders", "symbol=BTCUSDT")).Ok().Body.GetArrayLength().ShouldBe(5);

        // What was placed by wire shows in the web app as ever: its key is made, and unique.
        var wire = (await trader.Buy("mine")).Ok();
        var shown = (await trader.Web.Show(wire["orderId"]!)).Ok();
        Guid.TryParse(shown["clientOrderId"], out _).ShouldBeTrue();
        shown.Body.EnumerateObject().ShouldNotContain(field => field.Name.Contains("wire", StringComparison.OrdinalIgnoreCase));
    }
}
