using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>POST order: every type, what it is answered with, and whose name is taken.</summary>
public sealed class PostOrderTests
{
    [Fact]
    public async Task A_limit_order_rests_is_found_and_is_cancelled()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var placed = (await trader.Buy("mine", "50000")).Ok();
        placed["status"].ShouldBe("NEW");
        placed["clientOrderId"].ShouldBe("mine");
        placed["price"].ShouldBe("50000.00000000");
        placed.Body.GetProperty("fills").GetArrayLength().ShouldBe(0);

        var found = (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine")).Ok();
        found.Id.ShouldBe(placed.Id);
        found["isWorking"].ShouldBe("True");

        var canceled = (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine&newClientOrderId=gone")).Ok();
        canceled["status"].ShouldBe("CANCELED");
        canceled["origClientOrderId"].ShouldBe("mine");
        canceled["clientOrderId"].ShouldBe("gone");
        (await trader.Web.Balance("USDT")).Held.ShouldBe(0m);
    }

    [Fact]
    public async Task A_market_order_is_answered_with_its_fills()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var placed = (await trader.Place("side=BUY&type=MARKET&quantity=3")).Ok();

        placed["status"].ShouldBe("FILLED");
        placed["executedQty"].ShouldBe("3.00000000");
        placed["cummulativeQuoteQty"].ShouldBe("180040.00000000");
        var fills = placed.Body.GetProperty("fills").EnumerateArray().ToArray();
        fills.Length.ShouldBe(2);
        fills[0].GetProperty("price").GetString().ShouldBe("60010.00000000");
        fills[0].GetProperty("commission").GetString().ShouldBe("0.00200000");
        fills[0].GetProperty("commissionAsset").GetString().ShouldBe("BTC");
    }

    [Fact]
    public async Task A_limit_order_that_takes_at_once_is_answered_with_what_it_took()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        var whole = (await trader.Buy(price: "60010", quantity: "1")).Ok();
        whole["status"].ShouldBe("FILLED");
        var part = (await trader.Buy(price: "60010", quantity: "1.5")).Ok();
        part["status"].ShouldBe("PARTIALLY_FILLED");
        part["executedQty"].ShouldBe("1.00000000");
        part.Body.GetProperty("fills").GetArrayLength().ShouldBe(1);
    }
}
