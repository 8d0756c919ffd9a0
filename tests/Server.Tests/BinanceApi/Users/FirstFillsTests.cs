using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Tests.BinanceApi.Trading;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Users;

public sealed class FirstFillsTests
{
    [Fact]
    public async Task Orders_that_trade_do_not_count_and_those_that_rest_do()
    {
        await using var market = await WireTrader.Market("--BinanceApi:Orders10s", "0");
        var trader = await WireTrader.New(market.Host);
        var limits = market.Host.Services.GetRequiredService<WireLimits>();
        var account = Guid.Parse(trader.Web.Account);
        (await trader.Buy("one", "50000")).Ok();
        (await trader.Buy("two", "51000")).Ok();
        // Takes two levels: two fills, of which the first one counts.
        (await trader.Place("side=BUY&type=MARKET&quantity=3")).Ok()["status"].ShouldBe("FILLED");
        for (var wait = 0; wait < 200 && limits.Placed(account).Day != 2; wait++) await Task.Delay(25);
        limits.Placed(account).Day.ShouldBe(2);
        await Task.Delay(300);
        limits.Placed(account).Day.ShouldBe(2, "the second fill gives nothing back");
    }
}
