using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class BreakdownTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Trades_fall_into_their_reasons_and_pairs()
    {
        ClosedTrade[] trades =
        [
            Trade("BTCUSDT", "stop", -10, 1), Trade("ETHUSDT", "signal", 30, 2), Trade("BTCUSDT", "signal", 6, 4), Trade("BTCUSDT", null, 1, 3),
        ];
        var reasons = Breakdown.ByReason(trades);
        reasons.Select(row => (row.Key, row.Pnl, row.MeanHours, row.Figures.Trades)).ShouldBe(
            [("", 1, 3, 1), ("signal", 36, 3, 2), ("stop", -10, 1, 1)]);
        reasons[1].Figures.ShouldBe(Metrics.Of([trades[1], trades[2]]));
        Breakdown.BySymbol(trades).Select(row => (row.Key, row.Pnl, row.Figures.WinRate)).ShouldBe(
            [("BTCUSDT", -3, 2 / 3.0), ("ETHUSDT", 30, 1)]);
        Breakdown.ByReason([]).ShouldBeEmpty();
    }

    [Fact]
    public void Months_multiply_to_the_whole_run()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        void Add(int year, int month, int day, double level) =>
            equity.Add(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), level);
        // A month without any candle, the end of a year, a leap day.
        Add(2023, 10, 30, 110);
        Add(2023, 10, 31, 120);
        Add(2023, 12, 5, 90);
        Add(2023, 12, 31, 96);
        Add(2024, 2, 29, 48);
        Add(2024, 3, 1, 60);
        var months = Breakdown.Months(equity);
        months.Select(month => (month.Year, month.Month)).ShouldBe([(2023, 10), (2023, 11), (2023, 12), (2024, 1), (2024, 2), (2024, 3)]);
        months.Select(month => month.Return).ShouldBe([0.2, 0, -0.2, 0, -0.5, 0.25], 1e-12);
        Breakdown.Years(months).Select(year => year.Year).ShouldBe([2023, 2024]);
        Breakdown.Years(months).Select(year => year.Return).ShouldBe([-0.04, -0.375], 1e-12);
        Breakdown.Months(new EquityTracker(1, Timeframe.Minute)).ShouldBeEmpty();
    }

    private static ClosedTrade Trade(string symbol, string? reason, double pnl, int hours) => new()
    {
        EntryTimeMs = 0,
        ExitTimeMs = hours * HourMs,
        Pnl = pnl,
        PnlPercent = pnl / 100,
        Symbol = symbol,
        Reason = reason,
    };
}
