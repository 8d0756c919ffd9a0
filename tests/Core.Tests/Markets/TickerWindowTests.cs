using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

public sealed class TickerWindowTests
{
    private const long Minute = 60_000;
    private const long Base = 1_700_000_040_000;

    [Fact]
    public void It_equals_a_plain_sum_over_the_last_1440_minutes_at_any_moment()
    {
        var random = new Random(11);
        var window = new TickerWindow();
        var trades = new List<MarketTrade>();
        var time = Base;
        for (var i = 1; i <= 6_000; i++)
        {
            time += random.Next(0, 60_000);
            if (random.Next(500) == 0)
                time += random.Next(0, 400) * Minute;
            var trade = new MarketTrade(i, new Price(random.Next(1, 100_000) / 100m), new Quantity(random.Next(1, 500) / 10m), time, false);
            trades.Add(trade);
            window.Add(trade);
            if (i % 97 != 0)
                continue;
            var from = time - (time % Minute) - (1_439 * Minute);
            var inside = trades.Where(candidate => candidate.TimeMs >= from).ToList();
            window.Read().ShouldBe(new TickerStats(
                trade.Price.Value, inside[0].Price.Value, inside.Max(t => t.Price.Value), inside.Min(t => t.Price.Value),
                inside.Sum(t => t.Quantity.Value), inside.Sum(t => t.Price.Value * t.Quantity.Value), time)
            { Trades = inside.Count });
        }
    }

    [Fact]
    public void A_candle_replaces_the_trades_of_its_minute_and_old_ones_are_ignored()
    {
        var window = new TickerWindow();
        window.Read().ShouldBeNull();
        window.Put(Candle(Base - Minute, 90m, 5m, 450m));
        window.Add(new MarketTrade(7, new Price(100m), new Quantity(2m), Base + 5, false));
        window.Read()!.Value.Volume.ShouldBe(7m);
        window.Put(Candle(Base, 100m, 3m, 300m));
        var stats = window.Read()!.Value;
        (stats.Open, stats.Last, stats.Volume, stats.QuoteVolume, stats.Change, stats.ChangePercent).ShouldBe((90m, 100m, 8m, 750m, 10m, 11.111m));
        window.Put(Candle(Base - (1_440 * Minute), 1m, 1m, 1m));
        window.Read().ShouldBe(stats);
        window.Put(Candle(Base - (2 * Minute), 80m, 1m, 0m));
        window.Read()!.Value.QuoteVolume.ShouldBeNull("a candle that does not tell its quote volume is in the window");
    }

    [Fact]
    public void It_moves_on_without_trades()
    {
        var window = new TickerWindow();
        window.Put(Candle(Base, 90m, 5m, 450m));
        window.Advance(Base + (1_439 * Minute));
        window.Read()!.Value.Last.ShouldBe(90m);
        window.Advance(Base + (1_440 * Minute));
        window.Read().ShouldBeNull();
    }

    private static Candle Candle(long openMs, decimal price, decimal volume, decimal quote) => new()
    {
        OpenTimeMs = openMs,
        Open = new Price(price),
        High = new Price(price),
        Low = new Price(price),
        Close = new Price(price),
        Volume = new Quantity(volume),
        QuoteVolume = quote,
    };
}
