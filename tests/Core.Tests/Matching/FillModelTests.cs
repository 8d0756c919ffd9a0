using Lastro.Core.Markets;
using Lastro.Core.Matching;
using static Lastro.Core.Tests.Matching.PlainMarket;

namespace Lastro.Core.Tests.Matching;

/// <summary>Examples computed by hand from the rules of docs/decisions/0008-fill-models.md.</summary>
public sealed class FillModelTests
{
    private readonly PlainMarket _market = new();

    public FillModelTests() => _market.Snapshot(Levels((100m, 10m), (99m, 4m), (98m, 6m)), Levels((101m, 3m), (102m, 5m), (103m, 8m)));

    [Theory]
    [InlineData(FillModel.Touch, true)]
    [InlineData(FillModel.Through, false)]
    public void Touch_needs_the_limit_reached_and_through_passed(FillModel model, bool atLimit)
    {
        _market.Buy(1, 100m, 7m, model);
        _market.Sell(2, 101m, 7m, model);
        Shares(_market.Trade(100.5m, 1m)).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.1m)).ShouldBe(atLimit ? [(1, 7m)] : []);
        Shares(_market.Trade(99.9m, 0.1m)).ShouldBe(atLimit ? [] : [(1, 7m)]);

        Shares(_market.Top(100m, 101m)).ShouldBeEmpty();
        Shares(_market.Top(101m, 101.5m)).ShouldBe(atLimit ? [(2, 7m)] : []);
        Shares(_market.Depth(Levels((101.1m, 1m)), Levels((101m, 0m)))).ShouldBe(atLimit ? [] : [(2, 7m)]);
        _market.Desk.Count.ShouldBe(0);
    }

    [Fact]
    public void A_quote_of_a_level_that_our_takers_spent_fills_nobody()
    {
        _market.Sell(1, 100m, 1m, FillModel.Touch);
        _market.Offered.Took(Side.Sell, Levels((100m, 10m)));
        _market.Top(100m, 101m, size: 10m).ShouldBeEmpty();
        _market.Depth([], Levels((102m, 4m))).ShouldBeEmpty();
        Shares(_market.Depth(Levels((100m, 9m)), [])).ShouldBe([(1, 1m)]);
    }

    [Fact]
    public void A_book_older_than_the_best_quote_known_moves_queues_and_fills_nobody()
    {
        foreach (var model in Enum.GetValues<FillModel>()) _market.Buy((int)model, 100m, 1m, model);
        _market.Depth(Levels((100m, 0m)), Levels((99.5m, 9m)), late: true).ShouldBeEmpty();
        Shares(_market.Depth([], Levels((99.5m, 8m)))).ShouldBe([(0, 1m), (1, 1m), (3, 1m)], "the same quote, told in time");
        Shares(_market.Trade(100m, 1m, timeMs: 1)).ShouldBe([(2, 1m)], "the queue had gone with the late change");
    }

    [Fact]
    public void A_queue_is_eaten_by_trades_at_the_price_and_then_gives_the_rest_to_the_order()
    {
        _market.Buy(1, 100m, 5m, FillModel.Queue);
        _market.Trade(100m, 7m).ShouldBeEmpty();
        Shares(_market.Trade(100m, 4.25m)).ShouldBe([(1, 1.2m)]);
        var last = _market.Trade(100m, 9m).ShouldHaveSingleItem();
        (last.Price.Value, last.Quantity, last.Left, last.Cause.Kind).ShouldBe((100m, 3.8m, 0m, CauseKind.Trade));
        _market.Desk.Count.ShouldBe(0);
    }

    [Fact]
    public void A_queue_is_not_filled_by_quotes_and_beyond_its_price_up_to_the_trade()
    {
        _market.Buy(1, 100m, 5m, FillModel.Queue);
        _market.Top(98m, 99m).ShouldBeEmpty();
        _market.Depth(Levels((100m, 0m), (99m, 0m)), Levels((99m, 50m))).ShouldBeEmpty();
        Shares(_market.Trade(99m, 2m)).ShouldBe([(1, 2m)]);
        Shares(_market.Trade(100m, 1m)).ShouldBe([(1, 1m)], "nobody is ahead of an order that a trade was beyond");
    }

    [Fact]
    public void A_fall_that_no_trade_explains_shortens_in_proportion()
    {
        _market.Buy(1, 100m, 1m, FillModel.Queue);
        _market.Depth(Levels((100m, 16m)), []);
        // 10 of 16 are ahead; 4 leave: 10 * 12 / 16 = 7.5.
        _market.Depth(Levels((100m, 12m)), []);
        _market.Trade(100m, 7.5m, timeMs: 1).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.1m, timeMs: 1)).ShouldBe([(1, 0.1m)]);
    }

    [Fact]
    public void A_trade_explains_the_fall_that_follows_it()
    {
        _market.Buy(1, 100m, 1m, FillModel.Queue);
        _market.Trade(100m, 4m, timeMs: 5);
        _market.Depth(Levels((100m, 6m)), [], timeMs: 6);
        _market.Trade(100m, 6m, timeMs: 7).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.3m, timeMs: 8)).ShouldBe([(1, 0.3m)]);
    }

    [Fact]
    public void A_fall_larger_than_what_was_traded_shortens_by_the_difference_alone()
    {
        _market.Depth(Levels((100m, 10m)), []);
        _market.Buy(1, 100m, 1m, FillModel.Queue);
        _market.Depth(Levels((100m, 20m)), []);
        _market.Trade(100m, 4m, timeMs: 5);
        // 6 of 16 are ahead after the trade; the display goes to 12, so 4 of those 16 left: 6 * 12 / 16 = 4.5.
        _market.Depth(Levels((100m, 12m)), [], timeMs: 6);
        _market.Trade(100m, 4.5m, timeMs: 7).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.1m, timeMs: 7)).ShouldBe([(1, 0.1m)]);
    }

    [Theory]
    [InlineData(50, 6)]
    [InlineData(51, 2)]
    public void A_trade_reported_after_the_fall_it_made_is_not_counted_twice(long tradeMs, int ahead)
    {
        _market.Buy(1, 100m, 1m, FillModel.Queue);
        // Taken for a cancellation at first: 10 * 6 / 10 = 6. A trade of that time undoes it and eats 4: 6. A later one eats 4 of the 6: 2.
        _market.Depth(Levels((100m, 6m)), [], timeMs: 50);
        _market.Trade(100m, 4m, timeMs: tradeMs).ShouldBeEmpty();
        _market.Trade(100m, ahead, timeMs: 60).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.1m, timeMs: 60)).ShouldBe([(1, 0.1m)]);
    }

    [Fact]
    public void Traded_volume_explains_falls_of_the_next_two_changes_of_its_level_only()
    {
        _market.Buy(1, 100m, 1m, FillModel.Queue);
        _market.Trade(100m, 2m, timeMs: 5);
        // 8 ahead. The trade's size comes back at once behind: two changes show no fall.
        _market.Depth(Levels((100m, 16m)), [], timeMs: 6);
        _market.Depth(Levels((100m, 16m)), [], timeMs: 7);
        _market.Depth(Levels((100m, 8m)), [], timeMs: 8);
        _market.Trade(100m, 4m, timeMs: 9).ShouldBeEmpty();
        Shares(_market.Trade(100m, 0.1m, timeMs: 9)).ShouldBe([(1, 0.1m)]);
    }

    [Fact]
    public void Orders_of_ours_at_one_price_queue_in_age_and_share_one_trade()
    {
        _market.Buy(7, 100m, 2m, FillModel.Queue);
        _market.Depth(Levels((100m, 13m)), []);
        _market.Buy(3, 100m, 2m, FillModel.Queue);
        // 10 ahead of the first, 13 ahead of the second; 15.5: 10 go by, 2 to the first, 3 between them, 0.5 to the second.
        Shares(_market.Trade(100m, 15.5m)).ShouldBe([(7, 2m), (3, 0.5m)]);
    }

    [Fact]
    public void One_trade_fills_its_quantity_at_most_best_price_first_then_age()
    {
        _market.Buy(1, 99m, 2m, FillModel.Queue);
        _market.Buy(2, 100m, 2m, FillModel.Queue);
        _market.Buy(3, 100m, 2m, FillModel.Queue);
        Shares(_market.Trade(98.5m, 4.5m)).ShouldBe([(2, 2m), (3, 2m), (1, 0.5m)]);
        Shares(_market.Trade(98.5m, 9m)).ShouldBe([(1, 1.5m)]);
    }

    [Fact]
    public void Where_the_book_does_not_reach_only_trades_beyond_fill_until_the_price_is_shown()
    {
        _market.Buy(1, 97m, 1m, FillModel.Queue);
        _market.Trade(97m, 50m, timeMs: 1).ShouldBeEmpty();
        Shares(_market.Trade(96.9m, 0.2m, timeMs: 1)).ShouldBe([(1, 0.2m)]);

        _market.Buy(2, 96m, 1m, FillModel.Queue);
        _market.Depth(Levels((96m, 3m)), []);
        Shares(_market.Trade(96m, 4m, timeMs: 2)).ShouldBe([(1, 0.8m), (2, 0.2m)]);
    }

    [Fact]
    public void Without_a_book_a_queue_is_through_and_its_place_begins_with_the_book()
    {
        var market = new PlainMarket();
        market.Buy(1, 100m, 5m, FillModel.Queue);
        market.Buy(2, 99m, 5m, FillModel.Book);
        market.Trade(100m, 1m).ShouldBeEmpty();
        Shares(market.Top(98m, 99.5m)).ShouldBe([(1, 5m)]);

        market.Snapshot(Levels((99m, 3m)), Levels((101m, 1m)));
        market.Top(98m, 98.5m).ShouldBeEmpty();
        Shares(market.Trade(99m, 4m)).ShouldBe([(2, 1m)]);
    }

    [Fact]
    public void A_lost_book_takes_nobodys_place_and_fills_nobody()
    {
        _market.Buy(1, 100m, 5m, FillModel.Book);
        _market.Trade(100m, 4m);
        _market.Book.Clear();
        _market.Depth([], Levels((99m, 50m))).ShouldBeEmpty("a change without a picture is no book");
        _market.Trade(100m, 1m).ShouldBeEmpty();
        // 5 ahead; the new picture shows 20: the others joined behind.
        _market.Snapshot(Levels((100m, 20m)), Levels((101m, 1m)));
        Shares(_market.Trade(100m, 6m)).ShouldBe([(1, 1m)]);
        // A picture that shows less than what is ahead bounds it.
        _market.Buy(2, 100m, 1m, FillModel.Queue);
        _market.Snapshot(Levels((100m, 2m)), Levels((101m, 1m)));
        Shares(_market.Trade(100m, 2.5m, timeMs: 9)).ShouldBe([(2, 0.5m), (1, 2.5m)]);
    }

    [Fact]
    public void Book_takes_what_is_displayed_when_quotes_cross_once()
    {
        _market.Buy(1, 100m, 5m, FillModel.Book);
        _market.Buy(2, 100m, 5m, FillModel.Book);
        var fills = _market.Depth(Levels((100m, 0m)), Levels((99.5m, 2.05m), (100m, 4m)));
        fills.Select(fill => (fill.Id, fill.Price.Value, fill.Quantity, fill.Cause.Price.Value))
            .ShouldBe([(1L, 100m, 2m, 99.5m), (1L, 100m, 3m, 100m), (2L, 100m, 1m, 100m)]);
        _market.Depth([], Levels((102m, 7m))).ShouldBeEmpty("the levels did not change");
        _market.Offered.Best(Side.Buy)!.Value.Quantity.Value.ShouldBe(0.05m);
        Shares(_market.Depth([], Levels((100m, 3m)))).ShouldBe([(2, 3m)]);
    }

    [Fact]
    public void A_smaller_order_keeps_its_place_and_a_removed_one_leaves_it()
    {
        _market.Buy(1, 100m, 5m, FillModel.Queue);
        _market.Buy(2, 100m, 5m, FillModel.Queue);
        _market.Desk.Reduce(1, 1m).ShouldBeTrue();
        _market.Desk.Reduce(9, 1m).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => _market.Desk.Reduce(1, 1m));
        Should.Throw<ArgumentOutOfRangeException>(() => _market.Desk.Reduce(1, 0m));
        Shares(_market.Trade(100m, 12m)).ShouldBe([(1, 1m), (2, 1m)]);
        _market.Desk.Remove(2).ShouldBeTrue();
        _market.Desk.Remove(2).ShouldBeFalse();
        _market.Trade(90m, 12m).ShouldBeEmpty();
    }

    [Fact]
    public void Orders_of_different_models_do_not_see_each_other_and_answer_in_the_models_order()
    {
        foreach (var model in Enum.GetValues<FillModel>().Reverse()) _market.Buy(10 - (int)model, 100m, 3m, model);
        Shares(_market.Trade(99.9m, 1m)).ShouldBe([(10, 3m), (9, 3m), (8, 1m), (7, 1m)]);
        Should.Throw<ArgumentException>(() => _market.Buy(8, 90m, 1m, FillModel.Touch));
    }

    [Fact]
    public void Each_model_has_its_word()
    {
        foreach (var model in Enum.GetValues<FillModel>())
        {
            FillModels.TryParse(FillModels.Word(model), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(model);
        }

        string.Join(' ', Enum.GetValues<FillModel>().Select(FillModels.Word)).ShouldBe("touch through queue book");
        FillModels.TryParse("Touch", out _).ShouldBeFalse();
        FillModels.TryParse(null, out _).ShouldBeFalse();
    }

    private static IEnumerable<(long Id, decimal Quantity)> Shares(List<RestingFill> fills) => fills.Select(fill => (fill.Id, fill.Quantity));
}
