using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class ReportWarningsTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void A_sound_run_is_not_warned_of() => Warnings(new()).ShouldBeEmpty();

    [Theory]
    [InlineData("tooFewTrades", 29)]
    [InlineData(null, 30)]
    public void Fewer_than_thirty_trades_say_little(string? code, int trades) =>
        Codes(Warnings(new(), trades: Even(trades))).Where(found => found != "flatStretch").ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void Parameters_chosen_on_the_whole_history_are_in_sample_only()
    {
        Codes(Warnings(new() { Chosen = true })).ShouldBe(["inSampleOnly"]);
        Warnings(new() { Chosen = true, OutOfSample = true }).ShouldBeEmpty();
    }

    [Fact]
    public void One_trade_that_makes_half_of_the_gain_is_named()
    {
        var trades = Even(40);
        trades[7] = trades[7] with { Pnl = 39 };
        var warning = Warnings(new(), trades: trades).ShouldHaveSingleItem();
        warning.Code.ShouldBe("oneTradeMakesIt");
        warning.Arguments.ShouldBe(new Dictionary<string, double> { ["trade"] = 7, ["pnl"] = 39, ["share"] = 0.5 });
        trades[7] = trades[7] with { Pnl = 38 };
        Warnings(new(), trades: trades).ShouldBeEmpty();
    }

    [Fact]
    public void Many_trials_have_to_survive_deflation()
    {
        // Good days and bad ones in turn, a little more good: sure after one trial, not after a thousand.
        var equity = Alternating(days: 400);
        ReportWarnings.Of(Sound(), equity, Even(40), new() { Trials = 1 }).ShouldBeEmpty();
        var warning = ReportWarnings.Of(Sound(), equity, Even(40), new() { Trials = 1_000 }).ShouldHaveSingleItem();
        warning.Code.ShouldBe("manyTrials");
        warning.Arguments["trials"].ShouldBe(1_000);
        warning.Arguments["deflatedSharpe"].ShouldBe(SharpeConfidence.Deflated(ReturnMoments.OfDays(equity), 1_000)!.Value);
    }

    [Fact]
    public void Time_without_trades_is_a_flat_stretch()
    {
        var trades = Even(40);
        // Trades 10 to 21 gone: 13 spans of 10 days less the trade itself, of 400 days.
        var holed = trades.Where((_, i) => i is < 10 or > 21).Concat(Even(10)).ToArray();
        var warning = Warnings(new(), trades: holed).ShouldHaveSingleItem();
        warning.Code.ShouldBe("flatStretch");
        warning.Arguments["days"].ShouldBe(125);
        warning.Arguments["share"].ShouldBe(125.0 / 400);
    }

    [Theory]
    [InlineData("staleFills", 1, 80)]
    [InlineData(null, 0, 80)]
    [InlineData(null, 1, 1_000)]
    public void Fills_where_nobody_traded_are_counted(string? code, int stale, int fills) =>
        Codes(Warnings(new() { StaleFills = stale, Fills = fills })).ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void Falls_are_held_against_holding()
    {
        Codes(Warnings(new() { HoldDrawdown = 0.05 })).ShouldBe(["drawdownBeyondHold"]);
        Warnings(new() { HoldDrawdown = 0.2 }).ShouldBeEmpty();
        Codes(Warnings(new(), metrics: Sound() with { MaxDrawdown = 0.5 })).ShouldBe(["deepDrawdown"]);
        Codes(Warnings(new(), metrics: Sound() with { BuyAndHold = 0.5 })).ShouldBe(["worseThanHold"]);
    }

    [Fact]
    public void Missing_candles_and_a_gain_still_open_are_named()
    {
        Codes(Warnings(new() { MissingCandles = 4 })).ShouldBe([]);
        Codes(Warnings(new() { MissingCandles = 5 })).ShouldBe(["missingCandles"]);
        var trades = Even(60);
        for (var i = 30; i < 60; i++)
            trades[i] = trades[i] with { Reason = "end" };
        Codes(Warnings(new(), trades: trades)).ShouldBe(["endedOpen"]);
    }

    [Fact]
    public void Every_warning_carries_the_arguments_its_code_promises()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        for (var i = 0; i < 400; i++)
            equity.Add(i * DayMs, i % 2 == 0 ? 101 : 100);
        ClosedTrade[] trades = [Trade(0, 5, "end"), Trade(1, -1, "stop")];
        var warnings = ReportWarnings.Of(
            Sound() with { MaxDrawdown = 0.6, BuyAndHold = 5 }, equity, trades,
            new() { Chosen = true, Trials = 9, StaleFills = 4, Fills = 4, HoldDrawdown = 0.1, MissingCandles = 50 });
        Codes(warnings).ShouldBe(ReportWarnings.Codes.Keys, ignoreOrder: true);
        foreach (var warning in warnings)
        {
            warning.Arguments.Keys.ShouldBe(ReportWarnings.Codes[warning.Code]);
            warning.Arguments.Values.ShouldAllBe(value => double.IsFinite(value));
        }
    }

    [Fact]
    public void A_candle_is_stale_without_volume_or_without_any_move()
    {
        var candle = new Bar { OpenTimeMs = 0, Open = 5, High = 5, Low = 5, Close = 5, Volume = double.NaN };
        StaleCandles.IsStale(candle, 5).ShouldBeTrue();
        StaleCandles.IsStale(candle, 4).ShouldBeFalse();
        StaleCandles.IsStale(candle, double.NaN).ShouldBeFalse();
        StaleCandles.IsStale(candle with { High = 6 }, 5).ShouldBeFalse();
        StaleCandles.IsStale(candle with { Volume = 1 }, 5).ShouldBeFalse();
        StaleCandles.IsStale(candle with { Volume = 0, High = 6 }, 4).ShouldBeTrue();
    }

    private static IReadOnlyList<ReportWarning> Warnings(WarningFacts facts, Metrics? metrics = null, ClosedTrade[]? trades = null) =>
        ReportWarnings.Of(metrics ?? Sound(), Alternating(400), trades ?? Even(40), facts);

    private static string[] Codes(IEnumerable<ReportWarning> warnings) => [.. warnings.Select(warning => warning.Code)];

    private static Metrics Sound() => Metrics.Of([]) with { Return = 0.3, BuyAndHold = 0.1, MaxDrawdown = 0.1 };

    private static EquityTracker Alternating(int days)
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        var level = 100.0;
        for (var i = 0; i < days; i++)
            equity.Add(i * DayMs, level *= i % 2 == 0 ? 1.0115 : 0.991);
        return equity;
    }

    private static ClosedTrade[] Even(int count) => [.. Enumerable.Range(0, count).Select(i => Trade(i, 1, "signal"))];

    private static ClosedTrade Trade(int index, double pnl, string reason) => new()
    {
        EntryTimeMs = index * 10 * DayMs,
        ExitTimeMs = ((index * 10) + 5) * DayMs,
        Pnl = pnl,
        PnlPercent = pnl / 100,
        Reason = reason,
    };
}
