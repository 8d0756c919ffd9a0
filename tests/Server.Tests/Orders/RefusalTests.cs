using Lastro.Exchanges.Shared;

namespace Lastro.Server.Tests.Orders;

/// <summary>Every refusal that an order can meet, with the field, value and limit it names.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Terms_that_break_a_rule_are_refused_by_name()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (object Fields, int Status, string Code, string Field, string? Value, string? Limit)[] cases =
        [
            (new { side = "buy", type = "limit", quantity = "1", price = "60000.001" }, 422, "price_not_on_tick", "price", "60000.001", "0.01"),
            (new { side = "buy", type = "limit", quantity = "0.000015", price = "60000" }, 422, "quantity_not_on_step", "quantity", "0.000015", "0.00001"),
            (new { side = "buy", type = "limit", quantity = "0.00001", price = "60000" }, 422, "below_minimum", "quantity", "0.6", "5"),
            (new { side = "buy", type = "market", quoteQuantity = "4.99" }, 422, "below_minimum", "quoteQuantity", "4.99", "5"),
            (new { side = "buy", type = "market", quantity = "0.00005" }, 422, "below_minimum", "quantity", "3.0005", "5"),
            (new { side = "buy", type = "limit", quantity = "1", price = "59000" }, 422, "insufficient_funds", "quantity", "59000", "50000"),
            (new { side = "sell", type = "market", quantity = "1" }, 422, "insufficient_funds", "quantity", "1", "0"),
            (new { side = "buy", type = "limit", quantity = "1" }, 422, "invalid_field", "price", null, null),
            (new { side = "buy", type = "market" }, 422, "invalid_field", "quantity", null, null),
            (new { side = "buy", type = "market", quantity = "1", quoteQuantity = "9" }, 422, "invalid_field", "quoteQuantity", "9", null),
            (new { side = "buy", type = "market", quantity = "1", price = "9" }, 422, "invalid_field", "price", "9", null),
            (new { side = "buy", type = "limit", quantity = "-1", price = "60000" }, 422, "invalid_field", "quantity", "-1", "0"),
            (new { side = "up", type = "limit", quantity = "1", price = "60000" }, 422, "invalid_field", "side", "up", "buy, sell"),
            (new { side = "buy", type = "iceberg", quantity = "1" }, 422, "invalid_field", "type", "iceberg", "market, limit, stopLoss, stopLossLimit, takeProfit, takeProfitLimit, trailingStop"),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", timeInForce = "day" }, 422, "invalid_field", "timeInForce", "day", "gtc, ioc, fok, gtd"),
            (new { side = "buy", type = "stopLoss", quantity = "1" }, 422, "invalid_field", "triggerPrice", null, null),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", triggerPrice = "61000" }, 422, "invalid_field", "triggerPrice", "61000", null),
            (new { side = "buy", type = "stopLossLimit", quantity = "1", triggerPrice = "61000" }, 422, "invalid_field", "price", null, null),
            (new { side = "buy", type = "stopLoss", quantity = "1", triggerPrice = "61000.001" }, 422, "price_not_on_tick", "triggerPrice", "61000.001", "0.01"),
            (new { side = "sell", type = "trailingStop", quantity = "1" }, 422, "invalid_field", "trailingDelta", null, null),
            (new { side = "sell", type = "trailingStop", quantity = "1", trailingDelta = 5001 }, 422, "invalid_field", "trailingDelta", "5001", "5000"),
            (new { side = "buy", type = "market", quantity = "1", timeInForce = "ioc" }, 422, "invalid_field", "timeInForce", null, null),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", timeInForce = "gtd" }, 422, "invalid_field", "expiresAt", null, null),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", expiresAt = "2020-01-01T00:00:00Z" }, 422, "invalid_field", "expiresAt", null, null),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", timeInForce = "ioc", postOnly = true }, 422, "invalid_field", "postOnly", null, null),
            (new { side = "buy", type = "limit", quantity = "0.1", price = "60010", postOnly = true }, 422, "would_take", "price", "60010", null),
            (new { side = "buy", type = "limit", quantity = "0.1", price = "60000", holdWhen = "fired" }, 422, "invalid_field", "holdWhen", "fired", "placed"),
            (new { side = "sell", type = "stopLoss", quantity = "1", triggerPrice = "60000" }, 422, "trigger_wrong_side", "triggerPrice", "60000", "60000"),
            (new { side = "buy", type = "stopLoss", quantity = "0.1", triggerPrice = "59000" }, 422, "trigger_wrong_side", "triggerPrice", "59000", "60000"),
            (new { side = "buy", type = "takeProfit", quantity = "0.1", triggerPrice = "61000" }, 422, "trigger_wrong_side", "triggerPrice", "61000", "60000"),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", clientOrderId = "with blank" }, 422, "invalid_field", "clientOrderId", "with blank", null),
            (new { symbol = "NOPEUSDT", side = "buy", type = "market", quoteQuantity = "10" }, 422, "unknown_symbol", "symbol", "NOPEUSDT", null),
            (new { accountId = "x", side = "buy", type = "market", quoteQuantity = "10" }, 422, "invalid_field", "accountId", "x", null),
            (new { side = "buy", type = "market", quoteQuantity = "ten" }, 422, "invalid_field", "quoteQuantity", null, null),
            (new { side = "buy", type = "limit", quantity = "1", price = "60000", iceberg = true }, 422, "invalid_field", "iceberg", null, null),
        ];

        foreach (var (fields, status, code, field, value, limit) in cases)
        {
            var answer = await trader.Place(fields);
            ((int)answer.Status, answer["code"], answer["field"]).ShouldBe((status, code, field), $"{fields}: {answer.Body}");
            if (value is not null) answer["value"].ShouldBe(value, fields.ToString());
            if (limit is not null) answer["limit"].ShouldBe(limit, fields.ToString());
        }

        (await trader.Get("/api/v1/orders")).Items.ShouldBeEmpty();
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Without_a_price_or_after_the_end_nothing_is_accepted()
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);

        var stale = await trader.BuyFor("100");
        ((int)stale.Status, stale["code"]).ShouldBe((503, "price_stale"));
        stale.RetryAfter.ShouldNotBeNull();

        await market.Trade(60_000m);
        market.State(PriceSourceState.Ended);
        var ended = await trader.BuyFor("100");
        ((int)ended.Status, ended["code"]).ShouldBe((422, "market_ended"));
    }

    [Fact]
    public async Task Another_users_account_and_order_do_not_exist()
    {
        await using var market = await ScriptedMarket.Around60000();
        var (owner, stranger) = (await Trader.New(market.Host), await Trader.New(market.Host));
        var order = (await owner.Buy("0.1", "59000")).Ok();

        var placed = await stranger.Place(new { accountId = owner.Account, side = "buy", type = "market", quoteQuantity = "10" });
        ((int)placed.Status, placed["code"]).ShouldBe((404, "not_found"));
        ((int)(await stranger.Show(order["id"]!)).Status).ShouldBe(404);
        ((int)(await stranger.Cancel(order["id"]!)).Status).ShouldBe(404);
        ((int)(await stranger.Get($"/api/v1/accounts/{owner.Account}/balances")).Status).ShouldBe(404);
        ((int)(await stranger.Get($"/api/v1/accounts/{owner.Account}/statement")).Status).ShouldBe(404);
        (await stranger.Get($"/api/v1/orders?accountId={owner.Account}")).Items.ShouldBeEmpty();
        (await stranger.Get($"/api/v1/fills?accountId={owner.Account}")).Items.ShouldBeEmpty();
        (await stranger.Send(HttpMethod.Delete, $"/api/v1/orders?accountId={owner.Account}")).Items.ShouldBeEmpty();
        (await owner.Show(order["id"]!))["status"].ShouldBe("new");
        // The owner's key is not taken for a stranger, nor told.
        ((int)(await market.Host.Client.GetAsync("/api/v1/orders")).StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task When_every_place_is_taken_it_says_busy()
    {
        await using var market = await ScriptedMarket.Around60000("--Orders:MaxPlacing", "1");
        var trader = await Trader.New(market.Host);
        var answers = new System.Collections.Concurrent.ConcurrentBag<Answer>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (_, _) =>
            answers.Add(await trader.Buy("0.001", "50000")));

        var busy = answers.Where(answer => (int)answer.Status == 503).ToList();
        busy.ShouldNotBeEmpty();
        busy.ShouldAllBe(answer => answer["code"] == "busy" && answer.RetryAfter != null);
        answers.Count(answer => (int)answer.Status == 201).ShouldBe((await trader.Get("/api/v1/orders?limit=500")).Items.Length);
        await market.ShouldBeSound();
    }
}
