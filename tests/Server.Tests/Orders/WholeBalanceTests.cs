namespace Lastro.Server.Tests.Orders;

public sealed class WholeBalanceTests
{
    [Fact]
    public async Task Of_200_parallel_orders_each_for_the_whole_balance_exactly_one_is_accepted_in_100_rounds()
    {
        await using var market = await ScriptedMarket.Around60000("--Logging:LogLevel:Default", "Error");
        var trader = await Trader.New(market.Host);
        for (var round = 0; round < 100; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Trader.Insist(() => trader.Buy("1", "50000"))));

            var accepted = answers.Where(answer => (int)answer.Status == 201).ToList();
            accepted.Count.ShouldBe(1, $"round {round}");
            answers.Count(answer => answer["code"] == "insufficient_funds").ShouldBe(199, $"round {round}");
            (await trader.Cancel(accepted[0]["id"]!)).Ok();
        }

        (await trader.Balance("USDT")).ShouldBe((50_000m, 0m));
        await market.ShouldBeSound();
    }
}
