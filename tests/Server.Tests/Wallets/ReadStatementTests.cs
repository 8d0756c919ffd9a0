using System.Text.Json;
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

    [Fact]
    public async Task Every_line_shows_the_balance_it_left_and_filters_choose_lines()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var path = $"/api/v1/accounts/{trader.Account}/statement";
        for (var step = 0; step < 6; step++)
        {
            (await (step % 3 == 2 ? trader.MarketSell("0.004") : trader.MarketBuy("0.01"))).Ok();
            (await trader.Cancel((await trader.Buy("0.01", "50000")).Ok()["id"]!)).Ok();
        }

        (await ResetAccountTests.Reset(trader, new { confirm = "RESET" }, null)).Ok();
        (await trader.MarketBuy("0.02")).Ok();
        var all = await Lines(trader, $"{path}?limit=7");
        // The balance after each line, told forward from nothing.
        var balances = new Dictionary<string, (decimal Available, decimal Held)>();
        foreach (var line in Enumerable.Reverse(all))
        {
            var (asset, before) = (line.Text("asset"), balances.GetValueOrDefault(line.Text("asset")));
            balances[asset] = (before.Available + line.Amount("available"), before.Held + line.Amount("held"));
            (line.Amount("availableAfter"), line.Amount("heldAfter")).ShouldBe(balances[asset], line.Text("id"));
        }

        balances["BTC"].ShouldBe(await trader.Balance("BTC"));
        all.Count(line => line.Text("kind") == "reset").ShouldBe(2);
        foreach (var kind in new[] { "grant", "hold", "release", "fill", "reset" })
        {
            var chosen = await Lines(trader, $"{path}?limit=3&kind={kind}&asset=USDT");
            chosen.Select(line => line.ToString()).ShouldBe(all.Where(line => line.Text("kind") == kind && line.Text("asset") == "USDT").Select(line => line.ToString()), kind);
        }

        var ends = all.Single(line => line.Text("kind") == "reset" && line.Text("asset") == "BTC").Text("time");
        (await Lines(trader, $"{path}?limit=500&from={ends}")).Concat(await Lines(trader, $"{path}?limit=500&to={ends}")).Select(line => line.Text("id"))
            .ShouldBe(all.Select(line => line.Text("id")), ignoreOrder: true);
        foreach (var (query, field) in new[] { ("kind=gift", "kind"), ("asset=btc", "asset"), ("from=soon", "from"), ("to=x", "to"), ("limit=501", "limit"), ("cursor=1", "cursor") })
        {
            var refused = await trader.Get($"{path}?{query}");
            ((int)refused.Status, refused["field"], refused["value"] is null, refused["limit"] is null).ShouldBe((422, field, false, false), query);
        }
    }

    [Fact]
    public async Task The_csv_file_holds_the_same_lines_as_the_table()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.01")).Ok();
        (await trader.Cancel((await trader.Buy("0.01", "50000")).Ok()["id"]!)).Ok();
        var path = $"/api/v1/accounts/{trader.Account}/statement";
        var table = (await Lines(trader, $"{path}?limit=500")).Select(line => string.Join(',', new[]
        {
            "id", "time", "zone", "kind", "asset", "available", "held", "availableAfter", "heldAfter", "orderId", "fillId",
        }.Select(field => field == "zone" ? "UTC" : field == "time" ? $"{DateTimeOffset.Parse(line.Text("time")).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}" : line.Text(field))));

        var (text, link) = await Csv(path);
        link.ShouldBeNull();
        text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ShouldBe(table);
        var (first, next) = await Csv(path + "?limit=3");
        var (rest, _) = await Csv(path + next![1..next!.IndexOf('>')].Replace("limit=3", "limit=500", StringComparison.Ordinal));
        first.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Concat(rest.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)).ShouldBe(table);

        async Task<(string Text, string? Link)> Csv(string where)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, where);
            request.Headers.Accept.ParseAdd("text/csv");
            using var response = await trader.Client.SendAsync(request);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            return (await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("Link", out var links) ? links.Single() : null);
        }
    }

    private static async Task<List<JsonElement>> Lines(Trader trader, string path)
    {
        var lines = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await trader.Get($"{path}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Ok();
            lines.AddRange(page.Items);
            cursor = page["nextCursor"];
        }

        return lines;
    }
}

file static class Fields
{
    public static string Text(this JsonElement line, string field) => line.GetProperty(field).ToString();

    public static decimal Amount(this JsonElement line, string field) => decimal.Parse(line.Text(field));
}
