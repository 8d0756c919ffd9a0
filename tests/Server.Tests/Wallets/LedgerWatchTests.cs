using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Wallets;

public sealed class LedgerWatchTests
{
    [Theory]
    [InlineData("one row changed", "UPDATE postings SET amount = amount + 1 WHERE journal_id = (SELECT min(id) FROM journals WHERE kind = 'fill') AND line = 1")]
    [InlineData("one row deleted", "DELETE FROM postings WHERE journal_id = (SELECT min(id) FROM journals WHERE kind = 'hold') AND line = 1")]
    [InlineData("tail truncated", "DELETE FROM postings WHERE journal_id >= (SELECT max(id) - 1 FROM journals); DELETE FROM journals WHERE id >= (SELECT max(id) - 1 FROM journals)")]
    [InlineData("a whole journal gone", "DELETE FROM postings WHERE journal_id = (SELECT min(id) FROM journals WHERE kind = 'hold'); DELETE FROM journals WHERE id = (SELECT min(id) FROM journals WHERE kind = 'hold')")]
    [InlineData("a balance raised", "UPDATE balances SET available = available + 1 WHERE asset = 'BTC'")]
    [InlineData("an order's hold raised", "UPDATE orders SET hold_amount = 2 * hold_amount, held = held + 1 WHERE status = 'new'")]
    public async Task A_superusers_tampering_is_found_while_the_server_runs(string what, string tampering)
    {
        await using var market = await ScriptedMarket.Around60000("--Wallets:VerifySeconds", "3600");
        var watch = market.Host.Services.GetRequiredService<LedgerWatch>();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        (await trader.Buy("0.1", "50000")).Ok();
        (await watch.Look(default)).ShouldBeEmpty();
        (await Ready(market)).ShouldBe((HttpStatusCode.OK, "ready"));

        await using (var owner = await market.Host.Owner.OpenConnectionAsync())
            await owner.ExecuteAsync($"SET session_replication_role = replica; {tampering}; SET session_replication_role = DEFAULT");
        (await watch.Look(default)).ShouldNotBeEmpty(what);
        (await Ready(market)).ShouldBe((HttpStatusCode.OK, "degraded"));
        State(market).Violations.ShouldBeGreaterThan(0);
        await watch.LookAtAll(default);
        (await Ready(market)).Status.ShouldBe("degraded", "the whole audit finds it too");
    }

    [Fact]
    public async Task Slices_follow_new_journals_and_go_round_all_accounts_also_while_orders_come_in()
    {
        await using var market = await ScriptedMarket.Around60000("--Wallets:VerifySeconds", "3600");
        var watch = market.Host.Services.GetRequiredService<LedgerWatch>();
        var traders = new List<Trader>();
        for (var n = 0; n < 3; n++) traders.Add(await Trader.New(market.Host));
        await market.Book([ScriptedMarket.Level(59_990m, 500m)], [ScriptedMarket.Level(60_010m, 500m)]);
        var trading = Task.WhenAll(traders.Select(async trader =>
        {
            for (var step = 0; step < 15; step++)
            {
                (await trader.MarketBuy("0.01")).Ok();
                (await trader.Cancel((await trader.Buy("0.01", "50000")).Ok()["id"]!)).Ok();
                if (step % 5 == 4) (await ResetAccountTests.Reset(trader, new { confirm = "RESET" }, null)).Ok();
            }
        }));
        var looks = 0;
        for (; !trading.IsCompleted; looks++) (await watch.Look(default)).ShouldBeEmpty();
        await trading;
        (await watch.Look(default)).ShouldBeEmpty();
        await watch.LookAtAll(default);
        looks.ShouldBeGreaterThan(3);

        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        var newest = await owner.ExecuteScalarAsync<long>("SELECT max(id) FROM journals");
        (await owner.ExecuteScalarAsync<long>("SELECT verified_journal FROM ledger_watch")).ShouldBe(newest);
        var text = await market.Host.Client.GetStringAsync("/metrics");
        // Several servers share the meters of a test's process, so their figures are asked of the one itself.
        foreach (var name in new[] { "lastro_ledger_violations", "lastro_ledger_verified_journal_id", "lastro_ledger_check_age_seconds" }) text.ShouldContain($"# TYPE {name} gauge");
        (State(market).Violations, State(market).Verified).ShouldBe((0, newest));
        State(market).Age.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await Ready(market)).ShouldBe((HttpStatusCode.OK, "ready"));
    }

    [Fact]
    public async Task It_looks_by_itself()
    {
        await using var market = await ScriptedMarket.Around60000("--Wallets:VerifySeconds", "1");
        (await (await Trader.New(market.Host)).MarketBuy("0.1")).Ok();
        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        for (var wait = 0; wait < 200; wait++)
        {
            if (await owner.ExecuteScalarAsync<bool>("SELECT full_at IS NOT NULL AND verified_journal > 0 FROM ledger_watch")) return;
            await Task.Delay(50);
        }

        Assert.Fail("no look within 10 s");
    }

    private static async Task<(HttpStatusCode Code, string? Status)> Ready(ScriptedMarket market)
    {
        using var answer = await market.Host.Client.GetAsync("/health/ready");
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    private static LedgerWatchState State(ScriptedMarket market) => market.Host.Services.GetRequiredService<LedgerWatchState>();
}
