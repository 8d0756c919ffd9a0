using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>What lanes make of changes by owners, where the model run pointed at them.</summary>
public sealed class LaneAdoptsTests
{
    [Fact]
    public async Task A_stop_by_quote_amount_fires_after_it_was_paused_and_resumed()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var order = await trader.Place(new { side = "buy", type = "stopLoss", quoteQuantity = "1000", triggerPrice = "60500" });
        var id = order.Ok()["id"]!;

        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{id}/pause")).Ok();
        (await trader.Send(HttpMethod.Post, $"/api/v1/orders/{id}/resume")).Ok();
        await market.Trade(60_500m);
        await market.Trade(60_500m);

        (await trader.Until(id, "filled"))["status"].ShouldBe("filled");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task The_ledger_stays_sound_when_a_partly_filled_order_is_amended_to_a_better_price()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var id = (await trader.Buy("0.5", "59950")).Ok()["id"]!;
        await market.Trade(59_940m, 0.2m);
        _ = await trader.Until(id, "partiallyFilled");

        (await trader.Send(HttpMethod.Patch, $"/api/v1/orders/{id}", new { price = "59900" })).Ok();

        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_brackets_exits_go_on_after_its_partly_filled_entry_was_canceled()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var list = await trader.Send(HttpMethod.Post, "/api/v1/orders/bracket", new
        {
            accountId = trader.Account,
            symbol = "BTCUSDT",
            side = "buy",
            type = "limit",
            quantity = "0.5",
            price = "59950",
            targetPrice = "61000",
            stopPrice = "59000",
        });
        var ids = list.Ok().Body.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetString()!).ToList();
        await market.Book([ScriptedMarket.Level(59_940m, 1m)], [ScriptedMarket.Level(60_010m, 2m)]);
        await market.Trade(59_940m, 0.2m);
        _ = await trader.Until(ids[0], "partiallyFilled");
        _ = await trader.Until(ids[1], "new");

        (await trader.Cancel(ids[0])).Ok();
        await market.Trade(61_000.01m, 5m);
        await market.Trade(61_000.01m, 5m);

        (await trader.Until(ids[1], "filled"))["status"].ShouldBe("filled");
        (await trader.Show(ids[2]))["status"].ShouldBe("canceled");
        (await trader.Balance("BTC")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }
}
