using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class StabilityTests
{
    [Fact]
    public void A_plateau_keeps_and_a_peak_does_not()
    {
        var plateau = Sweep((a, b) => 2 - (0.1 * Math.Max(Math.Abs(a - 20), Math.Abs(b - 200) / 10)));
        var peak = Sweep((a, b) => a == 20 && b == 200 ? 2 : 0.1);
        Around(plateau).KeptNearby!.Value.ShouldBe(0.75, 1e-12);
        Around(plateau).Rings.Select(ring => (ring.Steps, ring.Known)).ShouldBe([(1, 8), (2, 16)]);
        Around(plateau).Rings[1].Mean!.Value.ShouldBe(1, 1e-12);
        Around(peak).KeptNearby!.Value.ShouldBe(0.05, 1e-12);
        Around(peak).Rank.ShouldBe(1);
    }

    [Fact]
    public void Distance_counts_the_sweeps_steps_not_the_values()
    {
        // Steps 5, 10, 20, 100: each neighbour is one step away.
        SweepPoint[] points = [.. new[] { 100.0, 5, 20, 10 }.Select(value => new SweepPoint([value], value))];
        var stability = Stability.Around(points, chosen: 3);
        stability.Rings.Select(ring => (ring.Steps, ring.Known, ring.Mean, ring.Worst)).ShouldBe([(1, 2, 12.5, 5), (2, 1, 100, 100)]);
        stability.Axes.ShouldHaveSingleItem().Values.ShouldBe([5, 10, 20, 100]);
        stability.Axes[0].Figures.ShouldBe([5, 10, 20, 100]);
        stability.Rank!.Value.ShouldBe(1 / 3.0);
    }

    [Fact]
    public void Axes_hold_the_other_parameters_still()
    {
        var stability = Around(Sweep((a, b) => a + (b / 1_000)));
        stability.Axes[0].Figures.ShouldBe([10.2, 15.2, 20.2, 25.2, 30.2]);
        stability.Axes[1].Figures.ShouldBe([20.1, 20.15, 20.2, 20.25, 20.3]);
    }

    [Fact]
    public void Unknown_figures_are_left_out_and_losses_keep_nothing()
    {
        SweepPoint[] points = [new([1], -1), new([2], null), new([3], -3)];
        var stability = Stability.Around(points, chosen: 0);
        stability.Rings.ShouldBe([new(1, 0, null, null, null), new(2, 1, -3, -3, null)]);
        stability.Rank.ShouldBe(1);
        Stability.Around(points, chosen: 1).Rank.ShouldBeNull();
        Stability.Around(points, chosen: 0, higherIsBetter: false).Rank.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Stability.Around(points, chosen: 3));
        Stability.Around([new([1], 5)], 0).KeptNearby.ShouldBeNull();
    }

    private static Stability Around(SweepPoint[] points) =>
        Stability.Around(points, Array.FindIndex(points, point => point.Parameters[0] == 20 && point.Parameters[1] == 200));

    // a = 10, 15 ... 30 and b = 100, 150 ... 300; one step of each weighs the same in the figures above.
    private static SweepPoint[] Sweep(Func<double, double, double> figure) =>
    [
        .. from a in new[] { 10.0, 15, 20, 25, 30 }
           from b in new[] { 100.0, 150, 200, 250, 300 }
           select new SweepPoint([a, b], figure(a, b)),
    ];
}
