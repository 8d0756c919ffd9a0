using System.Net;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class PlaceBracketTests
{
    private const string Path = "/api/v1/orders/bracket";

    [Fact]
    public async Task The_exits_grow_with_the_entrys_fills_and_the_first_to_act_ends_the_rest()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var list = (await trader.Post(Path, new { side = "buy", type = "limit", quantity = "0.5", price = "59000", targetPrice = "61000", stopPrice = "58000" })).Ok();
        var legs = await trader.Legs(list);
        (legs["entry"]["status"], legs["target"]["status"], legs["stop"]["status"]).ShouldBe(("new", "waiting", "waiting"));
        (legs["target"]["quantity"], legs["target"]["held"]).ShouldBe((null, null));

        // The book does not reach the limit: a trade at it names the level, and fills what is ahead of nobody.
        await market.Book([Level(59_000m, 1m)], [Level(59_010m, 9m)]);
        await market.Trade(59_000m, 1.2m);
        (await trader.UntilFilled(legs["entry"]["id"]!, 0.2m))["status"].ShouldBe("partiallyFilled");
        legs = await trader.Legs(list);
        (legs["target"]["status"], legs["target"].Number("quantity"), legs["stop"].Number("quantity")).ShouldBe(("new", 0.1998m, 0.1998m));
        await market.Trade(59_000m, 0.1m);
        (await trader.UntilFilled(legs["entry"]["id"]!, 0.3m))["status"].ShouldBe("partiallyFilled");
        (await trader.Legs(list))["target"].Number("quantity").ShouldBe(0.2997m);
        (await trader.Balance("BTC")).Held.ShouldBe(0.2997m);

        // The trade that fires the stop lies beyond the entry's limit too, and fills a last 0.0001 of it.
        await market.Trade(58_000m, 0.0001m);
        await market.Book([Level(57_990m, 9m)], [Level(58_010m, 9m)]);
        await market.Trade(58_000m, 0.0001m);
        (await trader.Until(legs["stop"]["id"]!, "filled")).Number("filledQuantity").ShouldBe(0.29979m);
        legs = await trader.Legs(list);
        (legs["entry"]["status"], legs["entry"]["reason"], legs["target"]["status"]).ShouldBe(("canceled", "sibling", "canceled"));
        (await trader.Balance("USDT")).Held.ShouldBe(0m);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_market_entry_answers_filled_with_its_exits_at_work()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var body = new { side = "buy", type = "market", quoteQuantity = "6001", targetPrice = "61000", stopPrice = "59000", stopLimitPrice = "58900", clientOrderId = "in" };
        var list = (await trader.Post(Path, body)).Ok();
        var waits = new { side = "buy", type = "limit", quantity = "0.1", price = "59000", targetPrice = "61000", stopPrice = "40000", clientOrderId = "rests" };
        var resting = (await trader.Post(Path, waits)).Ok();
        var orders = list.Body.GetProperty("orders").EnumerateArray().ToList();
        orders.ConvertAll(order => order.GetProperty("status").GetString()).ShouldBe(["filled", "new", "waiting"]);
        orders[1].GetProperty("quantity").GetString().ShouldBe("0.0999");
        await market.Trade(61_000.01m, 9m);
        (await trader.Until(orders[1].GetProperty("id").GetString()!, "filled")).Number("averagePrice").ShouldBe(61_000m);
        (await trader.Show(orders[2].GetProperty("id").GetString()!))["status"].ShouldBe("canceled");

        // The same key, the same answer, whatever has become of the orders.
        await market.Trade(58_999m, 9m);
        (await trader.UntilFilled((await trader.Legs(resting))["entry"]["id"]!, 0.1m))["status"].ShouldBe("filled");
        Plain(await trader.Post(Path, body)).ShouldBe(Plain(list));
        Plain(await trader.Post(Path, waits)).ShouldBe(Plain(resting));
        await market.ShouldBeSound();
    }

    private static string Plain(Answer list) => string.Join('\n', list.Ok().Body.GetProperty("orders").EnumerateArray().Select(order => order.GetRawText()));

    [Fact]
    public async Task An_entry_that_ends_without_a_fill_takes_its_exits_with_it_and_a_filled_one_leaves_them()
    {
        await using var market = await Around60000("--Orders:FillModel", "touch");
        var trader = await Trader.New(market.Host);
        var unused = await trader.Legs((await trader.Post(Path, new { side = "buy", type = "limit", quantity = "0.1", price = "58000", targetPrice = "61000", stopPrice = "57000" })).Ok());
        (await trader.Cancel(unused["entry"]["id"]!)).Ok();
        (await trader.Show(unused["target"]["id"]!))["status"].ShouldBe("canceled");
        (await trader.Show(unused["stop"]["id"]!))["status"].ShouldBe("canceled");

        var used = await trader.Legs((await trader.Post(Path, new { side = "buy", type = "limit", quantity = "0.1", price = "59000", targetPrice = "61000", stopPrice = "57000" })).Ok());
        await market.Trade(59_000m);
        (await trader.Until(used["entry"]["id"]!, "filled"))["status"].ShouldBe("filled");
        (await trader.Show(used["stop"]["id"]!))["status"].ShouldBe("waiting");
        (await trader.Cancel(used["target"]["id"]!)).Ok();
        (await trader.Show(used["stop"]["id"]!))["status"].ShouldBe("canceled");
        (await trader.Balance("BTC")).ShouldBe((0.0999m, 0m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_name()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        async Task Refused(object fields, string code, string field)
        {
            var answer = await trader.Post(Path, fields);
            (answer.Status, answer["code"], answer["field"]).ShouldBe((HttpStatusCode.UnprocessableEntity, code, field), answer.Body.ToString());
        }

        await Refused(new { side = "sell", type = "market", quantity = "0.1", targetPrice = "1", stopPrice = "2" }, "invalid_field", "side");
        await Refused(new { side = "buy", type = "stopLoss", quantity = "0.1", targetPrice = "1", stopPrice = "2" }, "invalid_field", "type");
        await Refused(new { side = "buy", type = "market", quantity = "0.1", stopPrice = "59000" }, "invalid_field", "targetPrice");
        await Refused(new { side = "buy", type = "market", quantity = "0.1", targetPrice = "61000", stopPrice = "60500" }, "trigger_wrong_side", "stopPrice");
        await Refused(new { side = "buy", type = "limit", price = "59000", quantity = "0.1", targetPrice = "58000", stopPrice = "57000" }, "trigger_wrong_side", "targetPrice");
        await Refused(new { side = "buy", type = "limit", price = "59000", quantity = "0.1", targetPrice = "61000.001", stopPrice = "57000" }, "price_not_on_tick", "price");
    }
}
