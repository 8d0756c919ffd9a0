using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class SeededRandomTests
{
    [Fact]
    public void SplitMix_gives_the_published_numbers()
    {
        // Seed 1234567 of the reference program.
        var state = 1234567UL;
        Enumerable.Range(0, 5).Select(_ => SeededRandom.Split(ref state)).ShouldBe(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]);
    }

    [Fact]
    public void Xoshiro_gives_the_published_numbers()
    {
        // State 1, 2, 3, 4 of the reference program.
        var random = new SeededRandom(1, 2, 3, 4);
        Enumerable.Range(0, 10).Select(_ => random.Next()).ShouldBe(
            [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
             8476171486693032832, 10595114339597558777, 2904607092377533576]);
    }

    [Fact]
    public void The_same_seed_is_the_same_sequence_for_ever()
    {
        // Made once with a program of its own; a change of these numbers changes every report that names its seed.
        var random = new SeededRandom(42);
        Enumerable.Range(0, 8).Select(_ => random.Below(1_000)).ShouldBe([83, 378, 680, 924, 991, 769, 719, 850]);
        new SeededRandom(-1).Next().ShouldNotBe(new SeededRandom(1).Next());
    }

    [Fact]
    public void Draws_that_would_favour_small_numbers_are_drawn_again()
    {
        // A state with 0 in its second place draws 0 first: 2^64 is no multiple of 6, so that is thrown away; of 8 it is one.
        var (sequence, six, eight) = (new SeededRandom(1, 0, 3, 4), new SeededRandom(1, 0, 3, 4), new SeededRandom(1, 0, 3, 4));
        ulong[] draws = [sequence.Next(), sequence.Next(), sequence.Next()];
        draws[0].ShouldBe(0UL);
        six.Below(6).ShouldBe((int)Math.BigMul(draws[1], 6UL, out _));
        six.Next().ShouldBe(draws[2]);
        eight.Below(8).ShouldBe(0);
        eight.Next().ShouldBe(draws[1]);
    }

    [Fact]
    public void Each_number_below_a_limit_comes_as_often_as_the_others()
    {
        var random = new SeededRandom(7);
        var counts = new int[6];
        for (var i = 0; i < 600_000; i++)
            counts[random.Below(6)]++;
        // Chi squared with 5 degrees of freedom exceeds 20.5 once in a thousand seeds; this one is fixed.
        counts.Sum(count => Math.Pow(count - 100_000, 2) / 100_000).ShouldBeLessThan(20.5);
        Should.Throw<ArgumentOutOfRangeException>(() => random.Below(0));
        random.Below(1).ShouldBe(0);
        Enumerable.Range(0, 100).ShouldAllBe(_ => random.Below(int.MaxValue) >= 0);
    }

    [Fact]
    public void Each_order_comes_as_often_as_the_others()
    {
        var random = new SeededRandom(11);
        var orders = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 60_000; i++)
        {
            double[] values = [1, 2, 3];
            random.Shuffle(values);
            var order = string.Concat(values);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        orders.Count.ShouldBe(6);
        orders.Values.Sum(count => Math.Pow(count - 10_000, 2) / 10_000).ShouldBeLessThan(20.5);
    }
}
