using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class MetricsTests
{
    private const string Fixtures = "fixtures/backtest";
    private const long DayMs = 86_400_000;

    public static TheoryData<string> Cases => new(
        from pair in new[] { "BTCUSDT", "PEPEUSDT" }
        from document in new[] { "bands", "rsi", "sma" }
        from costs in new[] { "100-0", "75-50" }
        select $"{pair}/{document}-{costs}");

    /// <summary>The runs of the backtest fixtures, made again from their trades and the candles: every figure they hold.</summary>
    [SharedTheory(Fixtures)]
    [MemberData(nameof(Cases))]
    public void The_figures_of_recorded_runs_agree(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Path($"{Fixtures}/{name}.trades.json")));
        var wanted = file.RootElement.GetProperty("metrics").EnumerateObject().ToList();
        var metrics = FixtureRun.Of(file.RootElement, name.Split('/')[0]);
        wanted.Count.ShouldBe(15);
        foreach (var figure in wanted)
            GoldenRun.ShouldAgree(metrics[figure.Name], figure.Value.GetDouble(), $"{name} {figure.Name}");
    }

    [Fact]
    public void A_week_worked_out_by_hand()
    {
        // 10,000 -> 10,100 -> 10,000 -> 10,250 -> 10,250 -> 10,090 -> 10,400, one candle a day; entries at 100, exits elsewhere.
        var equity = new EquityTracker(10_000, Timeframe.Parse("1d"));
        double[] levels = [10_100, 10_000, 10_250, 10_250, 10_090, 10_400];
        for (var i = 0; i < levels.Length; i++)
            equity.Add(i * DayMs, levels[i]);
        ClosedTrade[] trades = [.. new[] { 100.0, -100, 250, -160, 310 }.Select((pnl, i) => new ClosedTrade
        {
            EntryTimeMs = i * DayMs,
            ExitTimeMs = (i + 1) * DayMs,
            Pnl = pnl,
            PnlPercent = pnl / 1_000,
            Fees = 2,
        })];
        var metrics = Metrics.Of(equity, trades, new RunFacts(50, 60, 3));

        GoldenRun.ShouldAgree(metrics.Return, 0.04, "return");
        GoldenRun.ShouldAgree(metrics.Cagr, Math.Pow(1.04, 365 / 6.0) - 1, "cagr");
        GoldenRun.ShouldAgree(metrics.MaxDrawdown, 160 / 10_250.0, "maxDrawdown");
        metrics.MaxDrawdownDays.ShouldBe(2);
        GoldenRun.ShouldAgree(metrics.ProfitFactor, 660 / 260.0, "profitFactor");
        metrics.WinRate.ShouldBe(0.6);
        metrics.Expectancy.ShouldBe(80);
        // Squares of 20, -180, 170, -240, 230: 172,200; a quarter is 43,050.
        GoldenRun.ShouldAgree(metrics.Sqn, Math.Sqrt(5) * 80 / Math.Sqrt(43_050), "sqn");
        metrics.Exposure.ShouldBe(0.5);
        GoldenRun.ShouldAgree(metrics.BuyAndHold, 0.2, "buyAndHold");
        (metrics.BestTrade, metrics.WorstTrade, metrics.Trades, metrics.Fees).ShouldBe((0.31, -0.16, 5, 10));
        GoldenRun.ShouldAgree(metrics.AverageTrade, 0.08, "averageTrade");
        // The hand-made file of the fixtures has the same six returns; Nautilus' formulas are ours with 365 days.
        GoldenRun.ShouldAgree(metrics.Sharpe, 6.861672949923635, "sharpe");
        GoldenRun.ShouldAgree(metrics.Sortino, 16.967418236690172, "sortino");
    }

    [Fact]
    public void A_trade_that_gives_nothing_is_not_won()
    {
        var metrics = Metrics.Of(MonteCarloTests.Trades(0, 5, -5, 0));
        (metrics.WinRate, metrics.ProfitFactor, metrics.Expectancy).ShouldBe((0.25, 1, 0));
    }

    [Fact]
    public void What_cannot_be_computed_is_null()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        equity.Add(0, 100);
        equity.Add(DayMs, 100);
        var metrics = Metrics.Of(equity, [], new RunFacts(10, 10, 0));
        string[] known = ["return", "cagr", "volatility", "maxDrawdown", "maxDrawdownDays", "exposure", "buyAndHold", "trades", "fees"];
        Metrics.Names.Where(name => metrics[name] is not null).ShouldBe(known, ignoreOrder: true);
        known.ShouldAllBe(name => metrics[name] == 0);
    }

    [Fact]
    public void A_lost_account_and_a_single_day_have_figures_without_surprise()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        equity.Add(0, 0);
        var metrics = Metrics.Of(equity, [], new RunFacts(10, 5, 1));
        (metrics.Return, metrics.Cagr, metrics.MaxDrawdown, metrics.Sharpe).ShouldBe((-1, -1, 1, null));
    }

    [Fact]
    public void Names_are_those_of_the_report_and_no_others()
    {
        Metrics.Names.ShouldBe(
            "return cagr sharpe volatility sortino maxDrawdown calmar maxDrawdownDays profitFactor winRate expectancy sqn exposure buyAndHold bestTrade worstTrade averageTrade trades fees".Split(' '));
        Should.Throw<ArgumentOutOfRangeException>(() => Metrics.Of([])["pnl"]);
        Metrics.HigherIsBetter("sharpe").ShouldBeTrue();
        Metrics.HigherIsBetter("maxDrawdown").ShouldBeFalse();
    }
}
