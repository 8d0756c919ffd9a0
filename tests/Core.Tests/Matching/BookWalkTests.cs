using System.Numerics;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Tests.Orders;

namespace Lastro.Core.Tests.Matching;

public sealed class BookWalkTests
{
    private static readonly BookLevel[] Asks = [Level(100m, 1m), Level(101m, 2m), Level(103m, 5m)];

    [Fact]
    public void A_buy_by_quantity_takes_level_by_level()
    {
        var walked = BookWalk.Take(Asks, new TakeWish { Side = Side.Buy, Step = 0.01m, Base = 2.5m });

        walked.Taken.ShouldBe([Level(100m, 1m), Level(101m, 1.5m)]);
        (walked.Base, walked.Quote, walked.End).ShouldBe((2.5m, 251.5m, WalkEnd.BaseSpent));
    }

    [Fact]
    public void A_buy_by_quote_takes_the_floor_at_each_level()
    {
        var walked = BookWalk.Take(Asks, new TakeWish { Side = Side.Buy, Step = 0.01m, Quote = 250m });

        walked.Taken.ShouldBe([Level(100m, 1m), Level(101m, 1.48m)]);
        (walked.Quote, walked.End).ShouldBe((249.48m, WalkEnd.QuoteSpent));
    }

    [Fact]
    public void Nothing_is_taken_beyond_the_limit_and_the_end_says_so()
    {
        BookWalk.Take(Asks, new TakeWish { Side = Side.Buy, Step = 0.01m, Base = 9m, Limit = new Price(101m) }).End.ShouldBe(WalkEnd.Limit);
        var sells = BookWalk.Take([Level(99m, 1m), Level(98m, 1m)], new TakeWish { Side = Side.Sell, Step = 0.01m, Base = 9m, Limit = new Price(99m) });
        (sells.Base, sells.End).ShouldBe((1m, WalkEnd.Limit));
    }

    [Fact]
    public void A_book_that_is_too_thin_gives_what_it_has()
    {
        var walked = BookWalk.Take(Asks, new TakeWish { Side = Side.Buy, Step = 0.01m, Base = 9m });
        (walked.Base, walked.End).ShouldBe((8m, WalkEnd.NoMoreLevels));
    }

    [Fact]
    public void Walks_equal_those_of_whole_number_arithmetic()
    {
        var random = new Random(99);
        var ends = new Dictionary<WalkEnd, int>();
        for (var round = 0; round < 50_000; round++)
        {
            var levels = Levels(random);
            var wish = Wish(random);
            var walked = BookWalk.Take(levels, wish);

            var (got, paid) = Naive(levels, wish);
            BigAmount.Of(walked.Base).ShouldBe(got);
            BigAmount.Of(walked.Quote).ShouldBe(paid);
            walked.Taken.Sum(share => share.Quantity.Value).ShouldBe(walked.Base);
            walked.Taken.ShouldAllBe(share => Decimals.IsMultipleOf(share.Quantity.Value, wish.Step));
            ends[walked.End] = ends.GetValueOrDefault(walked.End) + 1;
        }

        ends.Keys.Count.ShouldBe(4);
        ends.Values.ShouldAllBe(count => count > 100);
    }

    internal static BookLevel Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    /// <summary>Takes one step at a time, as slowly as the rule is written.</summary>
    private static (BigInteger Got, BigInteger Paid) Naive(IReadOnlyList<BookLevel> levels, TakeWish wish)
    {
        var (got, paid, step) = (BigInteger.Zero, BigInteger.Zero, BigAmount.Of(wish.Step));
        foreach (var level in levels)
        {
            if (wish.Limit is { } limit && (wish.Side == Side.Buy ? level.Price > limit : level.Price < limit)) return (got, paid);
            var cost = BigAmount.Times(BigAmount.Of(level.Price.Value), step);
            for (var left = BigAmount.Of(level.Quantity.Value); left >= step; left -= step)
            {
                if (wish.Base is { } most && got + step > BigAmount.Of(most)) return (got, paid);
                if (wish.Quote is { } budget && paid + cost > BigAmount.Of(budget)) return (got, paid);
                (got, paid) = (got + step, paid + cost);
            }
        }

        return (got, paid);
    }

    private static List<BookLevel> Levels(Random random)
    {
        var price = 90m;
        return [.. Enumerable.Range(0, random.Next(6)).Select(_ => Level(price += random.Next(1, 300) / 100m, random.Next(1, 400) / 100m))];
    }

    private static TakeWish Wish(Random random) => new()
    {
        Side = Side.Buy,
        Step = 0.1m,
        Base = random.Next(3) == 0 ? null : random.Next(1, 120) / 10m,
        Quote = random.Next(3) == 0 ? null : random.Next(1, 200_000) / 100m,
        Limit = random.Next(3) == 0 ? new Price(90m + (random.Next(0, 1_000) / 100m)) : null,
    };
}
