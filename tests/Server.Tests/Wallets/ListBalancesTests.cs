using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class ListBalancesTests
{
    [Fact]
    public async Task Balances_show_value_by_the_last_trade_and_average_cost_without_fees()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        await market.Book([ScriptedMarket.Level(61_000m, 1m)], [ScriptedMarket.Level(62_010m, 1m)]);
        (await trader.MarketBuy("0.1")).Ok();
        (await trader.MarketSell("0.05")).Ok();
        await market.Trade(61_500m);

        var answer = await Balances();
        for (var wait = 0; wait < 60 && Bitcoin(answer).GetProperty("price").GetString() != "61500"; wait++)
        {
            // Views of the market follow the lane within a pulse.
            await Task.Delay(50);
            answer = await Balances();
        }

        var bitcoin = Bitcoin(answer);
        // Two equal lots, each less the same fee, at 60,010 and 62,010; a sale leaves the average alone.
        bitcoin.GetProperty("averageCost").GetString().ShouldBe("61010");
        bitcoin.GetProperty("total").GetString().ShouldBe("0.1498");
        bitcoin.GetProperty("price").GetString().ShouldBe("61500");
        bitcoin.GetProperty("value").GetString().ShouldBe("9212.7");
        var dollars = decimal.Parse(answer.Items.Single(item => item.GetProperty("asset").GetString() == "USDT").GetProperty("value").GetString()!);
        answer.Number("total").ShouldBe(dollars + 9_212.7m);
        answer["valueAsset"].ShouldBe("USDT");

        async Task<Answer> Balances() => (await trader.Get($"/api/v1/accounts/{trader.Account}/balances")).Ok();
        static System.Text.Json.JsonElement Bitcoin(Answer answer) => answer.Items.Single(item => item.GetProperty("asset").GetString() == "BTC");
    }

    [Fact]
    public async Task The_grant_is_a_setting()
    {
        await using var market = await ScriptedMarket.Start(settings: ["--Wallets:Grant", "123.45"]);
        (await (await Trader.New(market.Host)).Balance("USDT")).ShouldBe((123.45m, 0m));
    }
}
