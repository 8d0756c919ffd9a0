using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Which timeframe a file has.</summary>
public sealed class TimeframesTests
{
    private const long Minute = 60_000;
    private const long Day = 1_440 * Minute;

    [Theory]
    [InlineData(new long[] { }, null)]
    [InlineData(new long[] { 5 }, null)]
    [InlineData(new long[] { 0, 60, 120, 300, 360 }, 60L)]
    [InlineData(new long[] { 0, 60, 180, 240, 360 }, 60L)] // 60 twice, 120 twice: the smaller
    [InlineData(new long[] { 0, 120, 180, 300, 360 }, 60L)]
    [InlineData(new long[] { 0, 1, 11, 21, 22, 32 }, 10L)]
    public void The_most_frequent_step(long[] times, long? step) => Timeframes.MostFrequentStep(times).ShouldBe(step);

    [Fact]
    public void Steps_of_chance_are_counted_as_a_dictionary_counts_them()
    {
        var random = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var times = new List<long> { 0 };
            for (var row = random.Next(30); row > 0; row--)
                times.Add(times[^1] + random.Next(1, 4));
            long? expected = times.Zip(times.Skip(1), (a, b) => b - a).GroupBy(step => step)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key;
            Timeframes.MostFrequentStep([.. times]).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("1m", Minute, false, true)]
    [InlineData("1m", 2 * Minute, true, false)]
    [InlineData("5m", 2 * Minute, false, false)]
    [InlineData("1M", 28 * Day, false, true)]
    [InlineData("1M", 31 * Day, false, true)]
    [InlineData("1M", 32 * Day, true, false)]
    [InlineData("1M", 7 * Day, false, false)]
    [InlineData("1w", 31 * Day, true, false)]
    public void Finer_and_equal(string timeframe, long step, bool isFiner, bool isEqual)
    {
        Timeframes.IsFiner(Timeframe.Parse(timeframe), step).ShouldBe(isFiner);
        Timeframes.IsEqual(Timeframe.Parse(timeframe), step).ShouldBe(isEqual);
    }

    [Fact]
    public void A_file_of_one_row_has_any_timeframe()
    {
        Timeframes.IsFiner(Timeframe.Minute, null).ShouldBeFalse();
        Timeframes.IsEqual(Timeframe.Minute, null).ShouldBeTrue();
    }

    [Fact]
    public void Every_timeframe_is_coarser_than_those_before_it()
    {
        for (var index = 1; index < Timeframe.All.Count; index++)
        {
            Timeframes.IsCoarser(Timeframe.All[index], Timeframe.All[index - 1]).ShouldBeTrue();
            Timeframes.IsCoarser(Timeframe.All[index - 1], Timeframe.All[index]).ShouldBeFalse();
        }
    }
}
