using Lastro.Core.Markets;
using Lastro.Exchanges.Replay;
using Lastro.Exchanges.Files;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Tests.Replay;

public sealed class CandleReplayTests : IDisposable
{
    private const long Minute = 60_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedFact("data/candles")]
    public async Task Candles_rebuilt_from_the_events_equal_whole_shared_files_to_the_last_digit()
    {
        (await Rebuild("binance_spot_1m/BTCUSDT_202407_08", "1m")).ShouldBe(43_209);
        (await Rebuild("binance_usdm_1m/LINKUSDT_2023-02", "1m")).ShouldBe(40_320);
        (await Rebuild("binanceus_spot_1m/BTCUSDT_202303", "1m")).ShouldBe(30_240);
        (await Rebuild("binance_spot_1h/USTUSDT", "1h")).ShouldBe(3_353);
    }

    [Fact]
    public async Task A_candle_is_open_low_high_close_when_rising_and_open_high_low_close_when_falling_with_an_event_every_5_s()
    {
        var sink = await Play(Write("BTCUSDT_x.csv", "0,10,12,9,11,1", "60000,11,11.5,8,9,0.5"));
        var trades = sink.Symbols[new Symbol("BTCUSDT")].Trades;
        trades.Select(trade => trade.Id).ShouldBe(Enumerable.Range(1, trades.Count).Select(i => (long)i));
        trades[0].TimeMs.ShouldBe(0);
        trades[^1].TimeMs.ShouldBe((2 * Minute) - 1);
        trades.Zip(trades.Skip(1)).ShouldAllBe(pair => pair.Second.TimeMs - pair.First.TimeMs <= 5_000 && pair.Second.TimeMs > pair.First.TimeMs);
        Turns(trades.Where(trade => trade.TimeMs < Minute)).ShouldBe([10m, 9m, 12m, 11m]);
        Turns(trades.Where(trade => trade.TimeMs >= Minute)).ShouldBe([11m, 11.5m, 8m, 9m]);
        trades.ShouldAllBe(trade => trade.Quantity.Value > 0m && trade.Quantity.Value % 0.1m == 0m || trade.Quantity.Value == 0m);
    }

    [Fact]
    public async Task A_folder_plays_all_pairs_in_the_order_of_time_and_joins_files_of_one_pair()
    {
        Write("BTC-USD_1.csv", "0,10,12,9,11,1", "60000,11,11,11,11,1");
        Write("BTC-USD_2.csv", "120000,11,11,11,11,");
        Write("ETHUSDT.csv", "30000,5,5,5,5,2", "90000,5,6,5,6,2");
        Write("readme.txt", "not a candle file");
        var order = new List<(Symbol, long)>();
        RecordingSink? sink = null;
        sink = new RecordingSink { OnEvent = symbol => order.Add((symbol, sink!.Symbols[symbol].Trades[^1].TimeMs)) };
        await using var source = Source(new ReplayOptions { Path = _folder, Speed = "max" });
        var instruments = await source.LoadInstruments(default);
        instruments.Select(instrument => (instrument.Symbol.Value, instrument.Base.Code, instrument.Quote.Code)).Order()
            .ShouldBe([("BTCUSD", "BTC", "USD"), ("ETHUSDT", "ETH", "USDT")]);
        await source.Run(sink, default);
        order.Zip(order.Skip(1)).ShouldAllBe(pair => pair.Second.Item2 >= pair.First.Item2);
        sink.Symbols[new Symbol("BTCUSD")].Trades[^1].TimeMs.ShouldBe((3 * Minute) - 1);
        sink.Symbols[new Symbol("BTCUSD")].Trades[^1].Quantity.Value.ShouldBe(0m, "this row has no volume");
    }

    [Fact]
    public async Task Files_of_one_pair_that_overlap_and_other_wrong_input_are_refused_by_name()
    {
        Write("BTCUSDT_1.csv", "0,10,12,9,11,1", "60000,11,11,11,11,1");
        var second = Write("BTCUSDT_2.csv", "60000,11,11,11,11,1");
        await using var source = Source(new ReplayOptions { Path = _folder });
        (await Should.ThrowAsync<InvalidDataException>(() => source.LoadInstruments(default))).Message.ShouldStartWith($"{second} overlaps ");

        var broken = Write("ETHUSDT.csv", "0,10,12,9,11,1", "0,10,12,9,11,1");
        await using var twice = Source(new ReplayOptions { Path = broken });
        (await Should.ThrowAsync<InvalidDataException>(() => twice.LoadInstruments(default))).Message.ShouldBe($"{broken}, line 3, column 1: open time 0 appears twice.");

        Wrong(new ReplayOptions { Path = Path.Combine(_folder, "none.csv") }, "does not exist");
        Wrong(new ReplayOptions { Path = broken, Speed = "fast" }, "Replay:Speed 'fast'");
        Wrong(new ReplayOptions { Path = broken, Speed = "0" }, "Replay:Speed '0'");
        Wrong(new ReplayOptions { Path = broken, Symbol = "B!" }, "Replay:Symbol 'B!'");
        Wrong(new ReplayOptions { Path = _folder, Symbol = "XRPUSDT" }, "holds no candle file (.csv, .csv.gz) of XRPUSDT");
        Wrong(new ReplayOptions { Path = Write("-.csv", "0,1,1,1,1,1") }, "give it with Replay:Symbol");
        var late = Write("LTCUSDT.csv", "0,10,12,9,11,1");
        await using var beyond = Source(new ReplayOptions { Path = late, From = DateTimeOffset.UnixEpoch.AddDays(1) });
        (await Should.ThrowAsync<InvalidDataException>(() => beyond.LoadInstruments(default))).Message.ShouldContain("lies after the data's end");

        static void Wrong(ReplayOptions options, string message) =>
            Should.Throw<InvalidDataException>(() => Source(options)).Message.ShouldContain(message);
    }

    [SharedFact("data/candles/binance_spot_1m")]
    public async Task History_before_the_start_comes_from_the_same_file_in_every_timeframe_and_never_from_the_future()
    {
        var path = SharedData.Path("data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz");
        var from = DateTimeOffset.Parse("2024-08-05T12:00:00Z");
        await using var source = Source(new ReplayOptions { Path = path, From = from, Pause = true });
        var symbol = (await source.LoadInstruments(default))[0].Symbol;
        source.Control.PositionMs.ShouldBe(from.ToUnixTimeMilliseconds());

        var minutes = await source.FetchCandles(symbol, Timeframe.Minute, 0, long.MaxValue, 1_000, default);
        minutes.Count.ShouldBe(1_000);
        minutes[^1].OpenTimeMs.ShouldBe(from.ToUnixTimeMilliseconds() - Minute);
        var hours = await source.FetchCandles(symbol, Timeframe.Parse("1h"), 0, long.MaxValue, 1_000, default);
        hours[0].OpenTimeMs.ShouldBe(DateTimeOffset.Parse("2024-07-26T15:00:00Z").ToUnixTimeMilliseconds());
        hours[^1].OpenTimeMs.ShouldBe(DateTimeOffset.Parse("2024-08-05T11:00:00Z").ToUnixTimeMilliseconds());
        hours[^1].Volume.Value.ShouldBe(minutes.TakeLast(60).Sum(minute => minute.Volume.Value));
        (await source.FetchCandles(symbol, Timeframe.Parse("1M"), 0, long.MaxValue, 10, default)).ShouldBeEmpty("no whole month lies before");
        (await source.FetchCandles(new Symbol("ETHUSDT"), Timeframe.Minute, 0, long.MaxValue, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Minutes_of_an_hourly_file_are_those_its_replay_shows()
    {
        var path = Write("BTCUSDT.csv", "0,10,12,9,11,60", "3600000,11,13,10,12,30");
        await using var source = Source(new ReplayOptions { Path = path, Speed = "max" });
        var sink = new RecordingSink();
        await source.Run(sink, default);
        var minutes = await source.FetchCandles(new Symbol("BTCUSDT"), Timeframe.Minute, 0, 3_600_000, 1_000, default);
        minutes.Count.ShouldBe(60);
        minutes.Sum(minute => minute.Volume.Value).ShouldBe(60m);
        var ended = new List<EndedCandle>();
        var builder = new CandleBuilder();
        sink.Symbols[new Symbol("BTCUSDT")].Trades.ForEach(trade => builder.Add(trade, ended));
        minutes.ShouldBe(ended.Take(60).Select(candle => candle.Candle));
    }

    [Fact]
    public async Task Paused_it_waits_for_play_and_a_loop_goes_on_in_time()
    {
        var path = Write("BTCUSDT.csv", "0,10,12,9,11,1", "60000,11,11,11,11,1");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var count = 0;
        var sink = new RecordingSink { OnEvent = _ => { if (++count == 60) stop.Cancel(); } };
        await using var source = Source(new ReplayOptions { Path = path, Speed = "max", Pause = true, Loop = true });
        await Task.WhenAll(
            Should.ThrowAsync<OperationCanceledException>(() => source.Run(sink, stop.Token)),
            PlayWhenPaused(source, sink, stop.Token));

        var trades = sink.Symbols[new Symbol("BTCUSDT")].Trades;
        trades.Select(trade => trade.Id).ShouldBe(Enumerable.Range(1, 60).Select(i => (long)i));
        trades[26].TimeMs.ShouldBe(2 * Minute);
        trades[52].TimeMs.ShouldBe(4 * Minute);
        sink.States.Select(state => state.State).ShouldBe([PriceSourceState.Connecting, PriceSourceState.Paused, PriceSourceState.Live]);
        source.Control.ToMs.ShouldBe(6 * Minute);
        var history = await source.FetchCandles(new Symbol("BTCUSDT"), Timeframe.Minute, 0, long.MaxValue, 3, default);
        history.Select(candle => candle.OpenTimeMs).ShouldBe([Minute, 2 * Minute, 3 * Minute]);
    }

    [Fact]
    public async Task Speed_60_plays_a_minute_in_a_second_and_skips_holes()
    {
        var path = Write("BTCUSDT.csv", "0,10,12,9,11,1", "60000,11,11,11,11,1", "86400000,11,11,11,11,1");
        await using var source = Source(new ReplayOptions { Path = path, Speed = "60" });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await source.Run(new RecordingSink(), default);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2.7), TimeSpan.FromSeconds(12));
    }

    private static async Task PlayWhenPaused(ReplaySource source, RecordingSink sink, CancellationToken cancellation)
    {
        while (sink.States.All(state => state.State != PriceSourceState.Paused))
            await Task.Delay(10, cancellation);
        sink.Symbols[new Symbol("BTCUSDT")].Trades.ShouldBeEmpty();
        source.Control.Play();
    }

    private static async Task<int> Rebuild(string file, string step)
    {
        var path = SharedData.Path($"data/candles/{file}.csv.gz");
        using var csv = new CandleCsv(path);
        var builder = new CandleBuilder();
        var rollup = new CandleRollup(Timeframe.Parse(step));
        var (minutes, spans, compared) = (new List<EndedCandle>(), new List<EndedCandle>(), 0);
        await using var source = Source(new ReplayOptions { Path = path, Speed = "max" });
        var sink = new RecordingSink();
        var symbol = (RecordingSymbol)sink.Open((await source.LoadInstruments(default))[0].Symbol);
        symbol.Seen = seen =>
        {
            symbol.Trades.Clear();
            Take((MarketTrade)seen);
        };
        await source.Run(sink, default);
        Take(new MarketTrade(builder.LastId!.Value + 1, new Core.Price(1m), default, source.Control.ToMs, false));
        csv.Read().ShouldBeFalse();
        return compared;

        void Take(in MarketTrade trade)
        {
            builder.Add(trade, minutes).ShouldBe(TradeOutcome.Counted);
            minutes.ForEach(minute => rollup.Add(minute, spans));
            foreach (var span in spans)
            {
                csv.Read().ShouldBeTrue();
                span.Complete.ShouldBeTrue();
                var built = span.Candle;
                (built.OpenTimeMs, built.Open, built.High, built.Low, built.Close, built.Volume).ShouldBe(
                    (csv.Current.OpenTimeMs, csv.Current.Open, csv.Current.High, csv.Current.Low, csv.Current.Close, csv.Current.Volume));
                compared++;
            }

            minutes.Clear();
            spans.Clear();
        }
    }

    private static List<decimal> Turns(IEnumerable<MarketTrade> trades)
    {
        var prices = trades.Select(trade => trade.Price.Value).ToList();
        List<decimal> turns = [prices[0]];
        for (var i = 1; i < prices.Count - 1; i++)
        {
            if (Math.Sign(prices[i] - prices[i - 1]) != Math.Sign(prices[i + 1] - prices[i]))
                turns.Add(prices[i]);
        }

        turns.Add(prices[^1]);
        return turns;
    }

    private static async Task<RecordingSink> Play(string path)
    {
        await using var source = Source(new ReplayOptions { Path = path, Speed = "max" });
        var sink = new RecordingSink();
        await source.Run(sink, default);
        return sink;
    }

    private static ReplaySource Source(ReplayOptions options) => new(options, TimeProvider.System);

    private string Write(string name, params string[] rows)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, [CandleCsv.Header, .. rows]);
        return path;
    }
}
