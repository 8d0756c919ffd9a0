using System.Text.Json;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class ListSeasonsTests
{
    [Fact]
    public async Task A_season_is_archived_with_its_figures_and_the_open_one_stands_first()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        (await trader.MarketSell("0.05")).Ok();
        await Priced(trader, "60000");
        (await ResetAccountTests.Reset(trader, new { confirm = "RESET" }, null)).Ok();
        (await ResetAccountTests.Reset(trader, new { confirm = "RESET", amount = "100" }, null)).Ok();

        var path = $"/api/v1/accounts/{trader.Account}/seasons";
        var seasons = (await trader.Get(path)).Ok().Items;
        seasons.Select(season => season.GetProperty("number").GetInt32()).ShouldBe([3, 2, 1]);
        (Number(seasons[0], "startEquity"), seasons[0].GetProperty("endedAt").ValueKind).ShouldBe((100m, JsonValueKind.Null));
        (Number(seasons[1], "startEquity"), Number(seasons[1], "finalEquity"), Number(seasons[1], "pnl"), seasons[1].GetProperty("trades").GetInt32()).ShouldBe((50_000m, 50_000m, 0m, 0));
        // By hand: 0.1 at 60,010 less 0.0001 fee, 0.05 sold at 59,990 less 0.1 %.
        const decimal fees = (0.0001m * 60_010m) + 2.9995m;
        const decimal realised = 0.05m * (59_990m - 60_010m);
        const decimal final = 50_000m - 6_001m + 2_999.5m - 2.9995m + (0.0499m * 60_000m);
        (Number(seasons[2], "startEquity"), Number(seasons[2], "finalEquity"), Number(seasons[2], "pnl")).ShouldBe((50_000m, final, final - 50_000m));
        (Number(seasons[2], "realised"), Number(seasons[2], "fees"), seasons[2].GetProperty("trades").GetInt32()).ShouldBe((realised, fees, 2));
        seasons[2].GetProperty("endedAt").GetString().ShouldBe(seasons[1].GetProperty("startedAt").GetString());

        var numbers = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await trader.Get($"{path}?limit=1{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Ok();
            numbers.AddRange(page.Items.Select(season => season.GetProperty("number").GetInt32()));
            cursor = page["nextCursor"];
        }

        numbers.ShouldBe([3, 2, 1]);
        ((int)(await trader.Get($"{path}?limit=501")).Status).ShouldBe(422);
        ((int)(await trader.Get($"{path}?cursor=x")).Status).ShouldBe(422);
        await market.ShouldBeSound();
    }

    /// <summary>Views of the market follow the lane within a pulse.</summary>
    internal static async Task Priced(Trader trader, string price)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            var balances = (await trader.Get($"/api/v1/accounts/{trader.Account}/balances")).Ok();
            if (balances.Items.Any(item => item.GetProperty("asset").GetString() == "BTC" && item.GetProperty("price").GetString() == price)) return;
            await Task.Delay(50);
        }

        Assert.Fail($"the price never became {price}");
    }

    private static decimal Number(JsonElement season, string field) => decimal.Parse(season.GetProperty(field).GetString()!);
}
