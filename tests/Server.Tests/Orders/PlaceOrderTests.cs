using System.Net;
using Lastro.Exchanges.Shared;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class PlaceOrderTests
{
    [Fact]
    public async Task A_market_buy_by_quote_walks_the_book_and_pays_the_fee_in_what_it_receives()
    {
        await using var market = await Start();
        await market.Trade(60_000m);
        await market.Book([Level(59_999m, 1m)], [Level(60_000m, 0.01m), Level(60_010m, 1m)]);
        var trader = await Trader.New(market.Host);

        var order = (await trader.BuyFor("1000")).Ok();

        order.Status.ShouldBe(HttpStatusCode.Created);
        // 0.01 at 60,000 leaves 400; floor(400 / 60,010 to 0.00001) = 0.00666, which costs 399.6666.
        (order["status"], order.Number("filledQuantity"), order.Number("filledQuote")).ShouldBe(("filled", 0.01666m, 999.6666m));
        (await trader.Balance("USDT")).ShouldBe((49_000.3334m, 0m));
        // Fees: 0.00001 and 0.00000666, each exact at 8 decimals.
        (await trader.Balance("BTC")).ShouldBe((0.01666m - 0.00001666m, 0m));
        order.Body.GetProperty("fees")[0].GetProperty("amount").GetString().ShouldBe("0.00001666");
        var fills = (await trader.Get($"/api/v1/fills?orderId={order["id"]}")).Items;
        fills.Select(fill => fill.GetProperty("price").GetString()).ShouldBe(["60010", "60000"]);
        fills[0].GetProperty("cause").GetProperty("kind").GetString().ShouldBe("book");
        fills[0].GetProperty("maker").GetBoolean().ShouldBeFalse();
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_second_order_is_not_offered_what_the_first_took()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);

        (await trader.MarketBuy("0.3")).Number("averagePrice").ShouldBe(60_010m);
        await market.Change([], [Level(60_010m, 0.1m)]);
        var second = (await trader.MarketBuy("0.3")).Ok();
        // 0.1 at 60,010 and 0.2 at 60,020.
        second.Number("filledQuote").ShouldBe(18_005m);
        (await trader.MarketBuy("0.1")).Number("averagePrice").ShouldBe(60_020m);
    }

    [Fact]
    public async Task Without_a_book_the_last_price_moves_by_the_slippage_against_the_taker()
    {
        await using var market = await Start(settings: ["--Orders:SlippageBps", "10"]);
        await market.Trade(60_000m);
        var trader = await Trader.New(market.Host);

        (await trader.MarketBuy("0.1")).Number("averagePrice").ShouldBe(60_060m);
        var sold = (await trader.MarketSell("0.05")).Ok();
        sold.Number("averagePrice").ShouldBe(59_940m);
        (await trader.Get($"/api/v1/fills?orderId={sold["id"]}")).Items[0].GetProperty("cause").GetProperty("kind").GetString().ShouldBe("slippage");
        (await trader.Buy("0.01", "60059.99"))["status"].ShouldBe("new", "the moved price is above this limit");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_marketable_limit_order_takes_the_book_up_to_its_limit_and_rests_with_the_rest()
    {
        await using var market = await Start();
        await market.Trade(60_000m);
        await market.Book([Level(59_990m, 1m)], [Level(60_000m, 0.1m), Level(60_010m, 0.1m), Level(60_020m, 9m)]);
        var trader = await Trader.New(market.Host);

        var placed = (await trader.Buy("0.5", "60010")).Ok();
        placed["status"].ShouldBe("new");
        var order = await trader.Until(placed["id"]!, "partiallyFilled");
        (order.Number("filledQuantity"), order.Number("filledQuote")).ShouldBe((0.2m, 12_001m));
        // The hold stays that of the limit until the order ends: 0.5 * 60,010 - 12,001.
        (await trader.Balance("USDT")).ShouldBe((50_000m - 30_005m, 18_004m));

        // Nobody is displayed at its price on its own side: a trade there is its own, up to the trade's size.
        await market.Trade(60_010m, 0.1m);
        for (var wait = 0; wait < 100 && order.Number("filledQuantity") == 0.2m; wait++)
        {
            await Task.Delay(50);
            order = await trader.Show(placed["id"]!);
        }

        (order["status"], order.Number("filledQuantity"), order.Number("filledQuote")).ShouldBe(("partiallyFilled", 0.3m, 18_002m));
        (await trader.Balance("USDT")).ShouldBe((50_000m - 30_005m, 12_003m));
        await market.ShouldBeSound();
        await market.Trade(60_009.99m);
        order = await trader.Until(placed["id"]!, "filled");
        order.Number("filledQuote").ShouldBe(12_001m + (0.3m * 60_010m));
        var maker = (await trader.Get($"/api/v1/fills?orderId={placed["id"]}")).Items[0];
        (maker.GetProperty("maker").GetBoolean(), maker.GetProperty("price").GetString(), maker.GetProperty("cause").GetProperty("price").GetString())
            .ShouldBe((true, "60010", "60009.99"));
        (await trader.Balance("USDT")).ShouldBe((50_000m - 12_001m - 18_003m, 0m));
        await market.ShouldBeSound();
    }

    [Theory]
    [InlineData("trade")]
    [InlineData("top")]
    [InlineData("depth")]
    public async Task Under_through_a_resting_sell_fills_whole_when_a_trade_or_the_best_bid_passes_it(string kind)
    {
        await using var market = await Around60000("--Orders:FillModel", "through");
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();
        var order = (await trader.Sell("0.4", "60100")).Ok();

        await Move(60_100m);
        (await trader.Show(order["id"]!))["status"].ShouldBe("new");
        await Move(60_100.01m);

        (await trader.Until(order["id"]!, "filled")).Number("filledQuote").ShouldBe(24_040m);
        // 0.1 % of 24,040 in the quote asset.
        (await trader.Show(order["id"]!)).Body.GetProperty("fees")[0].GetProperty("amount").GetString().ShouldBe("24.04");
        await market.ShouldBeSound();

        Task Move(decimal price) => kind switch
        {
            "trade" => market.Trade(price),
            "top" => market.Top(price, price + 10m),
            _ => market.Book([Level(price, 1m)], [Level(price + 10m, 1m)]),
        };
    }

    [Fact]
    public async Task By_default_a_resting_order_waits_behind_what_is_displayed_and_fills_in_parts()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var order = (await trader.Buy("0.1", "59990")).Ok();
        await market.Top(59_950m, 59_980m);
        await market.Trade(59_990m, 2m);
        (await trader.Show(order["id"]!))["status"].ShouldBe("new", "2 were displayed before it, and quotes fill no queue");

        await market.Trade(59_990m, 0.04m);
        var part = await trader.Until(order["id"]!, "partiallyFilled");
        part.Number("filledQuantity").ShouldBe(0.04m);
        (await trader.Balance("USDT")).ShouldBe((50_000m - 5_999m, 5_999m - 2_399.6m));
        (await trader.Cancel(order["id"]!)).Ok();
        (await trader.Balance("USDT")).ShouldBe((50_000m - 2_399.6m, 0m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task An_order_placed_after_an_event_does_not_see_it()
    {
        await using var market = await Start();
        await market.Trade(60_000m);
        await market.Book([Level(59_990m, 1m)], [Level(60_010m, 1m)]);
        await market.Trade(50_500m);
        var trader = await Trader.New(market.Host);

        var order = (await trader.Buy("0.1", "55000")).Ok();
        await market.Handled();
        (await trader.Show(order["id"]!))["status"].ShouldBe("new");
    }

    [Fact]
    public async Task Market_orders_that_cannot_be_filled_end_and_give_back_what_they_held()
    {
        await using var market = await Start();
        await market.Trade(60_000m);
        await market.Book([Level(59_990m, 0.1m)], [Level(60_010m, 0.2m)]);
        var trader = await Trader.New(market.Host);

        var partly = (await trader.MarketBuy("0.7")).Ok();
        (partly["status"], partly["reason"], partly.Number("filledQuantity")).ShouldBe(("canceled", "no_liquidity", 0.2m));
        var sold = (await trader.MarketSell("0.15")).Ok();
        (sold["status"], sold.Number("filledQuantity")).ShouldBe(("canceled", 0.1m));
        (await trader.Balance("USDT")).Held.ShouldBe(0m);
        (await trader.Balance("BTC")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_sell_by_quote_sells_as_much_as_that_takes()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.5")).Ok();

        var sold = (await trader.Place(new { side = "sell", type = "market", quoteQuantity = "600" })).Ok();

        // floor(600 / 59,990 to 0.00001) = 0.01000, for 599.9.
        (sold["status"], sold.Number("filledQuantity"), sold.Number("filledQuote")).ShouldBe(("filled", 0.01m, 599.9m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_another_body_is_refused()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var limit = (await trader.Buy("0.1", "59000", "mine")).Ok();
        var filled = (await trader.MarketBuy("0.1", "now")).Ok();
        (await trader.Cancel(limit["id"]!)).Ok();
        market.State(PriceSourceState.Ended);

        var again = await trader.Buy("0.10", "59000.00", "mine");
        (again.Status, again.Body.ToString()).ShouldBe((HttpStatusCode.Created, limit.Body.ToString()));
        (await trader.MarketBuy("0.1", "now")).Body.ToString().ShouldBe(filled.Body.ToString());
        var other = await trader.Buy("0.2", "59000", "mine");
        (other.Status, other["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency_mismatch"));
        (await trader.Get("/api/v1/orders")).Items.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_storm_of_repeats_makes_one_order_each()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        const int keys = 40;
        var answers = new System.Collections.Concurrent.ConcurrentBag<(string Key, string Id)>();

        await Parallel.ForEachAsync(Enumerable.Range(0, keys * 5), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (index, _) =>
        {
            var key = $"storm-{index % keys}";
            var body = new { side = "buy", type = "limit", quantity = "0.001", price = "50000" };
            var answer = index % 2 == 0 ? await trader.Place(new { body.side, body.type, body.quantity, body.price, clientOrderId = key }) : await ByHeader(key);
            answer.Ok();
            answers.Add((key, answer["id"]!));
        });

        answers.GroupBy(answer => answer.Key).ShouldAllBe(group => group.Select(answer => answer.Id).Distinct().Count() == 1);
        (await trader.Get("/api/v1/orders?limit=500")).Items.Length.ShouldBe(keys);
        (await trader.Balance("USDT")).ShouldBe((50_000m - (keys * 50m), keys * 50m));
        await market.ShouldBeSound();

        Task<Answer> ByHeader(string key) => trader.Send(
            HttpMethod.Post, "/api/v1/orders", new { accountId = trader.Account, symbol = "BTCUSDT", side = "buy", type = "limit", quantity = "0.001", price = "50000" }, key);
    }
}
