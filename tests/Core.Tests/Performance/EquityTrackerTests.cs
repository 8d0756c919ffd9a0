using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class EquityTrackerTests
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    [Theory]
    [InlineData("1m")]
    [InlineData("1h")]
    [InlineData("1d")]
    [InlineData("1M")]
    public void Random_runs_agree_with_the_naive_twin_to_the_bit(string code)
    {
        var timeframe = Timeframe.Parse(code);
        for (var seed = 0; seed < 60; seed++)
        {
            var run = RandomRun.Make(seed, timeframe, rows: 1 + (seed * 37 % 700));
            var twin = NaiveEquity.Of(run, 10_000, timeframe);
            var tracker = new EquityTracker(10_000, timeframe);
            for (var i = 0; i < run.TimesMs.Length; i++)
                tracker.Add(run.TimesMs[i], run.Equity(i));
            twin.ShouldEqual(tracker);
        }
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("1h")]
    [InlineData("1M")]
    public void Blocks_of_any_length_give_the_bits_of_single_candles(string code)
    {
        var timeframe = Timeframe.Parse(code);
        var options = new EquityTrackerOptions { Conventions = true, CurvePoints = 40 };
        for (var seed = 0; seed < 60; seed++)
        {
            var run = RandomRun.Make(seed, timeframe, rows: 900);
            var (single, blocks) = (new EquityTracker(10_000, timeframe, options), new EquityTracker(10_000, timeframe, options));
            for (var i = 0; i < run.TimesMs.Length; i++)
                single.Add(run.TimesMs[i], run.Equity(i));
            run.Feed(blocks, new Random(seed));

            NaiveEquity.Of(run, 10_000, timeframe).ShouldEqual(blocks);
            blocks.Drawdowns.ShouldBe(single.Drawdowns);
            blocks.Levels.ShouldBe(single.Levels);
            blocks.Grid.ShouldBe(single.Grid);
            blocks.Curve!.Points().ShouldBe(single.Curve!.Points());
        }
    }

    [Fact]
    public void Days_follow_the_open_time_and_empty_ones_carry_on()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1h"));
        tracker.Add([23 * HourMs, DayMs, (3 * DayMs) - HourMs, 5 * DayMs], [110.0, 120, 130, 90]);
        tracker.Daily.ShouldBe([100, 110, 120, 130, 130, 130, 90]);
        tracker.FirstDay.ShouldBe(0);
        (tracker.Final, tracker.Candles, tracker.LastCloseMs).ShouldBe((90, 4, (5 * DayMs) + HourMs));
    }

    [Fact]
    public void A_fall_runs_from_the_last_close_at_its_peak_to_the_close_that_recovers()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1h"));
        // Flat at the peak for two candles, under water for three, back at exactly the peak, then below to the end.
        tracker.Add([0, HourMs, 2 * HourMs, 3 * HourMs, 4 * HourMs, 5 * HourMs, 6 * HourMs], [100.0, 100, 80, 60, 90, 100, 99]);
        tracker.MaxDrawdown.ShouldBe(0.4);
        tracker.MaxDrawdownMs.ShouldBe(4 * HourMs);
        tracker.DeepestDrawdown.ShouldBe(new DrawdownSpan(HourMs, 3 * HourMs, 5 * HourMs));
    }

    [Fact]
    public void A_block_with_nothing_held_stays_at_its_peak_to_its_end()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1h"));
        tracker.Add([0, HourMs, 2 * HourMs], 100, 0, [7.0, 8, 9]);
        tracker.Add([3 * HourMs, 4 * HourMs], 0, 10, [9.0, 8]);
        tracker.MaxDrawdownMs.ShouldBe(2 * HourMs);
        tracker.DeepestDrawdown.ShouldBe(new DrawdownSpan(2 * HourMs, 4 * HourMs, null));
        // Nothing held below the peak: the fall goes on, its trough is the first candle there.
        tracker.Add([5 * HourMs, 6 * HourMs], 75, 0, [1.0, 1]);
        tracker.MaxDrawdownMs.ShouldBe(4 * HourMs);
        tracker.DeepestDrawdown.ShouldBe(new DrawdownSpan(2 * HourMs, 5 * HourMs, null));
    }

    [Fact]
    public void The_start_is_the_first_peak_and_counts_at_the_first_open()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1h"));
        tracker.Add([0, HourMs], [90.0, 95]);
        tracker.MaxDrawdown.ShouldBe(1 - (90.0 / 100));
        tracker.MaxDrawdownMs.ShouldBe(2 * HourMs);
        tracker.DeepestDrawdown.ShouldBe(new DrawdownSpan(0, 0, null));
    }

    [Fact]
    public void Months_of_unequal_length_count_from_end_to_end()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1M"));
        // Fallen in February of a leap year (recovered after 60 days) and in March of the next: 59 days from open to open, 61 from end to end.
        for (var month = 0; month < 16; month++)
            tracker.Add(new DateTimeOffset(2024 + (month / 12), (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), month is 1 or 14 ? 90 : 100);
        tracker.MaxDrawdownMs.ShouldBe(61 * DayMs);
    }

    [Fact]
    public void A_last_candle_alone_under_water_is_no_fall_of_its_own_for_other_tools()
    {
        var tracker = new EquityTracker(100, Timeframe.Parse("1h"), new() { Conventions = true });
        tracker.Add([0, HourMs, 2 * HourMs, 3 * HourMs], [100.0, 80, 100, 50]);
        var table = Conventions.BacktestingPy(tracker, []);
        GoldenRun.ShouldAgree(table["averageDrawdownPercent"], -20, "average");
        GoldenRun.ShouldAgree(table["maxDrawdownDurationDays"], 2 / 24.0, "duration");
        GoldenRun.ShouldAgree(table["maxDrawdownPercent"], -50, "deepest");
    }

    [Fact]
    public void A_curve_for_a_chart_keeps_its_extremes_and_its_size()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var run = RandomRun.Make(seed, Timeframe.Parse("1h"), rows: 1 + (seed * 211));
            var tracker = new EquityTracker(10_000, Timeframe.Parse("1h"), new() { CurvePoints = 50 });
            run.Feed(tracker, new Random(seed));
            var points = tracker.Curve!.Points();
            var equity = Enumerable.Range(0, run.TimesMs.Length).Select(run.Equity).ToArray();

            points.Count.ShouldBeLessThanOrEqualTo(50);
            if (equity.Length > 50) points.Count.ShouldBeGreaterThan(12);
            points.Max(point => point.Equity).ShouldBe(equity.Max());
            points.Min(point => point.Equity).ShouldBe(equity.Min());
            points.First(point => point.Equity == equity.Min()).TimeMs.ShouldBe(run.TimesMs[Array.IndexOf(equity, equity.Min())]);
            points[0].ShouldBe(new EquityPoint(run.TimesMs[0], equity[0]));
            points[^1].ShouldBe(new EquityPoint(run.TimesMs[^1], equity[^1]));
            points.Select(point => point.TimeMs).ShouldBe(points.Select(point => point.TimeMs).Distinct().Order());
            points.ShouldAllBe(point => point.Equity == equity[Array.IndexOf(run.TimesMs, point.TimeMs)]);
        }
    }

    [Fact]
    public void Times_outside_the_calendar_and_uneven_columns_are_refused()
    {
        var tracker = new EquityTracker(100, Timeframe.Minute);
        Should.Throw<ArgumentOutOfRangeException>(() => tracker.Add(-1, 100));
        Should.Throw<ArgumentOutOfRangeException>(() => tracker.Add(long.MaxValue, 100));
        Should.Throw<ArgumentException>(() => tracker.Add([0, 60_000], [100.0]));
        Should.Throw<ArgumentOutOfRangeException>(() => new EquityTracker(0, Timeframe.Minute));
    }
}
