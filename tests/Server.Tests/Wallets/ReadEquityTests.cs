using System.Text.Json;
using Dapper;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Wallets;

public sealed class ReadEquityTests
{
    [Fact]
    public async Task The_line_begins_with_the_grant_follows_samples_and_breaks_at_a_reset()
    {
        await using var market = await ScriptedMarket.Around60000();
        var sampler = market.Host.Services.GetRequiredService<EquitySampler>();
        var trader = await Trader.New(market.Host);
        var fresh = await Equity(trader, "");
        fresh.Points().ShouldBe([("grant", 1, 50_000m, 0m), ("now", 1, 50_000m, 0m)]);
        (await sampler.Sample(default)).ShouldBe(0, "nothing has changed");

        (await trader.MarketBuy("0.5")).Ok();
        var expected = new List<decimal>();
        foreach (var price in new[] { 61_500m, 58_500m, 60_500m })
        {
            await market.Trade(price);
            await ListSeasonsTests.Priced(trader, $"{price:0}");
            (await sampler.Sample(default)).ShouldBe(1);
            (await sampler.Sample(default)).ShouldBe(0);
            expected.Add(50_000m - 30_005m + (0.4995m * price));
        }

        (await ResetAccountTests.Reset(trader, new { confirm = "RESET", amount = "500" }, null)).Ok();
        var line = await Equity(trader, "?interval=5m");
        var deepest = Math.Round((expected[0] - expected[1]) / expected[0], 8);
        line.Number("maxDrawdown").ShouldBe(deepest);
        line["estimated"].ShouldBe("True");
        var points = line.Points();
        points[0].ShouldBe(("grant", 1, 50_000m, 0m));
        // The samples fall into one interval, or two at its border: the last of each is shown.
        points[^4].ShouldBe(("sample", 1, expected[2], Math.Round((expected[0] - expected[2]) / expected[0], 8)));
        points[^3..].ShouldBe([("reset", 1, expected[2], points[^4].Drawdown), ("grant", 2, 500m, 0m), ("now", 2, 500m, 0m)]);

        var resetAt = line.Body.GetProperty("points")[points.Count - 2].GetProperty("time").GetString();
        (await Equity(trader, $"?interval=1d&from={resetAt}")).Points()[^2..].ShouldBe([("grant", 2, 500m, 0m), ("now", 2, 500m, 0m)]);
        (await Equity(trader, $"?from={resetAt}")).Points().ShouldNotContain(point => point.Kind == "sample");
        foreach (var (query, field) in new[] { ("interval=2h", "interval"), ("from=never", "from"), ("from=01/02/2026", "from") })
        {
            var refused = await trader.Get($"/api/v1/accounts/{trader.Account}/equity?{query}");
            ((int)refused.Status, refused["field"], refused["limit"] is null).ShouldBe((422, field, false));
        }
    }

    [Fact]
    public async Task Old_samples_are_thinned_to_the_last_of_each_hour_then_day()
    {
        await using var market = await ScriptedMarket.Start();
        var trader = await Trader.New(market.Host);
        var sampler = market.Host.Services.GetRequiredService<EquitySampler>();
        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        var account = Guid.Parse(trader.Account);
        await owner.ExecuteAsync("""
            INSERT INTO equity_points (account_id, season, at, kind, equity)
            SELECT @account, 1, at, 'sample', 1 FROM generate_series(now() - interval '100 days', now(), interval '5 minutes') AS at
            """, new { account });
        var all = (await owner.QueryAsync<DateTime>("SELECT at FROM equity_points WHERE kind = 'sample' ORDER BY at")).ToList();
        (await sampler.Thin(default)).ShouldBeGreaterThan(20_000);
        var now = (await owner.ExecuteScalarAsync<DateTime>("SELECT now()")).ToUniversalTime();
        // The plain rule, over the list: two days whole, then the last of each hour, after 90 days the last of each day.
        var old = all.Where(at => at < now.AddDays(-2)).ToList();
        var kept = all.Except(old).Concat(old.Where((at, index) => index == old.Count - 1
            || (at.Date.AddHours(at.Hour) != old[index + 1].Date.AddHours(old[index + 1].Hour) && (at >= now.AddDays(-90) || at.Date != old[index + 1].Date)))).ToList();
        var left = (await owner.QueryAsync<DateTime>("SELECT at FROM equity_points WHERE kind = 'sample' ORDER BY at")).ToList();
        left.Except(kept).Concat(kept.Except(left)).Count().ShouldBeLessThanOrEqualTo(2);
        (await owner.ExecuteScalarAsync<int>("SELECT count(*) FROM equity_points WHERE kind = 'grant'")).ShouldBe(1);
        (await sampler.Thin(default)).ShouldBe(0);
    }

    private static async Task<Answer> Equity(Trader trader, string query) => (await trader.Get($"/api/v1/accounts/{trader.Account}/equity{query}")).Ok();
}

file static class Line
{
    public static List<(string Kind, int Season, decimal Equity, decimal Drawdown)> Points(this Answer answer) =>
        [.. answer.Body.GetProperty("points").EnumerateArray().Select(point => (
            point.GetProperty("kind").GetString()!, point.GetProperty("season").GetInt32(), Number(point, "equity"), Number(point, "drawdown")))];

    private static decimal Number(JsonElement point, string field) => decimal.Parse(point.GetProperty(field).GetString()!);
}
