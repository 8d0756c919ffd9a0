using Lastro.Core.Markets;
using Lastro.Exchanges.Replay;
using Lastro.Exchanges.Files;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Tests.Replay;

public sealed class StreamReplayTests
{
    private const string Stream = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private static readonly long At2354 = DateTimeOffset.Parse("2024-08-08T23:54:00Z").ToUnixTimeMilliseconds();
    private static readonly Symbol Btc = new("BTCUSDT");

    [SharedFact(Stream)]
    public async Task The_recording_gives_Binances_minutes_and_a_book_that_equals_all_564_quotes_of_the_same_update()
    {
        await using var source = Source(new ReplayOptions { Path = SharedData.Path(Stream), Speed = "max" });
        source.Info.ShouldBe(new PriceSourceInfo("replay", Simulated: false, HasDepth: true, ReplayClock: true));
        var btc = (await source.LoadInstruments(default)).ShouldHaveSingleItem();
        (btc.Symbol, btc.Base.Code, btc.Quote.Code, btc.TickSize, btc.StepSize, btc.MinNotional).ShouldBe((Btc, "BTC", "USDT", 0.01m, 0.00001m, 5m));

        var sink = new RecordingSink();
        var tops = new Dictionary<long, BookTop>();
        var afterDepth = new Dictionary<long, (BookLevel Bid, BookLevel Ask)>();
        var symbol = (RecordingSymbol)sink.Open(Btc);
        symbol.Seen = seen =>
        {
            if (seen is BookTop top)
                tops[top.UpdateId] = top;
            else if (seen is Depth depth)
                afterDepth[depth.FinalUpdateId] = (symbol.Book.Bid(0), symbol.Book.Ask(0));
        };
        await source.Run(sink, default);

        (symbol.Trades.Count, symbol.Tops.Count).ShouldBe((9_757, 28_040));
        symbol.Depths[0].Snapshot.ShouldBeTrue();
        symbol.Depths.Count.ShouldBeInRange(3_440, 3_452);
        var compared = 0;
        foreach (var (update, (bid, ask)) in afterDepth)
        {
            if (!tops.TryGetValue(update, out var top))
                continue;
            (bid, ask).ShouldBe((new BookLevel(top.Bid, top.BidQuantity), new BookLevel(top.Ask, top.AskQuantity)));
            compared++;
        }

        compared.ShouldBe(564);
        CompareMinutes(symbol.Trades);
        sink.States.Select(state => state.State).ShouldBe([PriceSourceState.Connecting, PriceSourceState.Live, PriceSourceState.Ended]);
        source.Control.Ended.ShouldBeTrue();
        source.Control.PositionMs.ShouldBeGreaterThanOrEqualTo(symbol.Trades[^1].TimeMs);
    }

    [SharedFact(Stream)]
    public async Task History_holds_only_minutes_that_were_whole_before_the_position()
    {
        var options = new ReplayOptions { Path = SharedData.Path(Stream), Speed = "max", From = DateTimeOffset.Parse("2024-08-08T23:57:30Z") };
        await using var source = Source(options);
        await source.LoadInstruments(default);
        (await Minutes(source)).ShouldBe([At2354 + 60_000, At2354 + 120_000]);

        var sink = new RecordingSink();
        await source.Run(sink, default);
        var symbol = sink.Symbols[Btc];
        symbol.Depths[0].Snapshot.ShouldBeTrue("the book from before the start comes first");
        symbol.Depths[0].Bids.Count.ShouldBeGreaterThan(500);
        symbol.Book.Crossed.ShouldBeFalse();
        symbol.Trades[0].TimeMs.ShouldBeGreaterThan(At2354 + 209_000);
        (await Minutes(source)).ShouldBe(Enumerable.Range(1, 5).Select(i => At2354 + (i * 60_000)));

        static async Task<IEnumerable<long>> Minutes(ReplaySource source) =>
            (await source.FetchCandles(Btc, Timeframe.Minute, 0, long.MaxValue, 100, default)).Select(candle => candle.OpenTimeMs);
    }

    [SharedFact(Stream)]
    public async Task A_loop_goes_on_with_rising_times_and_ids_and_never_calls_the_seam_complete()
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        var sink = new RecordingSink { OnEvent = _ => { if (++count == 90_000) stop.Cancel(); } };
        await using var source = Source(new ReplayOptions { Path = SharedData.Path(Stream), Speed = "max", Loop = true });
        await Should.ThrowAsync<OperationCanceledException>(() => source.Run(sink, stop.Token));

        var symbol = sink.Symbols[Btc];
        symbol.BooksLost.ShouldBe(2);
        symbol.Trades.Zip(symbol.Trades.Skip(1)).ShouldAllBe(pair => pair.Second.Id > pair.First.Id && pair.Second.TimeMs >= pair.First.TimeMs);
        var ended = new List<EndedCandle>();
        var builder = new CandleBuilder();
        symbol.Trades.ForEach(trade => builder.Add(trade, ended));
        ended.Count(candle => candle.Complete).ShouldBe(10, "five whole minutes of each whole round");
        builder.MissingTrades.ShouldBe(2);
        var history = await source.FetchCandles(Btc, Timeframe.Minute, 0, long.MaxValue, 100, default);
        history.Select(candle => candle.OpenTimeMs).ShouldBe(ended.Where(candle => candle.Complete).Select(candle => candle.Candle.OpenTimeMs));
    }

    [Fact]
    public async Task A_broken_line_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lastro-{Guid.NewGuid():N}.txt");
        const string trade = """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63","q":"0.02","T":1723161255342,"m":true,"M":true}}""";
        try
        {
            await File.WriteAllTextAsync(path, $"1723161254087896568 {trade}\n1723161254087896569 {{\"stream\":\"btcus\n");
            await using var broken = Source(new ReplayOptions { Path = path });
            (await Should.ThrowAsync<InvalidDataException>(() => broken.LoadInstruments(default))).Message.ShouldStartWith($"{path}, line 2: ");

            await File.WriteAllTextAsync(path, $"1723161254087896568 {trade}\n{trade}\n");
            await using var unstamped = Source(new ReplayOptions { Path = path });
            (await Should.ThrowAsync<InvalidDataException>(() => unstamped.LoadInstruments(default))).Message.ShouldContain("line 2: a line must be the receive time");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void CompareMinutes(List<MarketTrade> trades)
    {
        using var csv = new CandleCsv(SharedData.Path("data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz"));
        var theirs = new Dictionary<long, Candle>();
        while (csv.Read())
            theirs[csv.Current.OpenTimeMs] = csv.Current;
        var ended = new List<EndedCandle>();
        var builder = new CandleBuilder();
        trades.ForEach(trade => builder.Add(trade, ended));
        (ended[0].Candle.OpenTimeMs, ended[0].Complete).ShouldBe((At2354, false));
        var complete = ended.Where(candle => candle.Complete).Select(candle => candle.Candle).ToList();
        complete.Select(candle => candle.OpenTimeMs).ShouldBe(Enumerable.Range(1, 5).Select(i => At2354 + (i * 60_000)));
        foreach (var candle in complete)
        {
            candle.ShouldBe(theirs[candle.OpenTimeMs] with
            {
                QuoteVolume = candle.QuoteVolume,
                TakerBuyVolume = candle.TakerBuyVolume,
                TakerBuyQuoteVolume = candle.TakerBuyQuoteVolume,
                Trades = candle.Trades,
            });
        }
    }

    private static ReplaySource Source(ReplayOptions options) => new(options, TimeProvider.System);
}
