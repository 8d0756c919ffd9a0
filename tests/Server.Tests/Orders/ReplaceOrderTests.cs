using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class ReplaceOrderTests
{
    [Fact]
    public async Task The_new_order_may_use_the_money_of_the_old_and_both_happen_or_neither()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var old = (await trader.Buy("0.8", "60000")).Ok();
        Task<Answer> Replace(string id, object fields) => trader.Post($"/api/v1/orders/{id}/replace", fields);

        var dear = await Replace(old["id"]!, new { side = "buy", type = "limit", quantity = "1", price = "59000" });
        (dear.Status, dear["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "insufficient_funds"));
        (await trader.Show(old["id"]!))["status"].ShouldBe("new", "nothing happens to the old one when the new one cannot be paid for");

        var fields = new { side = "buy", type = "limit", quantity = "0.8", price = "58000", clientOrderId = "again" };
        var replaced = (await Replace(old["id"]!, fields)).Ok();
        (await trader.Show(old["id"]!))["status"].ShouldBe("canceled");
        (await trader.Balance("USDT")).ShouldBe((3_600m, 46_400m));
        (await Replace(old["id"]!, fields)).Ok()["id"].ShouldBe(replaced["id"], "the same key, the same answer");
        (await Replace(old["id"]!, new { side = "buy", type = "limit", quantity = "0.1", price = "58000" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Replace("999999", fields with { clientOrderId = "other" })).Status.ShouldBe(HttpStatusCode.NotFound);
        await market.ShouldBeSound();
    }
}
