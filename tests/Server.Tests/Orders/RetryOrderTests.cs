using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class RetryOrderTests
{
    [Fact]
    public async Task A_failed_order_is_tried_again_when_the_money_is_there()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var blocked = (await trader.Buy("0.8", "60000")).Ok();
        var dip = (await trader.Place(new { side = "buy", type = "takeProfit", quantity = "0.5", triggerPrice = "59000", holdWhen = "fired" })).Ok()["id"]!;
        await market.Book([Level(58_990m, 9m)], [Level(61_000m, 9m)]);
        await market.Trade(59_000m, 0.0001m);
        (await trader.Until(dip, "failed"))["reason"].ShouldBe("insufficient_funds");
        var still = await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/retry");
        (still.Status, still["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "insufficient_funds"));

        (await trader.Cancel(blocked["id"]!)).Ok();
        var again = (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/retry")).Ok();
        (again["status"], again["reason"]).ShouldBe(("triggered", null));
        await market.Trade(60_000m);
        (await trader.Until(dip, "filled")).Number("averagePrice").ShouldBe(61_000m);
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{dip}/retry")).Status.ShouldBe(HttpStatusCode.Conflict);
        await market.ShouldBeSound();
    }
}
