namespace Lastro.Server.Tests.Orders;

public sealed class ListOrdersTests
{
    [Fact]
    public async Task Lists_come_newest_first_in_pages_without_hole_or_double()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var placed = new List<string>();
        for (var index = 0; index < 7; index++) placed.Add((await trader.Buy("0.001", $"{50_000 + index}")).Ok()["id"]!);
        (await trader.Cancel(placed[3])).Ok();

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await trader.Get($"/api/v1/orders?limit=3{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            seen.AddRange(page.Items.Select(order => order.GetProperty("id").GetString()!));
            cursor = page["nextCursor"];
        }

        seen.ShouldBe(placed.AsEnumerable().Reverse());
        (await trader.Get("/api/v1/orders?status=open")).Items.Length.ShouldBe(6);
        (await trader.Get("/api/v1/orders?status=closed")).Items.Single().GetProperty("id").GetString().ShouldBe(placed[3]);
        (await trader.Get("/api/v1/orders?symbol=ethusdt")).Items.ShouldBeEmpty();
        foreach (var wrong in new[] { "status=old", "limit=0", "limit=501", "limit=x", "cursor=-1", "accountId=7" })
            ((int)(await trader.Get($"/api/v1/orders?{wrong}")).Status).ShouldBe(422, wrong);
    }

    [Fact]
    public async Task Filters_choose_what_a_plain_list_would()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        for (var index = 0; index < 4; index++)
        {
            (await trader.Buy("0.001", $"{50_000 + index}")).Ok();
            (await trader.MarketBuy("0.002")).Ok();
            (await trader.Sell("0.001", $"{70_000 + index}")).Ok();
            await market.Trade(60_000m);
        }

        var all = (await trader.Get("/api/v1/orders?limit=500")).Ok().Items;
        all.Length.ShouldBe(12);
        (await trader.Cancel(all[^1].GetProperty("id").GetString()!)).Ok();
        all = (await trader.Get("/api/v1/orders?limit=500")).Ok().Items;
        var middle = all[5].GetProperty("createdAt").GetString()!;
        await Same("side=sell", order => order("side") == "sell");
        await Same("type=market", order => order("type") == "market");
        await Same("status=filled", order => order("status") == "filled");
        await Same("status=canceled&side=buy", order => order("status") == "canceled" && order("side") == "buy");
        await Same("base=btc&type=limit", order => order("type") == "limit");
        await Same("base=ETH", _ => false);
        await Same($"from={middle}", order => DateTimeOffset.Parse(order("createdAt")) >= DateTimeOffset.Parse(middle));
        await Same($"to={middle}&status=open", order => DateTimeOffset.Parse(order("createdAt")) < DateTimeOffset.Parse(middle) && order("status") == "new");
        foreach (var (query, field) in new[] { ("side=up", "side"), ("type=stop", "type"), ("status=done", "status"), ("from=soon", "from"), ("to=x", "to"), ("base=b-c", "base") })
        {
            var refused = await trader.Get($"/api/v1/orders?{query}");
            ((int)refused.Status, refused["field"]).ShouldBe((422, field), query);
        }

        async Task Same(string query, Func<Func<string, string>, bool> wanted) =>
            (await trader.Get($"/api/v1/orders?limit=500&{query}")).Ok().Items.Select(order => order.GetProperty("id").GetString())
                .ShouldBe(all.Where(order => wanted(field => order.GetProperty(field).ToString())).Select(order => order.GetProperty("id").GetString()), query);
    }
}
