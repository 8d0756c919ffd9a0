using Lastro.Server.Tests.BinanceApi.Users;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>What the answers of the wire and its events must agree in.</summary>
public sealed class WireEventsTests
{
    [Fact]
    public async Task A_cancel_without_a_name_is_called_the_same_in_answer_and_event()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        (await trader.Buy("mine")).Ok();
        _ = await hearing.Next(2);

        var canceled = (await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).Ok().Body[0];

        var told = (await hearing.Next(2))[0];
        (told.GetProperty("c").GetString(), told.GetProperty("C").GetString()).ShouldBe((canceled.GetProperty("clientOrderId").GetString(), "mine"));
    }

    [Fact]
    public async Task What_the_other_of_its_list_ended_expired_in_answer_and_event()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        await trader.Stock("1");
        _ = await hearing.Next(3);
        (await trader.Post(
            "/api/v3/orderList/oco",
            "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=55000&belowClientOrderId=down")).Ok();
        _ = await hearing.Next(4);

        await market.Trade(66_000m);

        var told = (await hearing.Next(4)).Single(report => report.TryGetProperty("c", out var name) && name.GetString() == "down");
        var asked = (await trader.Get("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=down")).Ok();
        (told.GetProperty("X").GetString(), told.GetProperty("eR").GetString()).ShouldBe(("EXPIRED", "OCO_TRIGGER"));
        (asked["status"], asked["expiryReason"]).ShouldBe(("EXPIRED", "OCO_TRIGGER"));
    }
}
