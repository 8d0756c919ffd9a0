using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>Orders that wait for a trade: when they fire, what they do then, and that it happens once.</summary>
public sealed class ConditionalOrdersTests
{
    [Fact]
    public async Task A_stop_loss_fires_at_the_trade_that_reaches_it_and_acts_on_the_next_event()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();
        var stop = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.4", triggerPrice = "59500" })).Ok();
        (stop["status"], stop.Body.GetProperty("held").GetProperty("amount").GetString()).ShouldBe(("waiting", "0.4"));

        // Quotes fire nothing, and a trade above the trigger neither.
        await market.Book([Level(59_400m, 2m)], [Level(59_410m, 2m)]);
        await market.Trade(59_500.01m);
        (await trader.Show(stop["id"]!))["status"].ShouldBe("waiting");
        await market.Trade(59_500m);
        var fired = await trader.Until(stop["id"]!, "triggered");
        (fired["status"], fired.Number("filledQuantity")).ShouldBe(("triggered", 0m));
        fired.Body.GetProperty("firedBy").GetProperty("price").GetString().ShouldBe("59500");

        await market.Trade(59_450m);
        var filled = await trader.Until(stop["id"]!, "filled");
        (filled["status"], filled.Number("averagePrice")).ShouldBe(("filled", 59_400m));
        await market.Trade(59_000m);
        (await trader.Get("/api/v1/fills?limit=10")).Items.Length.ShouldBe(2, "the entry and the stop, each once");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Each_type_fires_on_its_own_side_and_limit_types_rest_at_their_price()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        var takeSell = (await trader.Place(new { side = "sell", type = "takeProfitLimit", quantity = "0.05", triggerPrice = "61000", price = "61100" })).Ok();
        var stopBuy = (await trader.Place(new { side = "buy", type = "stopLossLimit", quantity = "0.05", triggerPrice = "60500", price = "60400" })).Ok();
        var takeBuy = (await trader.Place(new { side = "buy", type = "takeProfit", quoteQuantity = "600", triggerPrice = "59000" })).Ok();
        (await trader.Balance("USDT")).Held.ShouldBe((60_400m * 0.05m) + 600m);

        await market.Book([Level(60_990m, 2m)], [Level(61_010m, 2m)]);
        await market.Trade(61_000m);
        await market.Trade(61_000m);
        (await trader.Until(takeSell["id"]!, "new"))["status"].ShouldBe("new");
        (await trader.Until(stopBuy["id"]!, "new"))["status"].ShouldBe("new");
        (await trader.Show(takeBuy["id"]!))["status"].ShouldBe("waiting");

        await market.Trade(61_101m, 5m);
        (await trader.Until(takeSell["id"]!, "filled")).Number("averagePrice").ShouldBe(61_100m);
        await market.Book([Level(58_980m, 2m)], [Level(58_990m, 2m)]);
        await market.Trade(58_999m);
        await market.Trade(58_999m);
        var bought = await trader.Until(takeBuy["id"]!, "filled");
        (bought["status"], bought.Number("averagePrice")).ShouldBe(("filled", 58_990m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_trailing_stop_follows_the_highest_trade_and_fires_at_its_distance()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.2")).Ok();
        var trailing = (await trader.Place(new { side = "sell", type = "trailingStop", quantity = "0.1", trailingDelta = 100 })).Ok();
        var later = (await trader.Place(new { side = "sell", type = "trailingStop", quantity = "0.05", trailingDelta = 50, activationPrice = "62500" })).Ok();
        (trailing["extreme"], later["extreme"]).ShouldBe(("60000", null), "it follows from the last trade on, and that survives a restart");
        await market.Trade(62_000m);
        await market.Trade(61_400m);
        (await trader.Show(trailing["id"]!))["status"].ShouldBe("waiting", "62,000 less 1 % is 61,380");
        (await trader.Show(later["id"]!))["status"].ShouldBe("waiting", "it was not activated");
        await market.Trade(61_380m);
        (await trader.Until(trailing["id"]!, "triggered"))["status"].ShouldBe("triggered");
        await market.Trade(62_500m);
        await market.Trade(62_187.5m);
        (await trader.Until(later["id"]!, "triggered"))["status"].ShouldBe("triggered", "62,500 less 0.5 % is 62,187.5");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Money_held_when_fired_is_looked_for_then_and_may_be_missing()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var cheap = (await trader.Place(new { side = "buy", type = "takeProfit", quantity = "0.1", triggerPrice = "59000", holdWhen = "fired" })).Ok();
        var dear = (await trader.Place(new { side = "buy", type = "takeProfit", quantity = "5", triggerPrice = "59000", holdWhen = "fired" })).Ok();
        (cheap["held"], dear["held"]).ShouldBe((null, null));
        await market.Book([Level(58_990m, 9m)], [Level(59_000m, 9m)]);
        await market.Trade(59_000m);
        (await trader.Until(cheap["id"]!, "triggered"))["status"].ShouldBe("triggered");
        var failed = await trader.Until(dear["id"]!, "failed");
        (failed["status"], failed["reason"], failed["held"]).ShouldBe(("failed", "insufficient_funds", null));
        await market.Handled();
        await market.Trade(59_000m);
        (await trader.Until(cheap["id"]!, "filled"))["status"].ShouldBe("filled");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Waiting_orders_and_their_extremes_survive_a_restart_and_fire_once()
    {
        string database;
        string account, stop, trailing;
        Host.TestUser user;
        long now;
        await using (var market = await Around60000())
        {
            user = await market.Host.NewUser();
            account = await Trader.AccountOf(market.Host, user);
            var trader = Trader.On(market.Host, user, account);
            (await trader.MarketBuy("0.3")).Ok();
            stop = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.1", triggerPrice = "59000" })).Ok()["id"]!;
            trailing = (await trader.Place(new { side = "sell", type = "trailingStop", quantity = "0.1", trailingDelta = 100 })).Ok()["id"]!;
            await market.Pass(1_100, 63_000m);
            for (var wait = 0; wait < 100 && (await trader.Show(trailing))["extreme"] != "63000"; wait++) await Task.Delay(50);
            (await trader.Show(trailing))["extreme"].ShouldBe("63000");
            (database, now) = (market.Host.OwnerConnectionString, market.NowMs);
        }

        await using (var market = await Start(database, nowMs: now))
        {
            var trader = Trader.On(market.Host, await Trader.SignIn(market.Host, user), account);
            await market.Book([Level(62_000m, 9m)], [Level(62_010m, 9m)]);
            await market.Trade(62_371m);
            (await trader.Show(trailing))["status"].ShouldBe("waiting", "63,000 less 1 % is 62,370");
            await market.Trade(62_370m);
            (await trader.Until(trailing, "triggered"))["status"].ShouldBe("triggered");
            await market.Trade(58_999m);
            await market.Trade(58_999m);
            (await trader.Until(stop, "filled"))["status"].ShouldBe("filled");
            (await trader.Until(trailing, "filled"))["status"].ShouldBe("filled");
            (await trader.Get("/api/v1/fills?limit=10")).Items.Length.ShouldBe(3);
            await market.ShouldBeSound();
        }
    }
}
