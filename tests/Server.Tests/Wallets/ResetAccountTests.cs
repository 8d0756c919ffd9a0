using System.Net;
using System.Text.Json;
using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Wallets;

public sealed class ResetAccountTests
{
    [Fact]
    public async Task A_reset_ends_orders_takes_everything_back_and_begins_a_season()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        var resting = (await trader.Buy("0.1", "50000")).Ok();
        var sale = (await trader.Sell("0.05", "70000")).Ok();
        var reset = (await Reset(trader, new { confirm = "RESET", amount = "1234.5" }, "r1")).Ok();

        (reset["granted"], reset["canceledOrders"]).ShouldBe(("1234.5", "2"));
        reset.Body.GetProperty("account").GetProperty("season").GetInt32().ShouldBe(2);
        (await trader.Show(resting["id"]!))["status"].ShouldBe("canceled");
        (await trader.Show(sale["id"]!))["status"].ShouldBe("canceled");
        (await trader.Balance("USDT")).ShouldBe((1_234.5m, 0m));
        (await trader.Balance("BTC")).ShouldBe((0m, 0m));
        // The lanes have forgotten them too.
        await market.Trade(49_000m);
        await market.Trade(71_000m);
        (await trader.Balance("USDT")).ShouldBe((1_234.5m, 0m));
        (await Reset(trader, new { confirm = "RESET", amount = "1234.5" }, "r1")).Body.GetRawText().ShouldBe(reset.Body.GetRawText());
        (await Reset(trader, new { confirm = "RESET" }, "r1"))["code"].ShouldBe("idempotency_mismatch");
        (await trader.Get($"/api/v1/accounts/{trader.Account}/seasons")).Items.Length.ShouldBe(2);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_first_fill_and_a_reset_never_wait_for_each_other_in_a_circle()
    {
        await using var market = await Around60000();
        var user = await market.Host.NewUser();
        var first = Trader.On(market.Host, user, "");
        var (filled, canceled) = (0, 0);
        for (var round = 0; round < 19; round++)
        {
            // A new account each time: its first fill makes its first balance of BTC, the one statement of a fill that used to look at the account.
            var account = (await first.Send(HttpMethod.Post, "/api/v1/accounts", new { name = $"Round {round}", kind = "paper" })).Ok()["id"]!;
            var trader = Trader.On(market.Host, user, account);
            await market.Book([Level(59_990m, 2m)], [Level(60_010m, 2m)]);
            var orders = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => trader.Buy("0.01", "59500")));
            var trade = market.Trade(59_499m);
            var reset = (await Reset(trader, new { confirm = "RESET" }, null)).Ok();
            await trade;
            canceled += (int)reset.Number("canceledOrders");
            foreach (var order in orders) filled += (await trader.Show(order.Ok()["id"]!))["status"] == "filled" ? 1 : 0;
        }

        (filled + canceled).ShouldBe(19 * 6);
        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        await Task.Delay(1_500);
        (await owner.ExecuteScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task More_open_orders_than_one_batch_end_in_one_reset()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        foreach (var chunk in Enumerable.Range(0, 520).Chunk(40))
            (await Task.WhenAll(chunk.Select(_ => trader.Buy("0.001", "30000")))).Select(answer => answer.Ok()).Count().ShouldBe(chunk.Length);
        (await Reset(trader, new { confirm = "RESET" }, null)).Ok()["canceledOrders"].ShouldBe("520");
        (await trader.Get($"/api/v1/orders?accountId={trader.Account}&status=open")).Items.ShouldBeEmpty();
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Where_something_has_no_price_the_archived_worth_is_unknown_and_the_thing_goes_back_all_the_same()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        await using (var owner = await market.Host.Owner.OpenConnectionAsync())
            await WalletsRoom.Post(owner, [Journals.Grant(Guid.Parse(trader.Account), new Money(5m, new Asset("DOGE")), DateTimeOffset.UnixEpoch, season: 99)], default);
        var closed = (await Reset(trader, new { confirm = "RESET" }, null)).Ok().Body.GetProperty("closed");
        (closed.GetProperty("finalEquity").ValueKind, closed.GetProperty("pnl").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        (await trader.Balance("DOGE")).ShouldBe((0m, 0m));
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.ShouldBeSound();
    }

    [Theory]
    [InlineData("reset", null, "confirm")]
    [InlineData(null, null, "confirm")]
    [InlineData("RESET", "99.99", "amount")]
    [InlineData("RESET", "1000000.01", "amount")]
    [InlineData("RESET", "100.000000001", "amount")]
    public async Task What_is_wrong_is_named_and_nothing_happens(string? confirm, string? amount, string field)
    {
        await using var market = await Start();
        var trader = await Trader.New(market.Host);
        var answer = await Reset(trader, new { confirm, amount }, null);
        ((int)answer.Status, answer["field"], answer["limit"] is null).ShouldBe((422, field, false));
        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        (await trader.Get($"/api/v1/accounts/{trader.Account}/seasons")).Items.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Resets_orders_cancels_and_fills_that_race_leave_no_double_in_200_rounds()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var (rounds, placed, canceledByUser, canceledByReset, fills) = (200, 0, 0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var early = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => trader.Buy("0.004", $"{59_000 + n}")));
            early.Select(answer => answer.Ok()).Count().ShouldBe(3);
            if (round % 4 == 0) await market.Book([Level(59_990m, 2m)], [Level(60_010m, 2m)]);
            var resets = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Reset(trader, new { confirm = "RESET", amount = "1000" }, $"round-{round}")));
            var cancels = Task.WhenAll(early.Select(order => trader.Cancel(order["id"]!)));
            var late = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => trader.Buy("0.004", "58000")));
            var taking = round % 4 == 0 ? trader.MarketBuy("0.001") : Task.FromResult<Answer>(null!);
            if (round % 4 == 2) await market.Trade(58_999m);

            foreach (var answer in await cancels) canceledByUser += answer.Status == HttpStatusCode.OK ? 1 : 0;
            foreach (var answer in await late)
            {
                placed += answer.Status == HttpStatusCode.Created ? 1 : 0;
                if (answer.Status != HttpStatusCode.Created) answer["code"].ShouldBe("insufficient_funds");
            }

            if (await taking is { } taken) fills += taken["status"] == "filled" ? 1 : 0;
            var told = await resets;
            told.Select(answer => answer.Ok()).Count().ShouldBe(2);
            told[0].Body.GetRawText().ShouldBe(told[1].Body.GetRawText());
            canceledByReset += (int)told[0].Number("canceledOrders");
            (await trader.Send(HttpMethod.Delete, $"/api/v1/orders?accountId={trader.Account}")).Ok();
        }

        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        var account = Guid.Parse(trader.Account);
        (await owner.ExecuteScalarAsync<int>("SELECT count(*) FROM seasons WHERE account_id = @account", new { account })).ShouldBe(rounds);
        (await owner.ExecuteScalarAsync<int>("SELECT count(*) FROM journals WHERE kind = 'reset'")).ShouldBe(rounds);
        // From the rows alone: right after every reset the account owned exactly the new grant.
        var wrong = await owner.QueryAsync<string>("""
            SELECT g.business_key FROM journals g WHERE g.kind = 'grant' AND g.business_key LIKE 'grant:' || @account::text || ':%' AND 1000 <> (
                SELECT sum(p.amount) FROM postings p WHERE p.account_id = @account AND p.asset = 'USDT' AND p.journal_id <= g.id)
            UNION ALL
            SELECT g.business_key FROM journals g WHERE g.kind = 'grant' AND g.business_key LIKE 'grant:' || @account::text || ':%' AND EXISTS (
                SELECT 1 FROM postings p WHERE p.account_id = @account AND p.asset <> 'USDT' AND p.journal_id <= g.id GROUP BY p.asset HAVING sum(p.amount) <> 0)
            """, new { account });
        wrong.ShouldBeEmpty();
        (canceledByUser, canceledByReset, placed, fills).ShouldSatisfyAllConditions(
            counts => counts.canceledByUser.ShouldBeGreaterThan(0), counts => counts.canceledByReset.ShouldBeGreaterThan(0),
            counts => counts.placed.ShouldBeGreaterThan(0), counts => counts.fills.ShouldBeGreaterThan(0));
        await market.ShouldBeSound();
    }

    internal static Task<Answer> Reset(Trader trader, object body, string? key) =>
        trader.Send(HttpMethod.Post, $"/api/v1/accounts/{trader.Account}/reset", body, key);
}
