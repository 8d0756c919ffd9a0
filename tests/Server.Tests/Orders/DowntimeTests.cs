using Lastro.Core.Markets;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Orders;

/// <summary>What happens to waiting orders while the server is down.</summary>
public sealed class DowntimeTests
{
    [Fact]
    public async Task Missed_trades_are_asked_for_from_the_last_one_acted_on_and_an_order_sees_only_what_came_after_it()
    {
        string database, account, early, late;
        Host.TestUser user;
        long now, lastTrade;
        await using (var market = await Around60000())
        {
            user = await market.Host.NewUser();
            account = await Trader.AccountOf(market.Host, user);
            var trader = Trader.On(market.Host, user, account);
            (await trader.MarketBuy("0.3")).Ok();
            early = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.1", triggerPrice = "59000" })).Ok()["id"]!;
            await market.Trade(59_900m);
            lastTrade = market.Lane.LastTrade!.Value.Id;
            await Mark(market, lastTrade);
            await market.Pass(5_000, 59_800m);
            late = (await trader.Place(new { side = "sell", type = "stopLoss", quantity = "0.1", triggerPrice = "59500" })).Ok()["id"]!;
            (database, now) = (market.Host.OwnerConnectionString, market.NowMs);
        }

        // The source brings again what came after the mark: a dip before the second order was placed, and one after.
        await using (var market = await Start(database, nowMs: now - 4_000))
        {
            market.Source.Left!.TradeIds[new Symbol("BTCUSDT")].ShouldBeGreaterThanOrEqualTo(lastTrade);
            var trader = Trader.On(market.Host, await Trader.SignIn(market.Host, user), account);
            var resumed = await trader.Show(early);
            resumed["resumedBy"].ShouldBe("missedTrades");
            await market.Trade(59_400m);
            (await trader.Show(late))["status"].ShouldBe("waiting", "that trade was before its time");
            await market.Pass(5_000, 59_450m);
            (await trader.Until(late, "triggered"))["status"].ShouldBe("triggered");
            (await trader.Show(early))["status"].ShouldBe("waiting");
            await market.Trade(58_900m);
            (await trader.Until(early, "triggered"))["status"].ShouldBe("triggered");
            await market.ShouldBeSound();
        }
    }

    /// <summary>Waits until the server has noted that everything up to this trade was acted on.</summary>
    private static async Task Mark(ScriptedMarket market, long trade)
    {
        for (var wait = 0; wait < 100; wait++)
        {
            await using var command = market.Host.Owner.CreateCommand("SELECT max(trade_id) FROM market_marks");
            if (await command.ExecuteScalarAsync() is long id && id >= trade) return;
            await Task.Delay(50);
        }

        throw new InvalidOperationException("no mark was written");
    }
}
