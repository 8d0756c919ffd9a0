using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class PauseOrderTests
{
    [Fact]
    public async Task A_paused_order_does_not_fire_keeps_its_money_and_waits_again_when_resumed()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var dip = (await trader.Place(new { side = "buy", type = "takeProfit", quoteQuantity = "500", triggerPrice = "59000" })).Ok()["id"]!;
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/pause")).Ok()["status"].ShouldBe("paused");
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/pause")).Ok()["status"].ShouldBe("paused", "twice is once");
        await market.Trade(58_900m);
        await market.Trade(60_000m);
        (await trader.Show(dip))["status"].ShouldBe("paused");
        (await trader.Balance("USDT")).Held.ShouldBe(500m);
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/resume")).Ok()["status"].ShouldBe("waiting");
        await market.Trade(59_000m);
        (await trader.Until(dip, "triggered"))["status"].ShouldBe("triggered");

        var resting = (await trader.Buy("0.01", "50000")).Ok()["id"]!;
        var refused = await trader.Send(HttpMethod.Post, $"/api/v1/orders/{resting}/pause");
        (refused.Status, refused["value"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "new"));
        await market.ShouldBeSound();
    }
}
