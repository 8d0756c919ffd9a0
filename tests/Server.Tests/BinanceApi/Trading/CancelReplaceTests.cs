
namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>POST order/cancelReplace: two results, and what each combination of them is answered with. And PUT order/amend/keepPriority.</summary>
public sealed class CancelReplaceTests
{
    private const string Path = "/api/v3/order/cancelReplace";
    private const string New = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=51000&newClientOrderId=mine";

    [Fact]
    public async Task Both_succeed_and_the_name_passes_on()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var old = (await trader.Buy("mine")).Ok();

        var both = (await trader.Post(Path, $"{New}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=mine&cancelNewClientOrderId=swap")).Ok();

        (both["cancelResult"], both["newOrderResult"]).ShouldBe(("SUCCESS", "SUCCESS"));
        var canceled = both.Body.GetProperty("cancelResponse");
        canceled.GetProperty("orderId").GetInt64().ShouldBe(old.Id);
        canceled.GetProperty("origClientOrderId").GetString().ShouldBe("mine");
        canceled.GetProperty("clientOrderId").GetString().ShouldBe("swap");
        var placed = both.Body.GetProperty("newOrderResponse");
        placed.GetProperty("clientOrderId").GetString().ShouldBe("mine");
        placed.GetProperty("status").GetString().ShouldBe("NEW");
        (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Id.ShouldBe(placed.GetProperty("orderId").GetInt64());
        (await trader.Web.Balance("USDT")).Held.ShouldBe(1_020m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task What_fails_is_said_of_each()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var old = (await trader.Buy("old")).Ok();

        // The cancel fails: nothing more is attempted, or the order is placed all the same.
        var stopped = await trader.Post(Path, $"{New}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=999999");
        stopped.ShouldFail(-2022, "Order cancel-replace failed.");
        Data(stopped).ShouldBe(("FAILURE", "NOT_ATTEMPTED", "Unknown order sent.", null));
        var allowed = await trader.Post(Path, $"{New}&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=999999");
        allowed.ShouldFail(-2021, "Order cancel-replace partially failed.", 409);
        Data(allowed).ShouldBe(("FAILURE", "SUCCESS", "Unknown order sent.", null));

        // Both fail: the name is taken now.
        var neither = await trader.Post(Path, $"{New}&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=999999");
        neither.ShouldFail(-2022, "Order cancel-replace failed.");
        Data(neither).ShouldBe(("FAILURE", "FAILURE", "Unknown order sent.", "Duplicate order sent."));

        // A broken filter leaves everything as it was; what only the market refuses has cancelled already.
        (await trader.Post(Path, $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=51000.001&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={old.Id}"))
            .ShouldFail(-1013, "Filter failure: PRICE_FILTER");
        (await trader.Post(Path, $"{New}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={old.Id}&cancelRestrictions=ONLY_PARTIALLY_FILLED"))
            .Body.GetProperty("data").GetProperty("cancelResponse").GetProperty("msg").GetString().ShouldBe("Order was not canceled due to cancel restrictions.");
        (await trader.Order(old.Id))["status"].ShouldBe("NEW");
        var half = await trader.Post(Path, $"symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.02&price=60010&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={old.Id}");
        half.ShouldFail(-2021, "Order cancel-replace partially failed.", 409);
        Data(half).ShouldBe(("SUCCESS", "FAILURE", null, "Order would immediately match and take."));
        (await trader.Order(old.Id))["status"].ShouldBe("CANCELED");
        (await trader.Post(Path, $"{New}&cancelOrderId={old.Id}")).ShouldFail(-1102, "Mandatory parameter 'cancelReplaceMode' was not sent, was empty/null, or malformed.");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task With_too_many_orders_it_only_cancels_where_that_is_asked_for()
    {
        await using var market = await WireTrader.Market("--BinanceApi:Orders10s", "2", "--BinanceApi:OrdersPerDay", "2");
        var trader = await WireTrader.New(market.Host);
        var first = (await trader.Buy("first")).Ok();
        var second = (await trader.Buy("second")).Ok();
        const string said = "Too many new orders; current limit is 2 orders per 10 SECOND.";

        var nothing = await trader.Post(Path, $"{New}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={first.Id}");
        (nothing.Status, nothing["code"]).ShouldBe((429, "-1015"));
        (await trader.Order(first.Id))["status"].ShouldBe("NEW");
        var only = await trader.Post(Path, $"{New}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={first.Id}&orderRateLimitExceededMode=CANCEL_ONLY");
        only.ShouldFail(-2021, "Order cancel-replace partially failed.", 429);
        Data(only).ShouldBe(("SUCCESS", "FAILURE", null, said));
        (await trader.Order(first.Id))["status"].ShouldBe("CANCELED");
        var both = await trader.Post(Path, $"{New}&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=999999&orderRateLimitExceededMode=CANCEL_ONLY");
        both.ShouldFail(-2022, "Order cancel-replace failed.");
        Data(both).ShouldBe(("FAILURE", "FAILURE", "Unknown order sent.", said));
        (await trader.Order(second.Id))["status"].ShouldBe("NEW");
    }

    [Fact]
    public async Task An_order_is_made_smaller_under_another_name()
    {
        const string path = "/api/v3/order/amend/keepPriority";
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        var order = (await trader.Buy("mine", quantity: "0.04")).Ok();
        (await trader.Buy("taken")).Ok();

        (await trader.Put(path, "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.05")).ShouldFail(-2038, "Order amend (quantity increase) is not supported.");
        (await trader.Put(path, "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.04")).ShouldFail(-2038, "The requested action would change no state; rejecting");
        (await trader.Put(path, "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.02&newClientOrderId=taken")).ShouldFail(-2038, "Duplicate order sent.");
        (await trader.Put(path, "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.00000001")).ShouldFail(-1013, "Filter failure: LOT_SIZE");
        var amended = (await trader.Put(path, "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.02&newClientOrderId=mine")).Ok().Body.GetProperty("amendedOrder");
        (amended.GetProperty("qty").GetString(), amended.GetProperty("clientOrderId").GetString()).ShouldBe(("0.02000000", "mine"));
        var renamed = (await trader.Put(path, $"symbol=BTCUSDT&orderId={order.Id}&newQty=0.01&newClientOrderId=yours")).Ok().Body.GetProperty("amendedOrder");
        (renamed.GetProperty("origClientOrderId").GetString(), renamed.GetProperty("clientOrderId").GetString()).ShouldBe(("mine", "yours"));
        (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=yours")).Ok()["origQty"].ShouldBe("0.01000000");
        (await trader.Web.Balance("USDT")).Held.ShouldBe(1_000m);
        await market.ShouldBeSound();
    }

    private static (string? Cancel, string? Placing, string? CancelText, string? PlacingText) Data(WireAnswer answer)
    {
        var data = answer.Body.GetProperty("data");
        static string? Text(System.Text.Json.JsonElement part) =>
            part.ValueKind == System.Text.Json.JsonValueKind.Object && part.TryGetProperty("msg", out var text) ? text.GetString() : null;
        return (data.GetProperty("cancelResult").GetString(), data.GetProperty("newOrderResult").GetString(), Text(data.GetProperty("cancelResponse")), Text(data.GetProperty("newOrderResponse")));
    }
}
