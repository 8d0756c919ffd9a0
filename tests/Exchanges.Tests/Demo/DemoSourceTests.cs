using System.Diagnostics;
using Lastro.Core.Markets;
using Lastro.Exchanges.Demo;
using Lastro.Exchanges.Shared;
using Lastro.Exchanges.Tests.Replay;

namespace Lastro.Exchanges.Tests.Demo;

public sealed class DemoSourceTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-21T10:17:33.250Z");
    private static readonly Symbol Btc = new("BTCUSDT");

    [Fact]
    public async Task It_offers_about_twenty_pairs_and_says_that_it_is_simulated()
    {
        await using var source = new DemoSource(1, new HandClock(Now));
        source.Info.ShouldBe(new PriceSourceInfo("demo", Simulated: true, HasDepth: true, ReplayClock: false));
        var pairs = await source.LoadInstruments(default);
        pairs.Count.ShouldBe(20);
        pairs.Select(pair => pair.Symbol.Value).ShouldContain("USDTBRL");
        pairs.Count(pair => pair.Quote.Code == "BRL").ShouldBe(4);
        pairs.ShouldAllBe(pair => pair.Trading && pair.TickSize > 0 && pair.StepSize > 0 && pair.MinNotional >= 1);
    }

    [Fact]
    public async Task Every_interval_has_a_thousand_candles_at_the_first_start_that_chain_and_lie_on_the_grid()
    {
        await using var source = new DemoSource(1, new HandClock(Now));
        foreach (var pair in (await source.LoadInstruments(default)).Where(pair => pair.Symbol.Value is "BTCUSDT" or "PEPEUSDT" or "USDTBRL" or "ETHBRL"))
        {
            foreach (var timeframe in Timeframe.All)
            {
                var candles = await source.FetchCandles(pair.Symbol, timeframe, long.MinValue / 4, long.MaxValue, 1_000, default);
                candles.Count.ShouldBe(1_000, $"{pair.Symbol} {timeframe}");
                timeframe.NextOpen(candles[^1].OpenTimeMs).ShouldBe(timeframe.OpenOf(Now.ToUnixTimeMilliseconds()));
                candles.Zip(candles.Skip(1)).Count(next => next.Second.OpenTimeMs == timeframe.NextOpen(next.First.OpenTimeMs)
                    && next.Second.Open == next.First.Close).ShouldBe(999);
                candles.Count(candle => candle.Low.Value > 0 && candle.Low <= candle.Open && candle.Low <= candle.Close
                    && candle.High >= candle.Open && candle.High >= candle.Close && candle.Volume.Value > 0
                    && candle.High.Value % pair.TickSize == 0m && candle.Low.Value % pair.TickSize == 0m
                    && candle.Volume.Value % pair.StepSize == 0m).ShouldBe(1_000);
            }
        }
    }

    [Fact]
    public async Task Longer_candles_are_the_sum_of_shorter_ones()
    {
        await using var source = new DemoSource(1, new HandClock(Now));
        foreach (var (target, part, count) in new[] { ("1h", "1m", 3), ("15m", "1m", 8), ("1d", "1h", 4), ("12h", "30m", 4), ("1w", "4h", 2), ("1M", "1d", 3) })
        {
            var (longer, shorter) = (Timeframe.Parse(target), Timeframe.Parse(part));
            var whole = await source.FetchCandles(Btc, longer, 0, long.MaxValue, count, default);
            whole.Count.ShouldBe(count);
            foreach (var candle in whole)
            {
                var parts = await source.FetchCandles(Btc, shorter, candle.OpenTimeMs, longer.NextOpen(candle.OpenTimeMs), 20_000, default);
                (parts[0].OpenTimeMs, parts[0].Open, parts[^1].Close).ShouldBe((candle.OpenTimeMs, candle.Open, candle.Close));
                parts.Max(each => each.High.Value).ShouldBe(candle.High.Value);
                parts.Min(each => each.Low.Value).ShouldBe(candle.Low.Value);
                parts.Sum(each => each.Volume.Value).ShouldBe(candle.Volume.Value);
                parts.Sum(each => each.Trades).ShouldBe(candle.Trades);
            }
        }
    }

    [Fact]
    public async Task What_is_delivered_live_is_what_history_then_shows_and_a_restart_goes_on_where_time_is()
    {
        var clock = new HandClock(Now);
        var sink = new RecordingSink();
        await using (var first = new DemoSource(1, clock))
            await Play(first, sink, clock, TimeSpan.FromSeconds(140));
        var symbol = sink.Symbols[Btc];
        var soFar = symbol.Trades.Count;
        await using var second = new DemoSource(1, clock);
        await Play(second, sink, clock, TimeSpan.FromSeconds(100));

        var trades = symbol.Trades.Take(soFar).Concat(symbol.Trades.Skip(soFar).Where(trade => trade.Id > symbol.Trades[soFar - 1].Id)).ToList();
        trades.Zip(trades.Skip(1)).ShouldAllBe(pair => pair.Second.Id == pair.First.Id + 1 && pair.Second.TimeMs >= pair.First.TimeMs);
        var (builder, ended, gate) = (new CandleBuilder(), new List<EndedCandle>(), new SanityGate(SanityLimits.Live));
        var passed = new List<MarketTrade>();
        foreach (var trade in trades)
        {
            gate.Check(trade, trade.TimeMs, passed).ShouldBe(SanityReason.None);
            builder.Add(trade, ended);
        }

        var complete = ended.Where(candle => candle.Complete).Select(candle => candle.Candle).ToList();
        complete[0].OpenTimeMs.ShouldBe(Timeframe.Minute.OpenOf(Now.ToUnixTimeMilliseconds()), "the running minute is whole from its start");
        complete.Count.ShouldBe(4);
        var history = await second.FetchCandles(Btc, Timeframe.Minute, complete[0].OpenTimeMs, long.MaxValue, 100, default);
        history.ShouldBe(complete);
        var before = await second.FetchCandles(Btc, Timeframe.Minute, 0, complete[0].OpenTimeMs, 1, default);
        before[0].Close.ShouldBe(complete[0].Open);
    }

    [Fact]
    public async Task The_book_follows_the_price_is_never_crossed_and_changes_add_up()
    {
        var clock = new HandClock(Now);
        var sink = new RecordingSink();
        await using var source = new DemoSource(3, clock);
        foreach (var pair in await source.LoadInstruments(default))
        {
            var symbol = (RecordingSymbol)sink.Open(pair.Symbol);
            long? update = null;
            symbol.Seen = seen =>
            {
                if (seen is Depth depth)
                {
                    depth.Snapshot.ShouldBe(update is null);
                    depth.FirstUpdateId.ShouldBe(update + 1 ?? depth.FirstUpdateId);
                    update = depth.FinalUpdateId;
                    symbol.Book.Crossed.ShouldBeFalse();
                    (symbol.Book.BidCount, symbol.Book.AskCount).ShouldBe((DemoBook.Levels, DemoBook.Levels));
                }
                else if (seen is BookTop top)
                {
                    (symbol.Book.Bid(0), symbol.Book.Ask(0), symbol.Book.UpdateId).ShouldBe(
                        (new BookLevel(top.Bid, top.BidQuantity), new BookLevel(top.Ask, top.AskQuantity), top.UpdateId));
                    (top.Ask.Value - top.Bid.Value).ShouldBeLessThanOrEqualTo(Math.Max(pair.TickSize, top.Ask.Value * 0.002m));
                    symbol.Trades[^1].Price.Value.ShouldBeInRange(top.Bid.Value, top.Ask.Value);
                }
            };
        }

        await Play(source, sink, clock, TimeSpan.FromSeconds(60));
        sink.Symbols.Count.ShouldBe(20);
        sink.Symbols.Values.ShouldAllBe(symbol => symbol.Tops.Count > 20 && symbol.Tops.Count < 700);
        sink.Symbols.Values.Sum(symbol => symbol.Trades.Count).ShouldBeInRange(800, 4_000);
    }

    [Fact]
    public async Task Prices_stay_near_home_move_together_and_calm_and_wild_days_cluster()
    {
        await using var source = new DemoSource(1, new HandClock(Now));
        var day = Timeframe.Parse("1d");
        var btc = Returns(await source.FetchCandles(Btc, day, long.MinValue / 4, long.MaxValue, 3_000, default));
        var eth = Returns(await source.FetchCandles(new Symbol("ETHUSDT"), day, long.MinValue / 4, long.MaxValue, 3_000, default));
        Correlation(btc, eth).ShouldBeInRange(0.6, 0.98);
        Math.Sqrt(btc.Average(value => value * value)).ShouldBeInRange(0.012, 0.06);
        var size = btc.Select(Math.Abs).ToList();
        Correlation(size[..^1], size[1..]).ShouldBeGreaterThan(0.05, "a wild day follows a wild day");
        foreach (var pair in DemoPairs.All)
        {
            var months = await source.FetchCandles(new Symbol(pair.Name), Timeframe.Parse("1M"), long.MinValue / 4, long.MaxValue, 300, default);
            months.Min(month => month.Low.Value).ShouldBeGreaterThan(pair.Price / 60);
            months.Max(month => month.High.Value).ShouldBeLessThan(pair.Price * 60);
        }

        var hours = (await source.FetchCandles(Btc, Timeframe.Parse("1h"), 0, long.MaxValue, 5_000, default), await source.FetchCandles(new Symbol("SOLUSDT"), Timeframe.Parse("1h"), 0, long.MaxValue, 5_000, default));
        Correlation(Returns(hours.Item1), Returns(hours.Item2)).ShouldBeInRange(0.3, 0.95);
    }

    [Fact]
    public async Task Seeds_give_different_markets_and_it_is_ready_at_once()
    {
        var clock = Stopwatch.StartNew();
        await using var one = new DemoSource(1, new HandClock(Now));
        await one.LoadInstruments(default);
        var candles = await one.FetchCandles(Btc, Timeframe.Minute, 0, long.MaxValue, 1_000, default);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await using var two = new DemoSource(2, new HandClock(Now));
        (await two.FetchCandles(Btc, Timeframe.Minute, 0, long.MaxValue, 1_000, default))[^1].Close.ShouldNotBe(candles[^1].Close);
        (await one.FetchCandles(new Symbol("NOPE"), Timeframe.Minute, 0, long.MaxValue, 10, default)).ShouldBeEmpty();
    }

    private static async Task Play(DemoSource source, RecordingSink sink, HandClock clock, TimeSpan length)
    {
        using var stop = new CancellationTokenSource();
        var end = clock.GetUtcNow() + length;
        clock.OnBeat = now =>
        {
            if (now >= end)
                stop.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => source.Run(sink, stop.Token));
    }

    private static List<double> Returns(IReadOnlyList<Candle> candles) =>
        [.. candles.Zip(candles.Skip(1), (before, after) => Math.Log((double)(after.Close.Value / before.Close.Value)))];

    private static double Correlation(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (x, y) = (left.Average(), right.Average());
        var together = left.Zip(right, (a, b) => (a - x) * (b - y)).Sum();
        return together / Math.Sqrt(left.Sum(a => (a - x) * (a - x)) * right.Sum(b => (b - y) * (b - y)));
    }
}
