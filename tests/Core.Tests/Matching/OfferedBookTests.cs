using Lastro.Core.Markets;
using Lastro.Core.Matching;

namespace Lastro.Core.Tests.Matching;

public sealed class OfferedBookTests
{
    private readonly OrderBook _book = new();
    private readonly OfferedBook _offered;

    public OfferedBookTests()
    {
        _offered = new OfferedBook(_book);
        Apply(snapshot: true, bids: [BookWalkTests.Level(99m, 3m)], asks: [BookWalkTests.Level(100m, 1m), BookWalkTests.Level(101m, 2m)]);
    }

    [Fact]
    public void What_was_taken_is_not_offered_again()
    {
        _offered.Took(Side.Buy, [BookWalkTests.Level(100m, 0.4m)]);
        _offered.Levels(Side.Buy).First().ShouldBe(BookWalkTests.Level(100m, 0.6m));

        _offered.Took(Side.Buy, [BookWalkTests.Level(100m, 0.6m), BookWalkTests.Level(101m, 0.5m)]);
        _offered.Levels(Side.Buy).ShouldBe([BookWalkTests.Level(101m, 1.5m)]);
        _offered.IsSpent(Side.Buy, BookWalkTests.Level(100m, 1m)).ShouldBeTrue();
        _offered.Levels(Side.Sell).ShouldBe([BookWalkTests.Level(99m, 3m)]);
    }

    [Fact]
    public void A_level_is_offered_anew_when_it_changes_and_only_then()
    {
        _offered.Took(Side.Buy, [BookWalkTests.Level(100m, 1m)]);

        Apply(snapshot: false, bids: [BookWalkTests.Level(98m, 1m)], asks: [BookWalkTests.Level(102m, 9m)]);
        _offered.Best(Side.Buy).ShouldBe(BookWalkTests.Level(101m, 2m));
        Apply(snapshot: true, bids: [BookWalkTests.Level(99m, 3m)], asks: [BookWalkTests.Level(100m, 1m), BookWalkTests.Level(101m, 2m)]);
        _offered.Best(Side.Buy).ShouldBe(BookWalkTests.Level(101m, 2m), "a new picture that shows the same size");

        Apply(snapshot: false, bids: [], asks: [BookWalkTests.Level(100m, 0.7m)]);
        _offered.Best(Side.Buy).ShouldBe(BookWalkTests.Level(100m, 0.7m));
    }

    [Fact]
    public void A_level_that_went_and_came_back_is_new()
    {
        _offered.Took(Side.Buy, [BookWalkTests.Level(100m, 1m)]);

        Apply(snapshot: false, bids: [], asks: [BookWalkTests.Level(100m, 0m)]);
        Apply(snapshot: false, bids: [], asks: [BookWalkTests.Level(100m, 1m)]);
        _offered.Best(Side.Buy).ShouldBe(BookWalkTests.Level(100m, 1m));
    }

    private void Apply(bool snapshot, BookLevel[] bids, BookLevel[] asks)
    {
        var id = _book.UpdateId + 1;
        var depth = new Depth { Snapshot = snapshot, FirstUpdateId = id, FinalUpdateId = id, TimeMs = id, Bids = bids, Asks = asks };
        _book.Apply(depth);
        _offered.OnDepth(depth);
    }
}
