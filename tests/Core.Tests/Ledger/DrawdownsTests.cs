using Lastro.Core.Ledger;

namespace Lastro.Core.Tests.Ledger;

public sealed class DrawdownsTests
{
    [Fact]
    public void Every_point_is_measured_against_the_highest_before_it_and_a_season_begins_anew()
    {
        var drawdowns = new Drawdowns();
        (int Season, decimal Equity)[] points = [(1, 100m), (1, 80m), (1, 120m), (1, 90m), (1, 110m), (2, 50m), (2, 30m), (2, 0m), (3, 0m), (3, 0m)];
        var told = points.Select(point => drawdowns.At(point.Season, point.Equity)).ToList();
        // The plain rule, point by point.
        var plain = points.Select((point, index) =>
        {
            var peak = points.Take(index + 1).Where(one => one.Season == point.Season).Max(one => one.Equity);
            return peak == 0m ? 0m : Math.Round((peak - point.Equity) / peak, 8);
        }).ToList();
        told.ShouldBe(plain);
        drawdowns.Deepest.ShouldBe(1m);
    }
}
