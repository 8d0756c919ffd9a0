using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>Orders with a time: their end, their beginning, and those that are filled at once or not at all.</summary>
public sealed class TimedOrdersTests
{
    [Fact]
    public async Task A_good_till_date_order_ends_at_its_market_time_and_gives_its_money_back()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var order = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.1", price = "59000", expiresAt = market.Now.AddSeconds(60) })).Ok();
        (order["timeInForce"], order["status"]).ShouldBe(("gtd", "new"));
        await market.Pass(59_000, 60_000m);
        (await trader.Show(order["id"]!))["status"].ShouldBe("new");
        await market.Pass(2_000, 60_000m);
        var ended = await trader.Until(order["id"]!, "expired");
        (ended["status"], ended["reason"]).ShouldBe(("expired", "expired"));
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.Trade(58_000m);
        (await trader.Show(order["id"]!)).Number("filledQuantity").ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_scheduled_order_starts_at_its_time_and_a_conditional_one_looks_at_no_trade_before()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var start = market.Now.AddSeconds(30);
        var bought = (await trader.Place(new { side = "buy", type = "market", quoteQuantity = "600", startAt = start })).Ok();
        var dip = (await trader.Place(new { side = "buy", type = "takeProfit", quantity = "0.01", triggerPrice = "59500", startAt = start })).Ok();
        (bought["status"], dip["status"]).ShouldBe(("waiting", "waiting"));
        await market.Pass(10_000, 59_000m);
        (await trader.Show(dip["id"]!))["status"].ShouldBe("waiting", "it had not started when the trade came");
        await market.Pass(21_000, 60_000m);
        await market.Trade(60_000m);
        var filled = await trader.Until(bought["id"]!, "filled");
        filled.Body.GetProperty("firedBy").GetProperty("kind").GetString().ShouldBe("time");
        await market.Book([Level(59_390m, 2m)], [Level(59_410m, 2m)]);
        await market.Trade(59_400m);
        (await trader.Until(dip["id"]!, "triggered"))["status"].ShouldBe("triggered");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Ioc_takes_what_is_there_fok_all_or_nothing_and_post_only_never_takes()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var none = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.1", price = "60009", timeInForce = "ioc" })).Ok();
        (none["status"], none["reason"], none.Number("filledQuantity")).ShouldBe(("expired", "ioc", 0m));

        await market.Book([Level(59_990m, 2m)], [Level(60_010m, 0.3m), Level(60_500m, 5m)]);
        var part = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.5", price = "60010", timeInForce = "ioc" })).Ok();
        (part["status"], part.Number("filledQuantity"), part["held"]).ShouldBe(("expired", 0.3m, null));

        await market.Book([Level(59_990m, 2m)], [Level(60_010m, 0.2m), Level(60_020m, 0.05m)]);
        var refused = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.3", price = "60020", timeInForce = "fok" })).Ok();
        (refused["status"], refused["reason"], refused.Number("filledQuantity")).ShouldBe(("expired", "fok", 0m));
        var whole = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.25", price = "60020", timeInForce = "fok" })).Ok();
        (whole["status"], whole.Number("filledQuantity")).ShouldBe(("filled", 0.25m));

        var rests = (await trader.Place(new { side = "buy", type = "limit", quantity = "0.01", price = "60000", postOnly = true })).Ok();
        (rests["status"], rests["postOnly"]).ShouldBe(("new", "True"));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task An_accounts_latency_delays_what_it_places_and_what_fires()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.Send(HttpMethod.Patch, $"/api/v1/accounts/{trader.Account}", new { latencyMs = 1_000, fillModel = "touch" })).Ok();
        var order = (await trader.Buy("0.1", "60020")).Ok();
        (order["status"], order["fillModel"]).ShouldBe(("new", "touch"));
        await market.Pass(500, 60_000m);
        (await trader.Show(order["id"]!)).Number("filledQuantity").ShouldBe(0m);
        await market.Pass(600, 60_000m);
        (await trader.Until(order["id"]!, "filled")).Number("averagePrice").ShouldBe(60_010m);
        await market.ShouldBeSound();
    }
}
