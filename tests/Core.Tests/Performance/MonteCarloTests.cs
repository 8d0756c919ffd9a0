using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class MonteCarloTests
{
    [Fact]
    public void Three_trades_have_six_orders_with_known_drawdowns()
    {
        // Factors 2, 0.5 and 0.8 of 100: every order ends at 80.
        var trades = Trades(100, -100, -20);
        var result = MonteCarlo.Run(100, trades, new() { Runs = 6_000, Seed = 3 });
        result.Final.ShouldBe(80);
        result.Drawdown.ShouldBe(0.6, 1e-12);
        result.Finals.Percentile(0)!.Value.ShouldBe(80, 1e-9);
        result.Finals.Percentile(1)!.Value.ShouldBe(80, 1e-9);
        result.LossShare.ShouldBe(1);

        // By hand: 2 .5 .8 -> 60 %; 2 .8 .5 -> 60 %; .5 2 .8 -> 50 %; .5 .8 2 -> 60 %; .8 2 .5 -> 50 %; .8 .5 2 -> 60 %.
        result.Drawdowns.Percentile(0)!.Value.ShouldBe(0.5, 1e-12);
        result.Drawdowns.Percentile(1)!.Value.ShouldBe(0.6, 1e-12);
        result.Drawdowns.ShareBelow(0.55)!.Value.ShouldBe(2 / 6.0, 0.02);
    }

    [Fact]
    public void Drawing_with_replacement_changes_the_end_too()
    {
        // Two trades of factors 2 and 0.5: ends 400, 100, 100, 25 with a quarter each.
        var result = MonteCarlo.Run(100, Trades(100, -100), new() { Method = MonteCarloMethod.Resample, Runs = 8_000, Seed = 9 });
        result.Finals.ShareBelow(99)!.Value.ShouldBe(0.25, 0.02);
        result.Finals.ShareBelow(101)!.Value.ShouldBe(0.75, 0.02);
        result.Finals.Percentile(0).ShouldBe(25);
        result.Finals.Percentile(1).ShouldBe(400);
        result.LossShare!.Value.ShouldBe(0.25, 0.02);
        result.RuinShare!.Value.ShouldBe(0.75, 0.02);
        result.DeeperShare!.Value.ShouldBe(0.25, 0.02);
    }

    [Theory]
    [InlineData(MonteCarloMethod.Shuffle)]
    [InlineData(MonteCarloMethod.Resample)]
    public void The_same_seed_gives_the_same_bits(MonteCarloMethod method)
    {
        var trades = Trades([.. Enumerable.Range(0, 60).Select(i => ((i * 37) % 23) - 10.0)]);
        MonteCarlo Run(long seed) => MonteCarlo.Run(1_000, trades, new() { Method = method, Runs = 200, Seed = seed });
        var (one, same, other) = (Run(4), Run(4), Run(5));
        double[] shares = [0, 0.05, 0.5, 0.95, 1];
        shares.Select(one.Drawdowns.Percentile).ShouldBe(shares.Select(same.Drawdowns.Percentile));
        shares.Select(one.Drawdowns.Percentile).ShouldNotBe(shares.Select(other.Drawdowns.Percentile));
    }

    [Fact]
    public void A_factor_is_of_the_balance_before_whatever_the_sizing_was()
    {
        MonteCarlo.Factors(100, Trades(10, -11, 1)).ShouldBe([1.1, 99 / 110.0, 100 / 99.0]);
        // Nothing is left, so nothing comes back.
        MonteCarlo.Factors(100, Trades(-100, 50)).ShouldBe([0, 0]);
        MonteCarlo.Run(100, Trades(-100, 50), new() { Runs = 5 }).Drawdown.ShouldBe(1);
    }

    [Fact]
    public void Without_trades_nothing_is_claimed()
    {
        var result = MonteCarlo.Run(100, [], new() { Runs = 3, Method = MonteCarloMethod.Resample });
        (result.LossShare, result.RuinShare, result.DeeperShare, result.Final).ShouldBe((null, null, null, 100));
        Should.Throw<ArgumentOutOfRangeException>(() => MonteCarlo.Run(100, [], new() { Runs = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => MonteCarlo.Run(100, [], new() { Runs = MonteCarloOptions.MostRuns + 1 }));
    }

    [Fact]
    public void Bootstrap_of_independent_days_finds_the_known_error_of_a_mean()
    {
        // For independent days the ratio's error is near sqrt((1 + SR^2/2)/n), Lo 2002; the interval is twice 1.96 of them.
        var random = new SeededRandom(2);
        var days = Enumerable.Range(0, 2_000)
            .Select(_ => 0.001 + (0.02 * NormalDistribution.Quantile((random.Below(1 << 30) + 0.5) / (1 << 30)))).ToArray();
        var result = Bootstrap.Run(days, new() { Runs = 2_000, BlockDays = 1, Seed = 8 });
        var moments = ReturnMoments.Of(days);
        var error = Math.Sqrt((1 + (moments.Sharpe * moments.Sharpe / 2)) / 2_000) * Math.Sqrt(365);
        var interval = result.SharpeInterval!.Value;
        (interval.High - interval.Low).ShouldBe(2 * 1.96 * error, 0.1 * 2 * 1.96 * error);
        (moments.Sharpe * Math.Sqrt(365)).ShouldBeInRange(interval.Low, interval.High);
        result.CagrInterval!.Value.Low.ShouldBeLessThan(result.Cagr.Percentile(0.5)!.Value);
    }

    [Fact]
    public void Blocks_keep_runs_of_days_together()
    {
        // Ten good days follow ten bad ones: single days lose that, blocks keep it, so the mean is less sure.
        var days = Enumerable.Range(0, 1_000).Select(i => i / 10 % 2 == 0 ? 0.01 : -0.009).ToArray();
        double Width(int block)
        {
            var interval = Bootstrap.Run(days, new() { Runs = 1_000, BlockDays = block, Seed = 1 }).SharpeInterval!.Value;
            return interval.High - interval.Low;
        }

        Width(10).ShouldBeGreaterThan(1.3 * Width(1));
        Bootstrap.Run(days, new() { Runs = 1 }).BlockDays.ShouldBe(10);
        Bootstrap.Run(days.AsSpan(0, 28), new() { Runs = 1 }).BlockDays.ShouldBe(4);
    }

    [Fact]
    public void Blocks_take_the_day_that_follows()
    {
        // Good and bad days in turn: what follows in a block undoes what was before, so the mean is surer than with single days.
        var days = Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? 0.01 : -0.009).ToArray();
        double Width(int block)
        {
            var interval = Bootstrap.Run(days, new() { Runs = 500, BlockDays = block, Seed = 1 }).SharpeInterval!.Value;
            return interval.High - interval.Low;
        }

        Width(50).ShouldBeLessThan(0.5 * Width(1));
    }

    [Fact]
    public void Bootstrap_of_a_run_takes_its_daily_returns()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        for (var i = 0; i < 50; i++)
            equity.Add(i * 86_400_000L, 100 + (i % 7));
        var result = Bootstrap.Run(equity, new() { Runs = 50 });
        result.Days.ShouldBe(50);
        result.Sharpe.Count.ShouldBe(50);
        var nothing = Bootstrap.Run([], new() { Runs = 5 });
        (nothing.SharpeInterval, nothing.CagrInterval).ShouldBe((null, null));
    }

    internal static ClosedTrade[] Trades(params double[] profits) =>
    [
        .. profits.Select((pnl, i) => new ClosedTrade
        {
            EntryTimeMs = i * 7_200_000L,
            ExitTimeMs = (i * 7_200_000L) + 3_600_000,
            Pnl = pnl,
            PnlPercent = pnl / 100,
        }),
    ];
}
