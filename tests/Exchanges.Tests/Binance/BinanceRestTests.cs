using System.Diagnostics;
using System.Globalization;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Tests.Binance.Loopback;

namespace Lastro.Exchanges.Tests.Binance;

public sealed class BinanceRestTests
{
    private const long LastOpen = 1724595780000;

    [SharedFact(RestSamples.Candles)]
    public async Task Candles_are_the_newest_closed_ones_of_the_span_oldest_first()
    {
        await using var run = await Rig.Start();
        var rows = RestSamples.Minutes;
        var (from, to) = (rows[10_000].Open, rows[13_000].Open);
        var candles = await run.Source.FetchCandles(SourceRun.Pair, Timeframe.Minute, from, to, 2_500, CancellationToken.None);
        candles.Select(candle => candle.OpenTimeMs).ShouldBe(rows.Skip(10_500).Take(2_500).Select(row => row.Open));
        foreach (var (candle, row) in candles.Zip(rows.Skip(10_500)))
        {
            var text = row.Fields.Skip(1).Select(field => decimal.Parse(field, CultureInfo.InvariantCulture));
            new[] { candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value, candle.Volume.Value }.ShouldBe(text);
        }

        (await run.Source.FetchCandles(SourceRun.Pair, Timeframe.Minute, from, rows[10_007].Open, 1000, CancellationToken.None)).Count.ShouldBe(7);
        (await run.Source.FetchCandles(SourceRun.Pair, Timeframe.Minute, from, from, 1000, CancellationToken.None)).ShouldBeEmpty();
    }

    [SharedFact(RestSamples.Candles)]
    public async Task A_candle_that_the_exchanges_clock_has_not_ended_is_left_out()
    {
        // The server's clock stands at 23:54:14 of the recording's evening.
        await using var run = await Rig.Start();
        var running = 1723161240000;
        var candles = await run.Source.FetchCandles(SourceRun.Pair, Timeframe.Minute, running - 300_000, LastOpen, 5000, CancellationToken.None);
        candles[^1].OpenTimeMs.ShouldBe(running - 60_000);
    }

    [SharedFact(RestSamples.Candles)]
    public async Task Instruments_carry_the_filters_of_exchangeInfo()
    {
        await using var run = await Rig.Start();
        var instruments = await run.Source.LoadInstruments(CancellationToken.None);
        var bitcoin = instruments.Single(instrument => instrument.Symbol == SourceRun.Pair);
        (bitcoin.Base.Code, bitcoin.Quote.Code, bitcoin.TickSize, bitcoin.StepSize, bitcoin.MinQuantity, bitcoin.MaxQuantity, bitcoin.MinNotional, bitcoin.Trading)
            .ShouldBe(("BTC", "USDT", 0.01m, 0.00001m, 0.00001m, 9000m, 5m, true));
        instruments.Select(instrument => instrument.Symbol.Value).ShouldContain("BTCBRL");
    }

    [SharedFact(RestSamples.Candles)]
    public async Task During_a_ban_calls_fail_at_once_and_nothing_is_sent()
    {
        await using var run = await Rig.Start();
        run.Server.Faults.Arm("418", 1);
        var first = await Should.ThrowAsync<HttpRequestException>(() => run.Source.LoadInstruments(CancellationToken.None));
        first.Message.ShouldContain("418");
        var sent = run.Server.Limits.Requests;
        var budget = new WeightBudget(5000, TimeProvider.System);
        budget.Refused(TimeSpan.FromSeconds(60));
        using var rest = new BinanceRest(SourceRun.Quick(run.Server), budget, TimeProvider.System);
        var second = await Should.ThrowAsync<HttpRequestException>(() => rest.Instruments(CancellationToken.None));
        second.Message.ShouldContain("silence until");
        run.Server.Limits.Requests.ShouldBe(sent);
        run.Server.Limits.Breaches.ShouldBeEmpty();
    }

    [SharedFact(RestSamples.Candles)]
    public async Task Reachable_tells_a_live_server_from_a_dead_one_and_from_a_slow_one()
    {
        await using (var run = await Rig.Start())
            (await run.Source.Reachable(TimeSpan.FromSeconds(5), CancellationToken.None)).ShouldBeTrue();
        await using var nobody = new BinancePriceSource(new BinanceOptions { RestUrl = new Uri("http://127.0.0.1:1") }, TimeProvider.System, 1);
        (await nobody.Reachable(TimeSpan.FromSeconds(5), CancellationToken.None)).ShouldBeFalse();
        using var mute = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        await using var slow = new BinancePriceSource(new BinanceOptions { RestUrl = new Uri($"http://{mute.LocalEndpoint}") }, TimeProvider.System, 1);
        var start = Stopwatch.GetTimestamp();
        (await slow.Reachable(TimeSpan.FromMilliseconds(200), CancellationToken.None)).ShouldBeFalse();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [SharedFact(RestSamples.Candles)]
    public async Task Many_pairs_are_spread_over_connections_within_every_limit()
    {
        await using var run = await Rig.Start();
        for (var pair = 0; pair < 300; pair++)
            run.Source.Follow(new Symbol($"COIN{pair}USDT"));
        using var life = new CancellationTokenSource();
        var sink = new RecordingSink();
        var running = run.Source.Run(sink, life.Token);
        var start = Stopwatch.GetTimestamp();
        while (run.Server.Limits.MostStreams < 997 || sink.Pairs.Count < 300)
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(20);
        }

        await life.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        run.Server.Limits.Connects.ShouldBe(2);
        run.Server.Limits.MostStreams.ShouldBeLessThanOrEqualTo(1024);
        run.Server.Limits.MostMessagesInASecond.ShouldBeLessThanOrEqualTo(5);
        run.Server.Limits.Breaches.Where(breach => !breach.Contains("COIN")).ShouldBeEmpty();
    }

    private sealed class Rig(LoopbackBinance server, BinancePriceSource source) : IAsyncDisposable
    {
        public LoopbackBinance Server => server;

        public BinancePriceSource Source => source;

        public static async Task<Rig> Start()
        {
            var server = await LoopbackBinance.Start(100);
            var options = new BinanceOptions { RestUrl = server.Address, WebSocketUrl = server.WebSocketAddress };
            return new Rig(server, new BinancePriceSource(options, TimeProvider.System, 1));
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}
