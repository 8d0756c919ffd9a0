using Lastro.Core.Triggers;

namespace Lastro.Core.Tests.Triggers;

public sealed class TriggerBookTests
{
    private readonly TriggerBook _book = new(2);

    [Fact]
    public void A_trigger_fires_at_its_price_once()
    {
        _book.AddTrigger(1, TriggerDirection.Up, new Price(100m));
        _book.AddTrigger(2, TriggerDirection.Down, new Price(90m));

        Trade(99.99m).ShouldBeEmpty();
        Trade(90.01m).ShouldBeEmpty();
        Trade(100m).ShouldBe([new Fired(1, new Price(100m))]);
        Trade(90m).ShouldBe([new Fired(2, new Price(90m))]);
        Trade(100m).ShouldBeEmpty();
        _book.Count.ShouldBe(0);
    }

    [Fact]
    public void What_one_trade_fires_comes_as_the_market_meets_it_then_by_age()
    {
        _book.AddTrigger(9, TriggerDirection.Down, new Price(95m));
        _book.AddTrigger(8, TriggerDirection.Down, new Price(96m));
        _book.AddTrailing(7, TriggerDirection.Down, 500, new Price(100m)); // 95
        _book.AddTrigger(6, TriggerDirection.Up, new Price(80m));
        _book.AddTrigger(5, TriggerDirection.Up, new Price(79m));
        _book.AddTrigger(4, TriggerDirection.Up, new Price(80m));

        Trade(94m).Select(fired => fired.Id).ShouldBe([8L, 7L, 9L, 5L, 4L, 6L]);
    }

    [Fact]
    public void A_sells_trailing_stop_follows_the_highest_trade()
    {
        _book.AddTrailing(1, TriggerDirection.Down, 100, new Price(100m));

        Trade(99.01m).ShouldBeEmpty();
        Trade(101m).ShouldBeEmpty();
        _book.ExtremeOf(1).ShouldBe(new Price(101m));
        Trade(100m).ShouldBeEmpty();
        // 101 * 0.99 = 99.99
        Trade(99.99m).ShouldBe([new Fired(1, new Price(99.99m))]);
    }

    [Fact]
    public void A_buys_trailing_stop_follows_the_lowest_trade()
    {
        _book.AddTrailing(1, TriggerDirection.Up, 250, new Price(100m));

        Trade(102.49m).ShouldBeEmpty();
        Trade(80m).ShouldBeEmpty();
        _book.ExtremeOf(1).ShouldBe(new Price(80m));
        Trade(81.99m).ShouldBeEmpty();
        Trade(82m).ShouldBe([new Fired(1, new Price(82m))]);
    }

    [Fact]
    public void A_threshold_between_two_prices_is_not_rounded()
    {
        // 100.03 * 0.9999 = 100.019997: 100.02 is above it, 100.01 below.
        _book.AddTrailing(1, TriggerDirection.Down, 1, new Price(100.03m));

        Trade(100.02m).ShouldBeEmpty();
        Trade(100.01m).ShouldBe([new Fired(1, new Price(100.019997m))]);
    }

    [Fact]
    public void Without_an_extreme_the_first_trade_is_it()
    {
        _book.AddTrailing(1, TriggerDirection.Down, 100, null);
        _book.AddTrailing(2, TriggerDirection.Up, 100, null);
        _book.ExtremeOf(1).ShouldBeNull();
        _book.ExtremeOf(2).ShouldBeNull();

        Trade(50m).ShouldBeEmpty();

        _book.ExtremeOf(1).ShouldBe(new Price(50m));
        _book.ExtremeOf(2).ShouldBe(new Price(50m));
        Trade(50.50m).ShouldBe([new Fired(2, new Price(50.50m))]);
        Trade(49.99m).ShouldBe([new Fired(1, new Price(49.995m))]);
    }

    [Fact]
    public void A_sell_waits_for_a_trade_at_or_above_its_activation_price()
    {
        _book.AddWaiting(1, TriggerDirection.Down, 100, new Price(110m));

        Trade(109.99m).ShouldBeEmpty();
        Trade(50m).ShouldBeEmpty();
        _book.ExtremeOf(1).ShouldBeNull();
        // The activating trade is the first extreme, not the activation price.
        Trade(120m).ShouldBeEmpty();
        _book.ExtremeOf(1).ShouldBe(new Price(120m));
        Trade(118.80m).ShouldBe([new Fired(1, new Price(118.80m))]);
    }

    [Fact]
    public void A_buy_waits_for_a_trade_at_or_below_its_activation_price()
    {
        _book.AddWaiting(1, TriggerDirection.Up, 100, new Price(90m));

        Trade(90.01m).ShouldBeEmpty();
        Trade(200m).ShouldBeEmpty();
        Trade(80m).ShouldBeEmpty();
        _book.ExtremeOf(1).ShouldBe(new Price(80m));
        Trade(80.80m).ShouldBe([new Fired(1, new Price(80.80m))]);
    }

    [Fact]
    public void An_amended_order_keeps_its_age()
    {
        _book.AddTrigger(1, TriggerDirection.Down, new Price(50m));
        _book.AddTrigger(2, TriggerDirection.Down, new Price(90m));
        _book.Remove(1).ShouldBeTrue();
        _book.AddTrigger(1, TriggerDirection.Down, new Price(90m));

        Trade(90m).Select(fired => fired.Id).ShouldBe([1L, 2L]);
    }

    [Fact]
    public void What_was_removed_is_gone()
    {
        _book.AddTrigger(1, TriggerDirection.Up, new Price(100m));
        _book.AddTrailing(2, TriggerDirection.Down, 100, new Price(100m));
        _book.AddWaiting(3, TriggerDirection.Down, 100, new Price(110m));
        foreach (var id in new long[] { 1, 2, 3 })
        {
            _book.Remove(id).ShouldBeTrue();
            _book.Remove(id).ShouldBeFalse();
            _book.Contains(id).ShouldBeFalse();
        }

        Trade(500m).ShouldBeEmpty();
        Trade(1m).ShouldBeEmpty();
        _book.Count.ShouldBe(0);
    }

    [Fact]
    public void Moved_extremes_are_told_once_and_no_more_than_asked_for()
    {
        for (var id = 1; id <= 10; id++)
            _book.AddTrailing(id, TriggerDirection.Down, 100 + id, new Price(100m));
        var moved = new List<MovedExtreme>();
        _book.TakeMoved(10, moved).ShouldBeFalse();
        moved.ShouldBeEmpty();

        Trade(101m);
        _book.TakeMoved(4, moved).ShouldBeTrue();
        moved.Count.ShouldBeLessThanOrEqualTo(4);
        Trade(102m);
        while (_book.TakeMoved(4, moved))
            moved.Count.ShouldBeLessThan(30);
        moved.GroupBy(told => told.Id).Select(told => told.Last().Extreme).ShouldBe(Enumerable.Repeat(new Price(102m), 10));

        var all = moved.Count;
        Trade(101.50m);
        _book.TakeMoved(100, moved).ShouldBeFalse();
        moved.Count.ShouldBe(all);
    }

    [Fact]
    public void An_activation_is_told()
    {
        _book.AddWaiting(1, TriggerDirection.Down, 100, new Price(110m));
        Trade(110m);
        var moved = new List<MovedExtreme>();

        _book.TakeMoved(10, moved);

        moved.ShouldBe([new MovedExtreme(1, new Price(110m))]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        _book.AddTrigger(1, TriggerDirection.Up, new Price(100m));

        Should.Throw<ArgumentException>(() => _book.AddTrigger(1, TriggerDirection.Up, new Price(100m)));
        Should.Throw<ArgumentOutOfRangeException>(() => _book.AddTrailing(2, TriggerDirection.Up, 0, null));
        Should.Throw<ArgumentOutOfRangeException>(() => _book.AddTrailing(2, TriggerDirection.Up, 10_000, null));
        foreach (var price in new[] { 0m, -1m, 100.001m, 4_611_686_018_427.38m, decimal.MaxValue, 1e-28m })
        {
            _book.Fits(new Price(price)).ShouldBeFalse();
            Should.Throw<ArgumentOutOfRangeException>(() => _book.AddTrigger(2, TriggerDirection.Up, new Price(price)));
            Should.Throw<ArgumentOutOfRangeException>(() => _book.AddTrailing(2, TriggerDirection.Up, 1, new Price(price)));
            Should.Throw<ArgumentOutOfRangeException>(() => _book.AddWaiting(2, TriggerDirection.Up, 1, new Price(price)));
            Should.Throw<ArgumentOutOfRangeException>(() => Trade(price));
        }

        _book.Count.ShouldBe(1);
        _book.Contains(2).ShouldBeFalse();
    }

    [Theory]
    [InlineData("100")]
    [InlineData("100.10")]
    [InlineData("100.1000000000")]
    [InlineData("100.1000000000000000000000000")]
    [InlineData("4611686018427.37000000")]
    public void A_price_is_the_same_however_many_zeros_it_is_written_with(string text)
    {
        _ = Decimals.TryParse(text, out var price);
        _book.AddTrigger(1, TriggerDirection.Up, new Price(Exact.Bare(price)));

        Trade(price).ShouldBe([new Fired(1, new Price(price))]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(18)]
    public void The_largest_price_leaves_room_for_every_delta(int decimals)
    {
        var (book, fired) = (new TriggerBook(decimals), new List<Fired>());
        var (tick, largest) = (new decimal(1, 0, 0, false, (byte)decimals), new decimal(461_168_601_842_737L) * new decimal(1, 0, 0, false, (byte)decimals));
        book.Fits(new Price(largest)).ShouldBeTrue();
        book.AddTrailing(1, TriggerDirection.Up, 9_999, new Price(largest));
        book.AddTrailing(2, TriggerDirection.Down, 9_999, new Price(largest));
        book.AddTrailing(3, TriggerDirection.Down, 1, null);
        book.AddTrailing(4, TriggerDirection.Up, 1, null);
        book.AddTrigger(5, TriggerDirection.Up, new Price(largest));

        book.OnTrade(new Price(largest), fired);
        book.OnTrade(new Price(tick), fired);

        fired.Select(one => one.Id).ShouldBe([5L, 3L, 2L]);
        fired[2].Threshold.Value.ShouldBe(largest / 10_000m);
    }

    private List<Fired> Trade(decimal price)
    {
        var fired = new List<Fired>();
        _book.OnTrade(new Price(price), fired);
        return fired;
    }
}
