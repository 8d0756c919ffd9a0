using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Candles of rows present, against grouping them, and by hand where weeks and months begin.</summary>
public sealed class CandleAggregatorTests
{
    [Theory]
    [InlineData("1m", "5m")]
    [InlineData("3m", "5m")]
    [InlineData("15m", "4h")]
    [InlineData("1h", "1d")]
    [InlineData("4h", "1w")]
    [InlineData("8h", "1M")]
    [InlineData("1d", "3d")]
    [InlineData("3d", "1M")]
    [InlineData("1w", "1M")]
    public void Candles_are_made_of_the_rows_present(string from, string to)
    {
        var (file, timeframe, random) = (Timeframe.Parse(from), Timeframe.Parse(to), new Random(9));
        foreach (var (name, tape) in Files.All(file).Where(tape => !tape.Name.StartsWith("holes", StringComparison.Ordinal)))
        {
            var expected = RuleTwin.Aggregate([.. Files.Bars(tape)], timeframe);
            expected.Count.ShouldBeGreaterThan(5);
            var all = CandleAggregator.All(timeframe, tape, 700);
            Files.Bars(all).ShouldBe(expected, name);
            foreach (var most in new[] { 1, 40 })
            {
                var (aggregator, offset, made) = (new CandleAggregator(timeframe, most), 0, new List<Bar>());
                foreach (var rows in Files.Cuts(700, most, random))
                {
                    made.AddRange(Files.Bars(aggregator.Candles).Take(aggregator.Add(tape, offset, rows)));
                    offset += rows;
                }

                made.AddRange(Files.Bars(aggregator.Candles).Take(aggregator.Finish()));
                made.ShouldBe(expected, name);
            }
        }
    }

    [Theory]
    [InlineData("1w", "2024-02-28", "2024-03-04", "2024-03-11")]
    [InlineData("1M", "2024-02-28", "2024-03-01", "2024-04-01")]
    [InlineData("1M", "2023-12-31", "2024-01-01", "2024-02-01")]
    [InlineData("3d", "2024-02-28", "2024-02-29", "2024-03-03")]
    public void What_began_before_the_first_row_is_dropped(string timeframe, string first, string firstOpen, string secondOpen)
    {
        var tape = Daily(first, 60);
        var made = CandleAggregator.All(Timeframe.Parse(timeframe), tape, 60);
        made.OpenTimeMs[0].ShouldBe(Ms(firstOpen));
        made.OpenTimeMs[1].ShouldBe(Ms(secondOpen));
    }

    [Fact]
    public void A_file_that_begins_with_a_span_keeps_it()
    {
        var made = CandleAggregator.All(Timeframe.Parse("1w"), Daily("2024-03-04", 7), 7);
        made.OpenTimeMs.ShouldBe([Ms("2024-03-04")]);
    }

    [Fact]
    public void A_candle_ends_with_a_row_behind_it_or_when_the_time_has_passed()
    {
        var (tape, week) = (Daily("2024-03-04", 15), new CandleAggregator(Timeframe.Parse("1w"), 7));
        week.Add(tape, 0, 7).ShouldBe(0);
        week.Add(tape, 7, 1).ShouldBe(1);
        week.Add(tape, 8, 6, untilMs: Ms("2024-03-17")).ShouldBe(0);
        week.Add(tape, 14, 0, untilMs: Ms("2024-03-18")).ShouldBe(1);
        week.Candles.OpenTimeMs[0].ShouldBe(Ms("2024-03-11"));
        week.Candles.Open[0].ShouldBe(tape.Open[7]);
        week.Candles.Close[0].ShouldBe(tape.Close[13]);
        week.Finish().ShouldBe(0);
    }

    [Fact]
    public void One_unknown_volume_makes_the_volume_unknown()
    {
        var tape = Daily("2024-03-04", 14);
        tape.Volume[3] = double.NaN;
        var made = CandleAggregator.All(Timeframe.Parse("1w"), tape, 14);
        double.IsNaN(made.Volume[0]).ShouldBeTrue();
        made.Volume[1].ShouldBe(tape.Volume[7..].Sum());
    }

    private static CandleColumns Daily(string first, int rows) =>
        Files.At([.. Enumerable.Range(0, rows).Select(day => Ms(first) + (day * 86_400_000L))], Tapes.Walk(rows));

    private static long Ms(string date) => DateTimeOffset.Parse($"{date}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
