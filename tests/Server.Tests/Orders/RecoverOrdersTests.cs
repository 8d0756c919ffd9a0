using Dapper;
using Lastro.Server.Tests.Host;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

public sealed class RecoverOrdersTests
{
    [Fact]
    public async Task After_a_restart_open_orders_are_matched_by_the_same_rules()
    {
        string database, account;
        string[] ids;
        TestUser user;
        await using (var before = await Around60000())
        {
            database = before.Host.OwnerConnectionString;
            user = await before.Host.NewUser();
            account = await Trader.AccountOf(before.Host, user);
            var trader = Trader.On(before.Host, user, account);
            var high = (await trader.Buy("0.1", "59000")).Ok()["id"]!;
            var low = (await trader.Buy("0.1", "58000")).Ok()["id"]!;
            var gone = (await trader.Buy("0.1", "58500")).Ok()["id"]!;
            (await trader.Cancel(gone)).Ok();
            ids = [high, low, gone];
            // A market order that was accepted and not decided when the process died.
            await using var owner = await before.Host.Owner.OpenConnectionAsync();
            await owner.ExecuteAsync("""
                INSERT INTO orders (user_id, account_id, client_order_id, request_hash, symbol, base, quote, side, type, time_in_force, quantity, status, hold_asset, hold_amount, held, created_at, updated_at)
                SELECT user_id, account_id, 'orphan', request_hash, symbol, base, quote, side, 'market', 'gtc', 0.05, 'new', 'USDT', 3100, 3100, created_at, updated_at FROM orders WHERE id = @id;
                WITH j AS (INSERT INTO journals (business_key, kind, created_at, order_id) SELECT 'hold:' || id, 'hold', now(), id FROM orders WHERE client_order_id = 'orphan' RETURNING id)
                INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
                SELECT j.id, l.line, @account, 'USDT', l.bucket, l.amount FROM j, (VALUES (1, 'available', -3100), (2, 'held', 3100)) AS l (line, bucket, amount);
                """, new { id = long.Parse(high), account = Guid.Parse(account) });
        }

        await using var market = await Start(database, nowMs: 1_723_200_000_000);
        var again = Trader.On(market.Host, await Trader.SignIn(market.Host, user), account);
        await market.Trade(59_500m);
        (await again.Show(ids[0]))["status"].ShouldBe("new");
        await market.Book([Level(59_490m, 1m)], [Level(59_510m, 1m)]);
        var orphan = (await again.Get("/api/v1/orders")).Items.Single(order => order.GetProperty("clientOrderId").GetString() == "orphan").GetProperty("id").GetString()!;
        (await again.Until(orphan, "filled")).Number("averagePrice").ShouldBe(59_510m);

        await market.Trade(58_999.99m);
        (await again.Until(ids[0], "filled")).Number("averagePrice").ShouldBe(59_000m);
        (await again.Show(ids[1]))["status"].ShouldBe("new");
        (await again.Show(ids[2]))["status"].ShouldBe("canceled");
        await market.ShouldBeSound();
    }
}
