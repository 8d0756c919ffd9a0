using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class WalkForwardTests
{
    [Fact]
    public void Rolling_windows_of_a_hundred_rows()
    {
        // (100 - 2) / (4 + 3) = 14 a test; the training takes the rest: 100 - 2 - 56 = 42.
        WalkForward.Split(100, new() { Windows = 4, Gap = 2 }).ShouldBe(
            [new(0, 42, 44, 58), new(14, 56, 58, 72), new(28, 70, 72, 86), new(42, 84, 86, 100)]);
        WalkForward.Split(100, new() { Windows = 4, Gap = 2, Anchored = true }).ShouldBe(
            [new(0, 42, 44, 58), new(0, 56, 58, 72), new(0, 70, 72, 86), new(0, 84, 86, 100)]);
    }

    [Fact]
    public void Every_split_tiles_the_end_and_never_looks_ahead()
    {
        var random = new Random(1);
        for (var run = 0; run < 2_000; run++)
        {
            var options = new WalkForwardOptions
            {
                Windows = random.Next(1, 20),
                TrainingParts = random.Next(1, 6),
                Gap = random.Next(3) * random.Next(10),
                Anchored = random.Next(2) == 0,
            };
            var rows = random.Next(0, 1_000);
            var windows = WalkForward.Split(rows, options);
            if (windows.Count == 0)
            {
                (rows - options.Gap).ShouldBeLessThan(options.Windows + options.TrainingParts);
                continue;
            }

            windows.Count.ShouldBe(options.Windows);
            windows[^1].TestTo.ShouldBe(rows);
            for (var i = 0; i < windows.Count; i++)
            {
                var window = windows[i];
                window.TestFrom.ShouldBe(window.TrainTo + options.Gap);
                (window.TestTo - window.TestFrom).ShouldBe(windows[0].TestTo - windows[0].TestFrom);
                (window.TrainTo - window.TrainFrom).ShouldBeGreaterThanOrEqualTo(options.TrainingParts * (window.TestTo - window.TestFrom));
                window.TrainFrom.ShouldBe(options.Anchored ? 0 : window.TrainTo - windows[0].TrainTo);
                if (i > 0) window.TestFrom.ShouldBe(windows[i - 1].TestTo);
            }
        }
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WalkForward.Split(10, new() { Windows = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => WalkForward.Split(10, new() { Windows = 101 }));
        Should.Throw<ArgumentOutOfRangeException>(() => WalkForward.Split(10, new() { Gap = -1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => WalkForward.Split(-1, new()));
        WalkForward.Split(0, new()).ShouldBeEmpty();
    }

    [Fact]
    public void Efficiency_is_what_the_tests_kept_of_the_promise()
    {
        WalkForwardResult Window(double? promised, double? kept) => new(
            default, Metrics.Of([]) with { Cagr = promised }, Metrics.Of([]) with { Cagr = kept, Return = kept });
        WalkForward.Efficiency([Window(0.4, 0.3), Window(0.6, 0.2)]).ShouldBe(0.5);
        WalkForward.Efficiency([Window(-0.4, 0.3)]).ShouldBeNull();
        WalkForward.Efficiency([Window(0.4, null)]).ShouldBeNull();
        WalkForward.Efficiency([]).ShouldBeNull();
        WalkForward.Consistency([Window(1, 0.3), Window(1, -0.1), Window(1, 0), Window(1, 0.1)]).ShouldBe(0.5);
        WalkForward.Consistency([]).ShouldBeNull();
    }
}
