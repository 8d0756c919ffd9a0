using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>What came first inside a candle, by finer candles.</summary>
public sealed class DetailTests
{
    private const long Hour = 3_600_000;
    private const string Always = """{ "timeframe": "1h", "enter": "volume == 1", "stopLoss": "5%", "takeProfit": "5%" }""";

    // Entered at 100 at the open of the second hour, which reaches both 94 and 106; then nothing.
    private static readonly ColumnSource _hours = new("A", Hour, Columns(Hour,
        (100, 100, 100, 100, 1), (100, 106, 94, 100, 0), (100, 101, 99, 100, 0), (100, 101, 99, 100, 0)), 4);

    [Fact]
    public void Without_detail_the_stop_comes_first() => Run([]).ShouldBe((ExitReason.Stop, 95.0));

    [Fact]
    public void The_finer_candles_decide()
    {
        Run([Quarters((100, 106, 100, 104), (104, 104, 94, 100), (100, 100, 100, 100), (100, 100, 100, 100))]).ShouldBe((ExitReason.Target, 105.0));
        Run([Quarters((100, 100, 94, 96), (96, 106, 96, 100), (100, 100, 100, 100), (100, 100, 100, 100))]).ShouldBe((ExitReason.Stop, 95.0));
        // A gap between two of them is a gap: the price behind it.
        Run([Quarters((100, 100, 97, 97), (94.5, 106, 94, 100), (100, 100, 100, 100), (100, 100, 100, 100))]).ShouldBe((ExitReason.Stop, 94.5));
    }

    [Fact]
    public void Where_they_do_not_show_the_candle_it_decides_itself()
    {
        Run([Quarters((100, 106, 100, 104), (104, 104, 96, 100), (100, 100, 100, 100), (100, 100, 100, 100))]).ShouldBe((ExitReason.Stop, 95.0));
        Run([new ColumnSource("A", Hour / 4, Columns(Hour / 4, (100, 100, 100, 100, 1)), 1)]).ShouldBe((ExitReason.Stop, 95.0));
    }

    [Fact]
    public void The_trail_is_raised_inside_the_candle()
    {
        var trail = Documents.Read("""{ "timeframe": "1h", "enter": "volume == 1", "trailingStop": "4%" }""");
        // 106 first: the trail stands at 101.76 when the price falls. Without detail it still stands at 96.
        var quarters = Quarters((100, 106, 100, 104), (104, 104, 94, 100), (100, 100, 100, 100), (100, 100, 100, 100));
        Last(trail.Backtest([_hours], new BacktestOptions { Fee = 0, Detail = [quarters] })).ShouldBe((ExitReason.Trail, 106 * (1 - 0.04)));
        Last(trail.Backtest([_hours], new BacktestOptions { Fee = 0 })).ShouldBe((ExitReason.Trail, 100 * (1 - 0.04)));
    }

    [Fact]
    public void A_limit_entry_is_found_in_them_too()
    {
        var quarters = Quarters((101, 106, 101, 104), (104, 104, 94, 100), (100, 100, 100, 100), (100, 100, 100, 100));
        var hours = new ColumnSource("A", Hour, Columns(Hour, (100, 100, 100, 100, 1), (101, 106, 94, 100, 0), (100, 101, 99, 100, 0)), 3);
        var options = new BacktestOptions { Fee = 0, Fill = EntryFill.Touch, Detail = [quarters] };
        // The 106 came before the entry at 100, the 94 after it.
        Last(Documents.Read(Always).Backtest([hours], options)).ShouldBe((ExitReason.Stop, 95.0));
        Last(Documents.Read("""{ "timeframe": "1h", "enter": "volume == 1", "takeProfit": "5%" }""").Backtest([hours], options)).ShouldBe((ExitReason.End, 100.0));
    }

    [Fact]
    public void They_are_part_of_the_hash_and_must_be_finer()
    {
        var quarters = Quarters((100, 106, 100, 104), (104, 104, 94, 100), (100, 100, 100, 100), (100, 100, 100, 100));
        var strategy = Documents.Read(Always);
        strategy.Backtest([_hours], new BacktestOptions { Detail = [quarters] }).DataHash.ShouldNotBe(strategy.Backtest([_hours], new()).DataHash);
        Should.Throw<BacktestRefusedException>(() => strategy.Backtest([_hours], new BacktestOptions { Detail = [_hours] })).Refusal.ShouldBe(BacktestRefusal.CoarserDetail);
    }

    private static (ExitReason Reason, double Price) Run(ICandleSource[] detail) =>
        Last(Documents.Read(Always).Backtest([_hours], new BacktestOptions { Fee = 0, Detail = detail }));

    private static (ExitReason Reason, double Price) Last(BacktestReport report)
    {
        var trade = report.Trades.ShouldHaveSingleItem();
        trade.EntryTimeMs.ShouldBe(Hour);
        return (trade.Reason, trade.ExitPrice);
    }

    // The second hour; what lies before and behind stays where it is.
    private static ColumnSource Quarters(params (double Open, double High, double Low, double Close)[] second)
    {
        var still = Enumerable.Repeat((100.0, 100.0, 100.0, 100.0, 0.0), 4);
        return new("A", Hour / 4, Columns(Hour / 4, [.. still, .. second.Select(candle => (candle.Open, candle.High, candle.Low, candle.Close, 0.0)), .. still]), 12);
    }

    private static CandleColumns Columns(long stepMs, params (double Open, double High, double Low, double Close, double Volume)[] candles) => new()
    {
        OpenTimeMs = [.. candles.Select((_, row) => row * stepMs)],
        Open = [.. candles.Select(candle => candle.Open)],
        High = [.. candles.Select(candle => candle.High)],
        Low = [.. candles.Select(candle => candle.Low)],
        Close = [.. candles.Select(candle => candle.Close)],
        Volume = [.. candles.Select(candle => candle.Volume)],
    };
}
