using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class DistributionTests
{
    /// <summary>Published tables: Abramowitz and Stegun, table 26.1 (15 digits), 26.5 quantiles, and tails by table 26.2.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.691462461274013)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(1.5, 0.933192798731142)]
    [InlineData(2, 0.977249868051821)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(-2, 0.0227501319481792)]
    [InlineData(-4, 3.16712418331200e-5)]
    [InlineData(-5, 2.86651571879194e-7)]
    [InlineData(-10, 7.61985302416053e-24)]
    public void The_normal_distribution_agrees_with_its_tables(double x, double p) =>
        GoldenRun.ShouldAgree(NormalDistribution.Cdf(x), p, $"cdf({x})", 1e-13);

    [Theory]
    [InlineData(0.95, 1.64485362695147)]
    [InlineData(0.975, 1.95996398454005)]
    [InlineData(0.99, 2.32634787404084)]
    [InlineData(0.999, 3.09023230616781)]
    [InlineData(1e-9, -5.99780701500768)]
    public void Quantiles_agree_with_their_tables(double p, double z) =>
        GoldenRun.ShouldAgree(NormalDistribution.Quantile(p), z, $"quantile({p})", 1e-13);

    [Fact]
    public void A_quantile_undoes_a_probability()
    {
        for (var x = -8.0; x <= 6; x += 0.01)
            NormalDistribution.Quantile(NormalDistribution.Cdf(x)).ShouldBe(x, x > 4 ? 1e-6 : 1e-10);
        NormalDistribution.Quantile(0).ShouldBe(double.NegativeInfinity);
        NormalDistribution.Quantile(1).ShouldBe(double.PositiveInfinity);
        NormalDistribution.Quantile(-0.1).ShouldBe(double.NaN);
        NormalDistribution.Cdf(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void The_tail_meets_the_series_without_a_step()
    {
        for (var x = 3.9; x < 4.1; x += 0.001)
            GoldenRun.ShouldAgree(NormalDistribution.Cdf(-x), Integral(x), $"tail({x})", 1e-9);

        // Simpson over the density, far enough out.
        static double Integral(double from)
        {
            const int Steps = 20_000;
            var width = 10.0 / Steps;
            var sum = 0.0;
            for (var i = 0; i <= Steps; i++)
                sum += NormalDistribution.Density(from + (i * width)) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
            return sum * width / 3;
        }
    }

    /// <summary>Critical values of the usual tables (Fisher and Yates) to their digits.</summary>
    [Theory]
    [InlineData(12.706204736, 1, 0.05)]
    [InlineData(4.302652730, 2, 0.05)]
    [InlineData(2.228138852, 10, 0.05)]
    [InlineData(2.797, 24, 0.01)]
    [InlineData(2.042272456, 30, 0.05)]
    [InlineData(1.979930405, 120, 0.05)]
    public void Students_t_agrees_with_its_tables(double t, int freedom, double p)
    {
        StudentDistribution.TwoSided(t, freedom).ShouldBe(p, t == 2.797 ? 1e-4 : 1e-9);
        StudentDistribution.TwoSided(-t, freedom).ShouldBe(StudentDistribution.TwoSided(t, freedom));
        StudentDistribution.TwoSided(t, 0).ShouldBe(double.NaN);
    }

    [Fact]
    public void Percentiles_lie_on_lines_between_neighbours()
    {
        var distribution = new Distribution([40, 10, double.NaN, 30, 20]);
        distribution.Count.ShouldBe(4);
        distribution.Mean.ShouldBe(25);
        new[] { 0, 0.25, 0.5, 0.9, 1 }.Select(distribution.Percentile).ShouldBe([10, 17.5, 25, 37, 40]);
        (distribution.ShareBelow(20), distribution.ShareBelow(20.5), distribution.ShareBelow(5)).ShouldBe((0.25, 0.5, 0));
        distribution.Middle(0.5).ShouldBe(new Interval(17.5, 32.5));
        distribution.Histogram(3).ShouldBe([1, 1, 2]);
        new Distribution([7, 7]).Histogram(2).ShouldBe([2, 0]);
    }

    [Fact]
    public void Nothing_has_no_percentile()
    {
        var nothing = new Distribution([]);
        (nothing.Mean, nothing.Percentile(0.5), nothing.Middle(0.9), nothing.ShareBelow(1)).ShouldBe((null, null, null, null));
        Should.Throw<ArgumentOutOfRangeException>(() => nothing.Percentile(1.01));
    }
}
