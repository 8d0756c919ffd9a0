using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

public sealed class WeightBudgetTests
{
    private readonly StillClock _clock = new();

    [Fact]
    public async Task A_spent_minute_refuses_until_the_next_one()
    {
        var budget = new WeightBudget(100, _clock);
        (await Spend(budget, 60)).ShouldBeTrue();
        (await Spend(budget, 40)).ShouldBeTrue();
        (await Spend(budget, 1)).ShouldBeFalse();
        _clock.Move(31);
        (await Spend(budget, 1)).ShouldBeTrue();
        budget.Used.ShouldBe(1);
    }

    [Fact]
    public async Task The_exchanges_own_count_overrules_ours()
    {
        var budget = new WeightBudget(6000, _clock);
        (await Spend(budget, 50)).ShouldBeTrue();
        budget.Counted(5980);
        (await Spend(budget, 25)).ShouldBeFalse();
        budget.Counted(10);
        budget.Used.ShouldBe(5980, "a late answer does not lower the count");
    }

    [Fact]
    public async Task A_ban_outlasts_the_minute_and_is_never_shortened()
    {
        var budget = new WeightBudget(6000, _clock);
        budget.Refused(TimeSpan.FromSeconds(120));
        budget.Refused(TimeSpan.FromSeconds(5));
        _clock.Move(119);
        (await Spend(budget, 1)).ShouldBeFalse();
        _clock.Move(2);
        (await Spend(budget, 1)).ShouldBeTrue();
    }

    [Fact]
    public async Task Waiting_ends_with_its_token()
    {
        var budget = new WeightBudget(10, TimeProvider.System);
        budget.Refused(TimeSpan.FromMinutes(3));
        using var soon = new CancellationTokenSource(20);
        await Should.ThrowAsync<OperationCanceledException>(() => budget.Spend(1, TimeSpan.FromMinutes(5), soon.Token).AsTask());
    }

    private static ValueTask<bool> Spend(WeightBudget budget, int weight) => budget.Spend(weight, TimeSpan.Zero, CancellationToken.None);
}
