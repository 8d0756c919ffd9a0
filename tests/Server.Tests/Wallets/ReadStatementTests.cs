using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class ReadStatementTests
{
    [Fact]
    public async Task Every_change_has_a_line_and_the_lines_add_up_to_the_balance()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.BuyFor("1000")).Ok();
        var order = (await trader.Buy("0.1", "50000")).Ok();
        (await trader.Cancel(order["id"]!)).Ok();

        var lines = new List<(string Kind, string Asset, decimal Available, decimal Held)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await trader.Get($"/api/v1/accounts/{trader.Account}/statement?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Ok();
            lines.AddRange(page.Items.Select(line => (
                line.GetProperty("kind").GetString()!, line.GetProperty("asset").GetString()!,
                decimal.Parse(line.GetProperty("available").GetString()!), decimal.Parse(line.GetProperty("held").GetString()!))));
            cursor = page["nextCursor"];
        }

        lines.Select(line => $"{line.Kind} {line.Asset}").ShouldBe(
            ["release USDT", "hold USDT", "release USDT", "fill USDT", "fill BTC", "hold USDT", "grant USDT"]);
        foreach (var asset in new[] { "USDT", "BTC" })
        {
            var own = lines.Where(line => line.Asset == asset).ToList();
            (own.Sum(line => line.Available), own.Sum(line => line.Held)).ShouldBe(await trader.Balance(asset));
        }

        (await trader.Get($"/api/v1/accounts/{trader.Account}/statement?asset=BTC")).Items.Length.ShouldBe(1);
        ((int)(await trader.Get($"/api/v1/accounts/{trader.Account}/statement?limit=0")).Status).ShouldBe(422);
        ((int)(await trader.Get($"/api/v1/accounts/{trader.Account}/statement?cursor=x")).Status).ShouldBe(422);
    }
}
