using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Wallets;

public sealed class ListAccountsTests
{
    [Fact]
    public async Task A_new_user_has_one_paper_account_of_his_own()
    {
        await using var market = await ScriptedMarket.Start();
        var (first, second) = (await Trader.New(market.Host), await Trader.New(market.Host));

        var account = (await first.Get("/api/v1/accounts")).Ok().Items.Single();
        (account.GetProperty("kind").GetString(), account.GetProperty("exchange").GetString()).ShouldBe(("paper", "paper"));
        first.Account.ShouldNotBe(second.Account);
        (await first.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.ShouldBeSound();
    }
}
