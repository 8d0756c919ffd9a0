using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

public sealed class CandleBuilderTests
{
    private const long Minute = 60_000;
    private const long Base = 1_700_000_040_000;
    private readonly List<EndedCandle> _ended = [];

    [SharedFact(Recorded.Stream)]
    public void The_recorded_trades_of_2024_08_08_build_Binances_own_minutes_to_the_last_digit()
    {
        var theirs = Recorded.Candles(Recorded.Minutes).ToDictionary(candle => candle.OpenTimeMs);
        var builder = new CandleBuilder();
        var trades = 0;
        foreach (var trade in Recorded.Trades())
        {
            builder.Add(trade, _ended).ShouldBe(TradeOutcome.Counted);
            trades++;
        }

        trades.ShouldBe(9_757);

        var at2354 = DateTimeOffset.Parse("2024-08-08T23:54:00Z").ToUnixTimeMilliseconds();
        _ended[0].Candle.OpenTimeMs.ShouldBe(at2354);
        _ended[0].Complete.ShouldBeFalse("23:54 was cut by the start of the recording");
        var complete = _ended.Where(candle => candle.Complete).ToList();
        complete.Select(candle => candle.Candle.OpenTimeMs)
            .ShouldBe(Enumerable.Range(1, 5).Select(i => at2354 + (i * Minute)));
        foreach (var candle in complete)
            Recorded.ShouldEqual(candle.Candle, theirs[candle.Candle.OpenTimeMs]);
        builder.Current.OpenTimeMs.ShouldBe(at2354 + (6 * Minute), "the recording's end cuts 00:00, which stays running");
    }

    [Fact]
    public void A_running_minute_is_never_complete_when_its_start_was_not_seen()
    {
        var builder = new CandleBuilder();
        builder.Add(Trade(500, Base), _ended);
        builder.CurrentComplete.ShouldBeFalse();
        builder.Add(Trade(501, Base + Minute), _ended);
        builder.Add(Trade(502, Base + (2 * Minute)), _ended);
        _ended.Select(candle => candle.Complete).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(500, 500L)]
    public void A_first_trade_known_to_follow_what_came_before_starts_a_complete_minute(long id, long? next)
    {
        var builder = new CandleBuilder(next);
        builder.Add(Trade(id, Base + 10), _ended);
        builder.Add(Trade(id + 1, Base + Minute), _ended);
        _ended.ShouldHaveSingleItem().Complete.ShouldBeTrue();
    }

    [Fact]
    public void Missing_ids_make_every_minute_they_may_belong_to_incomplete()
    {
        var builder = new CandleBuilder();
        builder.Add(Trade(1, Base), _ended);
        builder.Add(Trade(5, Base + (2 * Minute)), _ended).ShouldBe(TradeOutcome.CountedAfterGap);
        builder.Add(Trade(6, Base + (3 * Minute)), _ended).ShouldBe(TradeOutcome.Counted);
        builder.Add(Trade(7, Base + (4 * Minute)), _ended);
        _ended.Select(candle => candle.Complete).ShouldBe([false, false, false, true]);
        builder.MissingTrades.ShouldBe(3);
    }

    [Fact]
    public void A_minute_ended_by_the_clock_is_taken_back_when_ids_turn_out_to_be_missing()
    {
        var builder = new CandleBuilder();
        builder.Add(Trade(1, Base), _ended);
        builder.Advance(Base + Minute + 1_999, _ended);
        _ended.ShouldBeEmpty();
        builder.Advance(Base + Minute + 2_000, _ended);
        _ended.ShouldHaveSingleItem().Complete.ShouldBeTrue();
        _ended.Clear();
        builder.Add(Trade(3, Base + Minute + 5_000), _ended);
        _ended.ShouldHaveSingleItem().Complete.ShouldBeFalse();
        _ended[0].Candle.OpenTimeMs.ShouldBe(Base);
        builder.CurrentComplete.ShouldBeFalse();
    }

    [Fact]
    public void A_late_trade_amends_the_minute_that_only_the_clock_had_ended()
    {
        var builder = new CandleBuilder();
        builder.Add(Trade(1, Base, 100m), _ended);
        builder.Advance(Base + (3 * Minute) + 5_000, _ended);
        _ended.Clear();
        builder.Add(Trade(2, Base + Minute + 59_999, 90m), _ended).ShouldBe(TradeOutcome.Counted);
        _ended.Select(candle => (candle.Candle.OpenTimeMs, candle.Candle.Open.Value, candle.Candle.Close.Value, candle.Candle.Trades))
            .ShouldBe([(Base + Minute, 90m, 90m, 1), (Base + (2 * Minute), 90m, 90m, 0)]);
        _ended.ShouldAllBe(candle => candle.Complete);
        builder.Current.Open.Value.ShouldBe(90m);
        builder.Add(Trade(3, Base + 10), _ended).ShouldBe(TradeOutcome.TooLate);
        builder.Add(Trade(4, Base + (3 * Minute) + 6_000), _ended).ShouldBe(TradeOutcome.Counted);
        builder.Add(Trade(4, Base + (3 * Minute) + 6_000), _ended).ShouldBe(TradeOutcome.Duplicate);
    }

    [Fact]
    public void Minutes_without_trades_are_flat_at_the_last_close_as_Binances_klines_are()
    {
        var builder = new CandleBuilder();
        builder.Add(Trade(1, Base, 100m), _ended);
        builder.Add(Trade(2, Base + (3 * Minute), 101m), _ended);
        _ended.Select(candle => candle.Candle.OpenTimeMs).ShouldBe([Base, Base + Minute, Base + (2 * Minute)]);
        _ended[2].Candle.ShouldBe(new Candle
        {
            OpenTimeMs = Base + (2 * Minute),
            Open = new Price(100m),
            High = new Price(100m),
            Low = new Price(100m),
            Close = new Price(100m),
            Volume = Quantity.Zero,
        });
        _ended.Clear();
        builder.Add(Trade(3, Base + (3 * Minute) + ((CandleBuilder.MaxFlatMinutes + 1) * Minute)), _ended);
        _ended.ShouldHaveSingleItem("a longer silence is a hole, not a day of invented candles");
    }

    [Fact]
    public void Random_trades_build_what_grouping_them_by_minute_gives()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            _ended.Clear();
            var trades = new List<MarketTrade>();
            var time = Base;
            for (var id = 1; id <= 400; id++)
            {
                time += random.Next(0, 20_000);
                trades.Add(new MarketTrade(id, new Price(random.Next(1, 1000) / 100m), new Quantity(random.Next(1, 1000) / 1000m), time, random.Next(2) == 0));
            }

            var builder = new CandleBuilder();
            foreach (var trade in trades)
                builder.Add(trade, _ended);
            var expected = trades.GroupBy(trade => trade.TimeMs - (trade.TimeMs % Minute)).Select(Naive).SkipLast(1).ToList();
            _ended.ShouldAllBe(candle => candle.Complete);
            _ended.Where(candle => candle.Candle.Trades > 0).Select(candle => candle.Candle).ShouldBe(expected);
            _ended.Count.ShouldBe((int)((builder.Current.OpenTimeMs - _ended[0].Candle.OpenTimeMs) / Minute));
        }
    }

    private static Candle Naive(IGrouping<long, MarketTrade> minute) => new()
    {
        OpenTimeMs = minute.Key,
        Open = minute.First().Price,
        High = new Price(minute.Max(trade => trade.Price.Value)),
        Low = new Price(minute.Min(trade => trade.Price.Value)),
        Close = minute.Last().Price,
        Volume = new Quantity(minute.Sum(trade => trade.Quantity.Value)),
        QuoteVolume = minute.Sum(trade => trade.Price.Value * trade.Quantity.Value),
        TakerBuyVolume = new Quantity(minute.Where(trade => !trade.BuyerIsMaker).Sum(trade => trade.Quantity.Value)),
        TakerBuyQuoteVolume = minute.Where(trade => !trade.BuyerIsMaker).Sum(trade => trade.Price.Value * trade.Quantity.Value),
        Trades = minute.Count(),
    };

    private static MarketTrade Trade(long id, long timeMs, decimal price = 100m) =>
        new(id, new Price(price), new Quantity(1m), timeMs, BuyerIsMaker: false);
}
