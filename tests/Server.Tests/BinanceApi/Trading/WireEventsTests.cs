using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Users;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>The names that the wire gave come back in its events: of orders, of lists, of cancels.</summary>
public sealed class WireEventsTests
{
    [Fact]
    public async Task Events_say_the_names_that_the_answers_said()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);

        (await trader.Place("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.04&price=50000&newClientOrderId=mine&strategyId=7&strategyType=1000000")).Ok();
        var placed = (await hearing.Next(2))[0];
        Names(placed).ShouldBe(("mine", ""));
        (placed.GetProperty("j").GetInt64(), placed.GetProperty("J").GetInt64()).ShouldBe((7, 1_000_000));
        (await trader.Put("/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&origClientOrderId=mine&newQty=0.02&newClientOrderId=yours")).Ok();
        var amended = (await hearing.Next(2))[0];
        Hearing.Word(amended).ShouldBe("LIMIT REPLACED NEW");
        Names(amended).ShouldBe(("yours", "mine"));
        (await trader.Delete("/api/v3/order", "symbol=BTCUSDT&origClientOrderId=yours&newClientOrderId=end")).Ok();
        Names((await hearing.Next(2))[0]).ShouldBe(("end", "yours"));

        // Without a name of its own a cancel is called the same in its answer and in its event.
        (await trader.Buy("again")).Ok();
        _ = await hearing.Next(2);
        var canceled = (await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT")).Ok().Body[0];
        Names((await hearing.Next(2))[0]).ShouldBe((canceled.GetProperty("clientOrderId").GetString()!, "again"));
    }

    [Fact]
    public async Task A_list_is_told_by_its_name_and_ends_as_its_owner_or_the_market_ended_it()
    {
        const string oco = "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS&belowStopPrice=55000&listClientOrderId=pair&aboveClientOrderId=up&belowClientOrderId=down";
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        using var hearing = new Hearing(market.Host, trader.Web);
        await trader.Stock("1");
        _ = await hearing.Next(3);

        (await trader.Post("/api/v3/orderList/oco", oco)).Ok();
        var placed = await hearing.Next(4);
        placed.Select(Hearing.Word).ShouldBe(["STOP_LOSS NEW NEW", "LIMIT_MAKER NEW NEW", "list EXEC_STARTED EXECUTING", "outboundAccountPosition"]);
        placed[2].GetProperty("C").GetString().ShouldBe("pair");
        placed[2].GetProperty("O").EnumerateArray().Select(order => order.GetProperty("c").GetString()).ShouldBe(["down", "up"]);
        (await trader.Delete("/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=pair&newClientOrderId=end")).Ok();
        var ended = await hearing.Next(4);
        ended[..2].Select(Hearing.Word).Order(StringComparer.Ordinal).ShouldBe(["LIMIT_MAKER CANCELED CANCELED", "STOP_LOSS CANCELED CANCELED"]);
        ended[..2].ShouldAllBe(report => report.GetProperty("c").GetString() == "end");
        Hearing.Word(ended[2]).ShouldBe("list ALL_DONE ALL_DONE");

        // The market ends one of them by filling the other.
        (await trader.Post("/api/v3/orderList/oco", oco)).Ok();
        _ = await hearing.Next(4);
        await market.Trade(66_000m);
        var filled = await hearing.Next(4);
        var expired = filled.Single(report => report.TryGetProperty("c", out var name) && name.GetString() == "down");
        (Hearing.Word(expired), expired.GetProperty("eR").GetString()).ShouldBe(("STOP_LOSS EXPIRED EXPIRED", "OCO_TRIGGER"));
    }

    private static (string Name, string Original) Names(JsonElement report) => (report.GetProperty("c").GetString()!, report.GetProperty("C").GetString()!);
}
