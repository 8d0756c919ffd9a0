using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

public sealed class SanityGateTests
{
    private const long Now = 1_700_000_000_000;
    private readonly SanityGate _gate = new(SanityLimits.Live);
    private readonly List<MarketTrade> _passed = [];

    [SharedFact(Recorded.Stream)]
    public void The_recorded_stream_passes_whole()
    {
        foreach (var trade in Recorded.Trades())
            _gate.Check(trade, trade.TimeMs, _passed).ShouldBe(SanityReason.None);
        _passed.Count.ShouldBe(9_757);
    }

    [SharedFact(Recorded.Minutes)]
    public void Recorded_minutes_with_the_crash_of_2024_08_05_pass_whole()
    {
        string[] files = [Recorded.Minutes, "data/candles/binance_spot_1m/BTCUSDT_202412.csv.gz", "data/candles/binanceus_spot_1m/BTCUSDT_202303.csv.gz"];
        foreach (var file in files)
        {
            var gate = new SanityGate(SanityLimits.Replay);
            var id = 0L;
            foreach (var candle in Recorded.Candles(file))
            {
                foreach (var price in (Price[])[candle.Open, candle.Low, candle.High, candle.Close])
                    gate.Check(new MarketTrade(++id, price, candle.Volume, candle.OpenTimeMs, false), 0, _passed).ShouldBe(SanityReason.None);
            }

            id.ShouldBeGreaterThan(4 * 30_000);
            gate.QuarantinedTotal.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10)]
    [InlineData(121)]
    [InlineData(83)]
    public void A_single_spike_is_quarantined_and_what_follows_passes(int price)
    {
        Check(1, 100m).ShouldBe(SanityReason.None);
        Check(2, price).ShouldBe(SanityReason.OutOfBand);
        _gate.Withheld.ShouldBe(1);
        Check(3, 100.5m).ShouldBe(SanityReason.None);
        _gate.Withheld.ShouldBe(0);
        _gate.Quarantined(SanityReason.OutOfBand).ShouldBe(1);
        _passed.Select(trade => trade.Id).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_new_level_passes_whole_and_in_order_once_confirmed()
    {
        Check(1, 100m);
        Check(2, 50m).ShouldBe(SanityReason.OutOfBand);
        Check(3, 49m).ShouldBe(SanityReason.OutOfBand);
        _passed.Count.ShouldBe(1);
        Check(4, 51m).ShouldBe(SanityReason.None);
        Check(5, 52m).ShouldBe(SanityReason.None);
        _passed.Select(trade => trade.Id).ShouldBe([1, 2, 3, 4, 5]);
        _gate.QuarantinedTotal.ShouldBe(0);
    }

    [Fact]
    public void Spikes_that_disagree_with_each_other_confirm_nothing()
    {
        Check(1, 100m);
        Check(2, 1_000m);
        Check(3, 10m);
        Check(4, 1_000m);
        Check(5, 10m).ShouldBe(SanityReason.OutOfBand);
        Check(6, 100m).ShouldBe(SanityReason.None);
        _passed.Select(trade => trade.Id).ShouldBe([1, 6]);
        _gate.Quarantined(SanityReason.OutOfBand).ShouldBe(4);
    }

    [Fact]
    public void After_a_long_silence_the_wider_band_holds()
    {
        Check(1, 100m, Now - 700_000);
        Check(2, 180m, Now).ShouldBe(SanityReason.None);
        Check(3, 1_800m, Now).ShouldBe(SanityReason.OutOfBand);
    }

    [Fact]
    public void Each_other_fault_has_its_reason()
    {
        Check(10, 100m).ShouldBe(SanityReason.None);
        Check(10, 100m).ShouldBe(SanityReason.NotRising);
        Check(9, 100m).ShouldBe(SanityReason.NotRising);
        Check(11, 0m).ShouldBe(SanityReason.NotPositive);
        Check(11, -5m).ShouldBe(SanityReason.NotPositive);
        _gate.Check(new MarketTrade(11, new Price(100m), Quantity.Zero, Now, false), Now, _passed).ShouldBe(SanityReason.NotPositive);
        Check(11, 100m, Now + 10_001).ShouldBe(SanityReason.FromTheFuture);
        Check(11, 100m, Now - 3_600_001).ShouldBe(SanityReason.TooOld);
        Check(11, 100m, Now - 1_001).ShouldBe(SanityReason.TooOld);
        Check(11, 100m).ShouldBe(SanityReason.None);
        _gate.QuarantinedTotal.ShouldBe(8);
        _gate.Quarantined(SanityReason.TooOld).ShouldBe(2);
    }

    [Fact]
    public void Quotes_are_judged_too()
    {
        Check(1, 100m);
        Quote(99m, 101m).ShouldBe(SanityReason.None);
        Quote(101m, 101m).ShouldBe(SanityReason.Crossed);
        Quote(0m, 101m).ShouldBe(SanityReason.NotPositive);
        Quote(10m, 1_000m).ShouldBe(SanityReason.OutOfBand);
        Quote(99m, 101m).ShouldBe(SanityReason.None);
        Quote(200m, 201m).ShouldBe(SanityReason.OutOfBand);
        Quote(200m, 201m).ShouldBe(SanityReason.OutOfBand);
        Quote(200m, 201m).ShouldBe(SanityReason.None);
    }

    private SanityReason Check(long id, decimal price, long timeMs = Now) =>
        _gate.Check(new MarketTrade(id, new Price(price), new Quantity(1m), timeMs, false), Now, _passed);

    private SanityReason Quote(decimal bid, decimal ask) =>
        _gate.Check(new BookTop(1, new Price(bid), new Quantity(1m), new Price(ask), new Quantity(1m), Now));
}
