using System.Numerics;
using System.Text.Json;
using Dapper;
using Lastro.Server.Tests.Orders;
using static Lastro.Server.Tests.Orders.ScriptedMarket;

namespace Lastro.Server.Tests.Wallets;

public sealed class ShowPortfolioTests
{
    private static readonly BigInteger One = BigInteger.Pow(10, 18);

    [Fact]
    public async Task Realised_unrealised_and_fees_explain_the_change_to_the_last_digit()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        var random = new Random(20_261);
        for (var step = 0; step < 60; step++)
        {
            var price = 55_000m + random.Next(0, 1_000_000) / 100m;
            await market.Book([Level(price - 1.01m, 3m)], [Level(price + 1.03m, 3m)]);
            var quantity = (random.Next(1, 4_000) / 100_000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await (random.Next(5) < 3 ? trader.MarketBuy(quantity) : trader.MarketSell(quantity));
        }

        await market.Trade(61_234.56m);
        await ListSeasonsTests.Priced(trader, "61234.56");
        var portfolio = (await trader.Get($"/api/v1/accounts/{trader.Account}/portfolio")).Ok();
        var twin = Twin(await Fills(trader));
        twin.Sales.ShouldBeGreaterThan(10);
        var bitcoin = portfolio.Items.Single(item => item.GetProperty("asset").GetString() == "BTC");
        Units(bitcoin, "total").ShouldBe(twin.Quantity);
        Units(bitcoin, "cost").ShouldBe(twin.Cost);
        Units(bitcoin, "realised").ShouldBe(twin.Realised);
        Units(bitcoin, "fees").ShouldBe(twin.Fees);
        bitcoin.GetProperty("trades").GetInt32().ShouldBe(twin.Trades);
        decimal.Parse(bitcoin.GetProperty("averageCost").GetString()!).ShouldBe((decimal)(twin.Cost * One / twin.Quantity / 1_000_000) / 1_000_000_000_000m, 0.000_000_000_001m);
        portfolio.Number("change").ShouldBe(portfolio.Number("realised") + portfolio.Number("unrealised") - portfolio.Number("fees"), 0.000_000_01m);
        portfolio.Number("change").ShouldBe(portfolio.Number("value") - 50_000m);
        portfolio["estimated"].ShouldBe("True");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task A_new_season_begins_with_nothing_bought()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        (await ResetAccountTests.Reset(trader, new { confirm = "RESET" }, null)).Ok();
        (await trader.MarketBuy("0.01")).Ok();
        var portfolio = (await trader.Get($"/api/v1/accounts/{trader.Account}/portfolio")).Ok();
        (portfolio["season"], portfolio["trades"], portfolio.Number("fees")).ShouldBe(("2", "1", 0.00001m * 60_010m));
        portfolio.Items.Single(item => item.GetProperty("asset").GetString() == "BTC").GetProperty("averageCost").GetString().ShouldBe("60010");
        await market.ShouldBeSound();
    }

    [Fact]
    public async Task Reais_come_from_the_setting_with_its_date_where_the_market_has_no_pair()
    {
        await using var plain = await Around60000();
        var rates = (await Portfolio(await Trader.New(plain.Host))).Body.GetProperty("rates");
        rates.GetProperty("brlPerUsdt").ValueKind.ShouldBe(JsonValueKind.Null);

        await using var market = await Around60000("--Wallets:BrlPerUsdt", "5.25", "--Wallets:BrlDate", "2026-11-20");
        var portfolio = await Portfolio(await Trader.New(market.Host));
        var worth = portfolio.Body.GetProperty("worth");
        (worth.GetProperty("usdt").GetString(), worth.GetProperty("usd").GetString(), worth.GetProperty("brl").GetString()).ShouldBe(("50000", "50000", "262500"));
        (portfolio.Body.GetProperty("rates").GetProperty("brlSource").GetString(), portfolio.Body.GetProperty("rates").GetProperty("brlDate").GetString()).ShouldBe(("setting", "2026-11-20"));
    }

    [Fact]
    public async Task Another_quote_is_converted_by_its_last_trade_and_what_was_not_bought_has_no_cost()
    {
        await using var market = await Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        await ListSeasonsTests.Priced(trader, "60000");
        // Two fills of a pair this market does not have, as the orders room would write them: 2 ETH at 0.05 BTC, 1 ETH sold at 0.06.
        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("""
            INSERT INTO fills (order_id, number, user_id, account_id, symbol, base, quote, side, price, quantity, quote_quantity, fee, fee_asset, maker, cause, created_at)
            SELECT id, 100 + f.n, user_id, account_id, 'ETHBTC', 'ETH', 'BTC', f.side, f.price, f.quantity, f.price * f.quantity, f.fee, f.asset, false, '{}', now()
            FROM orders, (VALUES (1, 'buy', 0.05, 2, 0.002, 'ETH'), (2, 'sell', 0.06, 1, 0.00006, 'BTC')) AS f (n, side, price, quantity, fee, asset) ORDER BY f.n
            """);
        var portfolio = await Portfolio(trader);
        var ether = portfolio.Items.Single(item => item.GetProperty("asset").GetString() == "ETH");
        (ether.GetProperty("realised").GetString(), ether.GetProperty("fees").GetString(), ether.GetProperty("converted").GetBoolean()).ShouldBe(("600", "9.6", true));
        (ether.GetProperty("total").GetString(), ether.GetProperty("cost").ValueKind, ether.GetProperty("unrealised").ValueKind).ShouldBe(("0", JsonValueKind.Null, JsonValueKind.Null));
        (portfolio["unrealised"], portfolio.Number("realised"), portfolio["trades"]).ShouldBe((null, 600m, "3"));
    }

    /// <summary>Average cost from the list of fills alone, in whole units of 10^-18.</summary>
    private static (BigInteger Quantity, BigInteger Cost, BigInteger Realised, BigInteger Fees, int Trades, int Sales) Twin(IEnumerable<JsonElement> fills)
    {
        BigInteger quantity = 0, cost = 0, realised = 0, fees = 0;
        var (trades, sales) = (0, 0);
        foreach (var fill in fills)
        {
            var (price, amount, fee) = (Units(fill, "price"), Units(fill, "quantity"), Units(fill, "fee"));
            trades++;
            if (fill.GetProperty("side").GetString() == "buy")
            {
                quantity += amount - fee;
                cost += (amount - fee) * price / One;
                fees += fee * price / One;
                continue;
            }

            sales++;
            var leaves = quantity - amount;
            var keeps = (2 * cost * leaves + quantity) / (2 * quantity);
            realised += (amount * price / One) - (cost - keeps);
            (quantity, cost, fees) = (leaves, keeps, fees + fee);
        }

        return (quantity, cost, realised, fees, trades, sales);
    }

    private static async Task<Answer> Portfolio(Trader trader) => (await trader.Get($"/api/v1/accounts/{trader.Account}/portfolio")).Ok();

    private static async Task<List<JsonElement>> Fills(Trader trader)
    {
        var fills = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await trader.Get($"/api/v1/fills?accountId={trader.Account}&limit=100{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Ok();
            fills.AddRange(page.Items);
            cursor = page["nextCursor"];
        }

        fills.Reverse();
        return fills;
    }

    private static BigInteger Units(JsonElement item, string field)
    {
        var text = item.GetProperty(field).GetString()!;
        var point = text.IndexOf('.');
        var digits = point < 0 ? text + new string('0', 18) : text.Remove(point, 1) + new string('0', 18 - (text.Length - point - 1));
        return BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
