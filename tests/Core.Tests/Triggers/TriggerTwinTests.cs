using Xunit.Abstractions;

namespace Lastro.Core.Tests.Triggers;

public sealed class TriggerTwinTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(4711, 2, 40, 150, 500_000)]
    [InlineData(4712, 0, 12, 150, 500_000)]
    [InlineData(4713, 8, 80, 150, 400_000)]
    [InlineData(4714, 5, 150, 300, 300_000)]
    [InlineData(4715, 14, 3_000, 900, 60_000)]
    public void It_behaves_as_a_list_that_computes_everything_anew(int seed, int decimals, int most, int spread, int operations)
    {
        var run = new TriggerRun(seed, decimals, most, spread);

        run.Operate(operations);

        output.WriteLine($"seed {seed}: {run.MostAtOnce} orders at once; {string.Join(", ", run.Seen.OrderBy(seen => seen.Key).Select(seen => $"{seen.Key} {seen.Value}"))}");
        run.MostAtOnce.ShouldBeGreaterThan(most / 2);
        run.Seen.Where(seen => seen.Value < 3).ShouldBeEmpty();
    }
}
