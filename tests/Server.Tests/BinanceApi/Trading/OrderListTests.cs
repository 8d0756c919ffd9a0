
namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>Two orders of which one cancels the other, by both ways of placing them.</summary>
public sealed class OrderListTests
{
    private const string Oco = "/api/v3/orderList/oco";
    private const string Sell = "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=55000";

    [Fact]
    public async Task A_list_is_placed_found_and_cancelled()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        await trader.Stock("1");

        var list = (await trader.Post(Oco, Sell + "&listClientOrderId=pair&aboveClientOrderId=up&belowClientOrderId=down")).Ok();
        (list["contingencyType"], list["listStatusType"], list["listOrderStatus"], list["listClientOrderId"]).ShouldBe(("OCO", "EXEC_STARTED", "EXECUTING", "pair"));
        var reports = list.Body.GetProperty("orderReports").EnumerateArray().ToArray();
        reports.Select(report => report.GetProperty("type").GetString()).ShouldBe(["STOP_LOSS", "LIMIT_MAKER"]);
        reports.Select(report => report.GetProperty("clientOrderId").GetString()).ShouldBe(["down", "up"]);
        reports.ShouldAllBe(report => report.GetProperty("orderListId").GetInt64() == list.Body.GetProperty("orderListId").GetInt64());
        (await trader.Web.Balance("BTC")).Held.ShouldBe(0.1m);

        (await trader.Post(Oco, Sell + "&listClientOrderId=pair")).ShouldFail(-2010, "Duplicate order sent.");
        (await trader.Post(Oco, Sell + "&aboveClientOrderId=up")).ShouldFail(-2010, "Duplicate order sent.");
        (await trader.Post(Oco, Sell + "&aboveClientOrderId=x&belowClientOrderId=x")).ShouldFail(-2010, "Duplicate order sent.");
        (await trader.Get("/api/v3/orderList", "origClientOrderId=pair")).Ok()["orderListId"].ShouldBe(list["orderListId"]);
        (await trader.Get("/api/v3/orderList", $"orderListId={list["orderListId"]}")).Ok().Body.GetProperty("orders").GetArrayLength().ShouldBe(2);
        (await trader.Get("/api/v3/openOrderList")).Ok().Body.GetArrayLength().ShouldBe(1);

        // One of the two takes both with it.
        var ended = (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=up&newClientOrderId=end")).Ok();
        (ended["listOrderStatus"], ended.Body.GetProperty("orderReports").GetArrayLength()).ShouldBe(("ALL_DONE", 2));
        ended.Body.GetProperty("orderReports").EnumerateArray().ShouldAllBe(report => report.GetProperty("status").GetString() == "CANCELED" && report.GetProperty("clientOrderId").GetString() == "end");
        (await trader.Delete("/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=pair")).ShouldFail(-2011, "Unknown order sent.");

        // The name is free again; the whole list goes by its own.
        (await trader.Post(Oco, Sell + "&listClientOrderId=pair")).Ok();
        (await trader.Delete("/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=pair")).Ok()["listStatusType"].ShouldBe("ALL_DONE");
        (await trader.Get("/api/v3/allOrderList", "limit=1")).Ok().Body.GetArrayLength().ShouldBe(1);
        (await trader.Get("/api/v3/allOrderList")).Ok().Body.EnumerateArray().Select(one => one.GetProperty("orders").GetArrayLength()).ShouldBe([2, 2]);
        (await trader.Web.Balance("BTC")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task What_one_does_expires_the_other()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        await trader.Stock("1");
        var list = (await trader.Post("/api/v3/order/oco", "symbol=BTCUSDT&side=SELL&quantity=0.1&price=65000&stopPrice=55000&stopLimitPrice=54000&stopLimitTimeInForce=GTC")).Ok();
        var ids = list.Body.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("orderId").GetInt64()).ToArray();

        await market.Trade(55_000m);
        await market.Trade(55_000m);

        (await trader.Until(ids[0], "FILLED"))["type"].ShouldBe("STOP_LOSS_LIMIT");
        var other = await trader.Order(ids[1]);
        (other["status"], other["expiryReason"], other["type"]).ShouldBe(("EXPIRED", "OCO_TRIGGER", "LIMIT_MAKER"));

        // A take-profit instead of the limit maker, and a buy the other way round.
        await market.Trade(60_000m);
        var second = (await trader.Post(Oco, "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=TAKE_PROFIT&aboveStopPrice=61000&belowType=STOP_LOSS&belowTrailingDelta=1000")).Ok();
        var buys = (await trader.Post(Oco, "symbol=BTCUSDT&side=BUY&quantity=0.1&belowType=LIMIT_MAKER&belowPrice=50000&aboveType=STOP_LOSS_LIMIT&aboveTimeInForce=GTC&abovePrice=66000&aboveStopPrice=65000")).Ok();
        await market.Trade(61_000m);
        await market.Trade(61_000m);
        ids = [.. second.Body.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("orderId").GetInt64())];
        (await trader.Until(ids[1], "FILLED"))["type"].ShouldBe("TAKE_PROFIT");
        (await trader.Order(ids[0]))["status"].ShouldBe("EXPIRED");
        (await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).Ok().Body[0].GetProperty("orderListId").ToString().ShouldBe(buys["orderListId"]);
        await market.ShouldBeSound();
    }

    [Theory]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=LIMIT_MAKER&belowPrice=1", -1168, "At least one OCO order must be contingent.")]
    [InlineData("side=SELL&quantity=0.1&aboveType=STOP_LOSS&aboveStopPrice=65000&belowType=STOP_LOSS&belowStopPrice=1", -1197, "A stop loss order in a sell OCO must be below.")]
    [InlineData("side=BUY&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=1", -1165, "A limit order in a buy OCO must be below.")]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=1", -1158, "Order type not supported in OCO.")]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=59995&belowType=STOP_LOSS&belowStopPrice=55000", -2010, "The relationship of the prices for the orders is not correct.")]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=60000", -2010, "The relationship of the prices for the orders is not correct.")]
    [InlineData("side=SELL&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=55000", -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&belowType=STOP_LOSS&belowStopPrice=55000", -1102, "Mandatory parameter 'abovePrice' was not sent, was empty/null, or malformed.")]
    public async Task Orders_that_do_not_go_together_are_refused(string fields, int code, string message)
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        (await trader.Post(Oco, "symbol=BTCUSDT&" + fields)).ShouldFail(code, message);
        (await trader.Post("/api/v3/orderList/otoco", "symbol=BTCUSDT&" + fields)).ShouldFail(-1020, "This operation is not supported.");
    }
}
