using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

public sealed class CandleRollupTests
{
    private const long Minute = 60_000;

    [SharedFact("data/candles/binance_spot_1m")]
    public void One_minute_candles_make_Binances_hours()
    {
        Compare("binance_spot_1m/BTCUSDT_202304_05", "binance_spot_1h/BTCUSDT", "1m", "1h").ShouldBeGreaterThanOrEqualTo(718);
        Compare("binance_spot_1m/BTCUSDT_202407_08", "binance_spot_1h_2024_2026/BTCUSDT_first_year", "1m", "1h").ShouldBeGreaterThanOrEqualTo(718);
        Compare("binance_spot_1m/BTCUSDT_202412", "binance_spot_1h_2024_2026/BTCUSDT_first_year", "1m", "1h").ShouldBeGreaterThanOrEqualTo(694);
    }

    [SharedFact("data/candles/binance_spot_1m")]
    public void One_minute_candles_make_Binances_five_minutes() =>
        Compare("binance_spot_1m/BTCUSDT_202407_08", "binance_spot_5m/BTCUSDT_2024", "1m", "5m").ShouldBeGreaterThanOrEqualTo(8_640);

    [SharedFact("data/candles/binance_spot_1h")]
    public void Hours_make_Binances_days()
    {
        Compare("binance_spot_1h/BTCUSDT", "binance_spot_1d/BTCUSDT", "1h", "1d").ShouldBeGreaterThanOrEqualTo(993);
        Compare("binance_spot_1h_2024_2026/BTCUSDT_first_year", "binance_spot_1d/BTCUSDT", "1h", "1d").ShouldBeGreaterThanOrEqualTo(363);
    }

    [Theory]
    [InlineData("3m")]
    [InlineData("4h")]
    [InlineData("3d")]
    [InlineData("1w")]
    [InlineData("1M")]
    public void Every_span_equals_a_plain_grouping_and_only_whole_ones_are_complete(string code)
    {
        var target = Timeframe.Parse(code);
        var source = code == "3m" ? Timeframe.Minute : Timeframe.Parse("1h");
        var step = source.LengthMs;
        var random = new Random(3);
        var start = DateTimeOffset.Parse("2024-01-30T05:00:00Z").ToUnixTimeMilliseconds();
        var rows = Enumerable.Range(0, 3_000).Where(i => i is < 900 or > 1_100 || random.Next(3) > 0)
            .Select(i => Flat(start + (i * step), random.Next(1, 100))).ToList();

        var expected = rows.GroupBy(row => KeyOf(row.OpenTimeMs, code)).Where(group => group.Key >= start).ToList();
        var actual = CandleRollup.Of(rows, target, source).ToList();

        actual.Count.ShouldBe(expected.Count);
        foreach (var (span, group) in actual.Zip(expected))
        {
            span.Candle.OpenTimeMs.ShouldBe(group.Key);
            span.Candle.Open.ShouldBe(group.First().Open);
            span.Candle.Close.ShouldBe(group.Last().Close);
            span.Candle.High.Value.ShouldBe(group.Max(row => row.High.Value));
            span.Candle.Low.Value.ShouldBe(group.Min(row => row.Low.Value));
            span.Candle.Volume.Value.ShouldBe(group.Sum(row => row.Volume.Value));
            span.Complete.ShouldBe(group.Count() == (target.NextOpen(group.Key) - group.Key) / step);
        }
    }

    [Fact]
    public void A_candle_given_again_replaces_the_last_one_and_ends_its_span_again()
    {
        var ended = new List<EndedCandle>();
        var rollup = new CandleRollup(Timeframe.Parse("3m"));
        for (var i = 0; i < 3; i++)
            rollup.Add(new EndedCandle(Flat(i * Minute, 10m), Complete: true), ended).ShouldBeTrue();
        ended.ShouldHaveSingleItem().Complete.ShouldBeTrue();
        rollup.Current.ShouldBeNull();

        rollup.Add(new EndedCandle(Flat(2 * Minute, 7m), Complete: false), ended).ShouldBeTrue();
        ended.Count.ShouldBe(2);
        ended[1].Complete.ShouldBeFalse();
        ended[1].Candle.Low.Value.ShouldBe(7m);
        ended[1].Candle.Volume.Value.ShouldBe(3m);
        rollup.Add(new EndedCandle(Flat(Minute, 7m), Complete: true), ended).ShouldBeFalse();
    }

    [Fact]
    public void The_running_minute_shows_in_the_running_span()
    {
        var ended = new List<EndedCandle>();
        var rollup = new CandleRollup(Timeframe.Parse("3m"));
        rollup.With(Flat(Minute, 5m)).OpenTimeMs.ShouldBe(0);
        rollup.Add(new EndedCandle(Flat(0, 10m), Complete: true), ended);
        var shown = rollup.With(Flat(Minute, 20m));
        (shown.OpenTimeMs, shown.Open.Value, shown.High.Value, shown.Close.Value, shown.Volume.Value).ShouldBe((0, 10m, 20m, 20m, 2m));
        rollup.With(Flat(4 * Minute, 30m)).OpenTimeMs.ShouldBe(3 * Minute);
    }

    private static int Compare(string from, string with, string source, string target)
    {
        var (shorter, longer) = (Timeframe.Parse(source), Timeframe.Parse(target));
        var theirs = Recorded.Candles($"data/candles/{with}.csv.gz").ToDictionary(candle => candle.OpenTimeMs);
        var compared = 0;
        foreach (var span in CandleRollup.Of(Recorded.Candles($"data/candles/{from}.csv.gz"), longer, shorter))
        {
            if (!span.Complete || !theirs.TryGetValue(span.Candle.OpenTimeMs, out var expected))
                continue;
            Recorded.ShouldEqual(span.Candle, expected);
            compared++;
        }

        return compared;
    }

    private static long KeyOf(long openMs, string code)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(openMs);
        var key = code switch
        {
            "1M" => new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero),
            "1w" => new DateTimeOffset(time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)), TimeSpan.Zero),
            "3d" => DateTimeOffset.UnixEpoch.AddDays((long)(time - DateTimeOffset.UnixEpoch).TotalDays / 3 * 3),
            "4h" => new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour / 4 * 4, 0, 0, TimeSpan.Zero),
            _ => new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, time.Minute / 3 * 3, 0, TimeSpan.Zero),
        };
        return key.ToUnixTimeMilliseconds();
    }

    private static Candle Flat(long openMs, decimal price) => new()
    {
        OpenTimeMs = openMs,
        Open = new Price(price),
        High = new Price(price),
        Low = new Price(price),
        Close = new Price(price),
        Volume = new Quantity(1m),
    };
}
