using Lastro.Server.Tests.BinanceApi.Trading;

namespace Lastro.Server.Tests.BinanceApi.Users;

/// <summary>Events of orders that came by the wire say what its answers said.</summary>
public sealed class WireAnswersTests
{
    [Fact]
    public async Task A_cancel_is_told_under_its_own_name_as_it_was_answered()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        var placed = (await trader.Place("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000&newClientOrderId=mine&strategyId=7&strategyType=1000001")).Ok();
        var report = (await hearing.Next(2))[0];
        (report.GetProperty("c").GetString(), report.GetProperty("i").GetInt64(), report.GetProperty("j").GetInt64(), report.GetProperty("J").GetInt32()).ShouldBe(("mine", placed.Id, 7, 1_000_001));
        report.GetProperty("W").GetRawText().ShouldBe(placed["workingTime"]);

        var canceled = (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine&newClientOrderId=away")).Ok();
        report = (await hearing.Next(2))[0];
        (report.GetProperty("c").GetString(), report.GetProperty("C").GetString(), report.GetProperty("x").GetString()).ShouldBe(("away", "mine", "CANCELED"));
        (report.GetProperty("c").GetString(), report.GetProperty("C").GetString()).ShouldBe((canceled["clientOrderId"], canceled["origClientOrderId"]));
        report.GetProperty("T").GetRawText().ShouldBe(canceled["transactTime"]);
    }

    [Fact]
    public async Task A_replacement_cancels_the_old_and_then_places_the_new()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        await trader.Buy("first", quantity: "0.02");
        await hearing.Next(2);
        (await trader.Post(
            "/api/v3/order/cancelReplace",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=51000&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=first&newClientOrderId=second&cancelNewClientOrderId=gone")).Ok();
        var both = (await hearing.Next(4)).Where(text => text.GetProperty("e").GetString() == "executionReport").ToList();
        both.Select(Hearing.Word).ShouldBe(["LIMIT CANCELED CANCELED", "LIMIT NEW NEW"]);
        (both[0].GetProperty("c").GetString(), both[0].GetProperty("C").GetString(), both[1].GetProperty("c").GetString()).ShouldBe(("gone", "first", "second"));
    }
}
