using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class SharpeConfidenceTests
{
    // Monthly ratio 0.458 of two years, from "The Sharpe Ratio Efficient Frontier": 0.982 if returns were normal, 0.913 as they were.
    [Theory]
    [InlineData(0, 3, 0.982)]
    [InlineData(-2.448, 10.164, 0.913)]
    public void The_probabilistic_ratio_agrees_with_the_papers_example(double skewness, double kurtosis, double published) =>
        SharpeConfidence.Probabilistic(new ReturnMoments(24, 0.458, skewness, kurtosis))!.Value.ShouldBe(published, 5e-4);

    // Yearly ratio 2 against 1 at 95 %, from the same paper: years of track record by frequency and shape.
    [Theory]
    [InlineData(250, 0, 3, 2.73)]
    [InlineData(52, 0, 3, 2.83)]
    [InlineData(12, 0, 3, 3.24)]
    [InlineData(12, -0.72, 5.78, 4.99)]
    public void The_shortest_track_record_agrees_with_the_papers_example(int frequency, double skewness, double kurtosis, double years)
    {
        var root = Math.Sqrt(frequency);
        var returns = SharpeConfidence.ShortestTrackRecord(new ReturnMoments(100, 2 / root, skewness, kurtosis), 1 / root);
        (returns!.Value / frequency).ShouldBe(years, 5e-3);
        SharpeConfidence.ShortestTrackRecord(new ReturnMoments(100, 1 / root, skewness, kurtosis), 1 / root).ShouldBeNull();
    }

    // Yearly ratio 2.5, five years of 250 days, variance of trials 1/2 a year, from "The Deflated Sharpe Ratio".
    [Theory]
    [InlineData(100, -3, 10, 0.9004)]
    [InlineData(46, -3, 10, 0.9505)]
    [InlineData(88, 0, 3, 0.9505)]
    public void The_deflated_ratio_agrees_with_the_papers_example(int trials, double skewness, double kurtosis, double published) =>
        SharpeConfidence.Deflated(new ReturnMoments(1250, 2.5 / Math.Sqrt(250), skewness, kurtosis), trials, 0.5 / 250)!.Value
            .ShouldBe(published, 5e-5);

    [Fact]
    public void The_expected_best_of_trials_agrees_with_the_papers_example()
    {
        SharpeConfidence.ExpectedMaximum(100, 0.5 / 250).ShouldBe(0.1132, 5e-5);
        SharpeConfidence.ExpectedMaximum(1, 1).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => SharpeConfidence.ExpectedMaximum(0, 1));
    }

    [Fact]
    public void The_expected_best_of_trials_is_near_what_trials_without_skill_show()
    {
        var random = new SeededRandom(5);
        var best = 0.0;
        for (var run = 0; run < 4_000; run++)
        {
            var most = double.NegativeInfinity;
            for (var trial = 0; trial < 50; trial++)
                most = Math.Max(most, NormalDistribution.Quantile((random.Below(1 << 30) + 0.5) / (1 << 30)));
            best += most / 4_000;
        }

        SharpeConfidence.ExpectedMaximum(50, 1).ShouldBe(best, 0.05);
    }

    [Fact]
    public void The_variance_of_trials_is_that_of_their_daily_ratios()
    {
        // Yearly 1, 2 and 3: variance 1, that of daily ratios a 365th.
        GoldenRun.ShouldAgree(SharpeConfidence.VarianceOfTrials([1, null, 2, 3]), 1 / 365.0, "variance");
        SharpeConfidence.VarianceOfTrials([1, null]).ShouldBeNull();
    }

    [Fact]
    public void One_trial_deflates_nothing_and_more_deflate_more()
    {
        var moments = new ReturnMoments(500, 0.08, -0.5, 6);
        var steps = new[] { 1, 2, 10, 100, 10_000 }.Select(trials => SharpeConfidence.Deflated(moments, trials)!.Value).ToArray();
        steps[0].ShouldBe(SharpeConfidence.Probabilistic(moments)!.Value);
        steps.ShouldBe(steps.OrderDescending());
        steps.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Moments_are_those_of_the_definition()
    {
        // 1, 2, 3, 4, 10: mean 4, squares 50, cubes 180, fourths 1,394.
        var moments = ReturnMoments.Of([1, 2, 3, 4, 10]);
        GoldenRun.ShouldAgree(moments.Sharpe, 4 / Math.Sqrt(12.5), "sharpe");
        GoldenRun.ShouldAgree(moments.Skewness, 36 / Math.Pow(10, 1.5), "skewness");
        GoldenRun.ShouldAgree(moments.Kurtosis, 278.8 / 100, "kurtosis");
        SharpeConfidence.Probabilistic(ReturnMoments.Of([])).ShouldBeNull();
        SharpeConfidence.Probabilistic(ReturnMoments.Of([0.1, 0.1])).ShouldBeNull();
    }
}
