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
}
