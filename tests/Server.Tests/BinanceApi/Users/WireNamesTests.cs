using Lastro.Server.Tests.BinanceApi.Account;
using Lastro.Server.Tests.BinanceApi.Trading;

namespace Lastro.Server.Tests.BinanceApi.Users;

/// <summary>Events of orders that came by the wire: under the names they have there, and as the wire answers.</summary>
public sealed class WireNamesTests
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
    public async Task A_replacement_cancels_the_old_and_places_the_new_and_an_amendment_renames()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        await trader.Buy("first", quantity: "0.02");
        await hearing.Next(2);
        (await trader.Put("/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&origClientOrderId=first&newQty=0.015&newClientOrderId=smaller")).Ok();
        var amended = (await hearing.Next(2))[0];
        (Hearing.Word(amended), amended.GetProperty("c").GetString(), amended.GetProperty("C").GetString(), amended.Amount("q")).ShouldBe(("LIMIT REPLACED NEW", "smaller", "first", 0.015m));

        (await trader.Post(
            "/api/v3/order/cancelReplace",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=51000&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=smaller&newClientOrderId=second&cancelNewClientOrderId=gone")).Ok();
        var both = (await hearing.Next(4)).Where(text => text.GetProperty("e").GetString() == "executionReport").ToList();
        both.Select(Hearing.Word).ShouldBe(["LIMIT CANCELED CANCELED", "LIMIT NEW NEW"]);
        (both[0].GetProperty("c").GetString(), both[0].GetProperty("C").GetString(), both[1].GetProperty("c").GetString()).ShouldBe(("gone", "smaller", "second"));
    }

    [Fact]
    public async Task A_list_is_told_under_the_names_it_was_placed_with()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        await trader.Stock("0.5");
        await hearing.Next(3);
        var placed = (await trader.Post(
            "/api/v3/orderList/oco",
            "symbol=BTCUSDT&side=SELL&quantity=0.2&listClientOrderId=pair&aboveType=LIMIT_MAKER&abovePrice=61000&aboveClientOrderId=up&belowType=STOP_LOSS&belowStopPrice=59000&belowClientOrderId=down")).Ok();
        var begun = await hearing.Next(4);
        begun.Select(Hearing.Word).ShouldBe(["STOP_LOSS NEW NEW", "LIMIT_MAKER NEW NEW", "list EXEC_STARTED EXECUTING", "outboundAccountPosition"]);
        (begun[2].GetProperty("C").GetString(), begun[2].GetProperty("g").GetRawText()).ShouldBe(("pair", placed["orderListId"]));
        begun[2].GetProperty("O").EnumerateArray().Select(order => order.GetProperty("c").GetString()).ShouldBe(["down", "up"], "as the answer has them");
        placed.Body.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("clientOrderId").GetString()).ShouldBe(["down", "up"]);

        (await trader.Delete("/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=pair&newClientOrderId=end")).Ok();
        var ended = await hearing.Next(4);
        ended.Select(Hearing.Word).Order().ShouldBe(["LIMIT_MAKER CANCELED CANCELED", "STOP_LOSS CANCELED CANCELED", "list ALL_DONE ALL_DONE", "outboundAccountPosition"]);
        ended.Where(text => text.GetProperty("e").GetString() == "executionReport").Select(text => text.GetProperty("c").GetString()).ShouldAllBe(name => name == "end");
    }
}
