using System.Collections.Concurrent;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Archive;

namespace Lastro.Server.Markets.Feed;

/// <summary>What the door answers about prices.</summary>
internal sealed class MarketReads(MarketBoard board, FollowLedger follows, CandleAllowance allowance, TimeProvider time)
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;

    /// <summary>Windows looked at in a row for candles that begin later than asked: a pair may have been halted for long.</summary>
    private const int MostWindows = 3;

    private static readonly TimeSpan _firstBook = TimeSpan.FromSeconds(2);
    private static readonly Timeframe _hour = Timeframe.Parse("1h");
    private static readonly Timeframe[] _finer = [Timeframe.Parse("1d"), _hour, Timeframe.Minute];

    private readonly ConcurrentDictionary<Symbol, long> _first = new();

    public DayTicker? Day(Symbol symbol)
    {
        if (board.Find(symbol) is not { } desk) return null;
        var (view, trade) = (desk.View, desk.View?.LastTrade);
        if (view?.Stats is { } stats)
        {
            return new DayTicker
            {
                Last = trade?.Price.Value ?? stats.Last,
                LastQuantity = trade?.Quantity.Value ?? 0m,
                Open = stats.Open,
                High = stats.High,
                Low = stats.Low,
                Volume = stats.Volume,
                QuoteVolume = stats.QuoteVolume ?? 0m,
                ChangePercent = stats.ChangePercent,
                Top = view.Top ?? default,
                Trades = stats.Trades,
                LastTradeId = trade?.Id ?? -1,
                CloseMs = view.AsOfMs,
            };
        }

        var coarse = desk.Coarse.GetValueOrDefault();
        return new DayTicker
        {
            Last = coarse.Last,
            Open = coarse.Open,
            High = coarse.High,
            Low = coarse.Low,
            Volume = coarse.Volume,
            QuoteVolume = coarse.QuoteVolume,
            ChangePercent = coarse.Open == 0m ? 0m : decimal.Round(100m * (coarse.Last - coarse.Open) / coarse.Open, 3, MidpointRounding.AwayFromZero),
            Top = view?.Top ?? default,
            LastTradeId = trade?.Id ?? -1,
            CloseMs = coarse.TimeMs > 0 ? coarse.TimeMs : board.Feed.NowMs,
        };
    }

    public async Task<BookRead> Book(Symbol symbol, int levels, CancellationToken cancellation)
    {
        if (board.Find(symbol) is not { } desk) return new BookRead(0, [], []);
        follows.Need(symbol);
        var begun = time.GetTimestamp();
        while (true)
        {
            var (ready, book) = await desk.Lane.Ask(lane => (lane.Book.Ready, Read(lane.Book, levels)), cancellation);
            if (ready || time.GetElapsedTime(begun) >= _firstBook || board.Running is not { Source.Info.HasDepth: true }) return book;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }

    public async Task<IReadOnlyList<MarketTrade>> Trades(Symbol symbol, CancellationToken cancellation)
    {
        if (board.Find(symbol) is not { } desk) return [];
        follows.Need(symbol);
        return await desk.Lane.Ask(_ => desk.Views?.Kept() ?? [], cancellation);
    }

    public async Task<IReadOnlyList<Candle>> Candles(Symbol symbol, Timeframe interval, CandleSpan span, CancellationToken cancellation)
    {
        var now = board.Feed.NowMs;
        if (board.Find(symbol) is not { } desk || board.Running is not { } running || now == 0) return [];
        follows.Need(symbol);
        // The lane first: a candle that closes in between is then in the archive's answer, which counts more.
        var tail = await desk.Lane.Ask(_ => desk.Candles.Tail(interval), cancellation);
        var end = Math.Min(span.ToMs, now) + 1;
        var from = Math.Max(0, span.FromMs ?? 0);
        var found = new SortedDictionary<long, Candle>();
        foreach (var live in tail.Where(live => live.Candle.OpenTimeMs >= from && live.Candle.OpenTimeMs < end)) found[live.Candle.OpenTimeMs] = live.Candle;
        if (span.FromMs is null)
        {
            if (end > 0) Add(found, await running.History.Closed(symbol, interval, end, span.Limit, cancellation, May(span.Asker)), from);
            return [.. found.Values.Skip(Math.Max(0, found.Count - span.Limit))];
        }

        await AddFrom(found, (running.History, symbol, interval), span with { FromMs = from, ToMs = end }, cancellation);
        return [.. found.Values.Take(span.Limit)];
    }

    /// <summary>Minutes to the next full hour, hours, minutes to now: the fewest candles that cover it.</summary>
    public async Task<Candle?> Since(Symbol symbol, long fromMs, CancellationToken cancellation)
    {
        var now = board.Feed.NowMs;
        var hours = Math.Min(_hour.OpenOf(fromMs + HourMs - 1), _hour.OpenOf(now));
        var sum = default(Candle?);
        if (fromMs < hours) sum = Sum(sum, await Candles(symbol, Timeframe.Minute, new CandleSpan(fromMs, hours - 1, 60), cancellation));
        if (hours >= fromMs && hours < _hour.OpenOf(now))
            sum = Sum(sum, await Candles(symbol, _hour, new CandleSpan(hours, _hour.OpenOf(now) - 1, CandleHistory.MaxCandles), cancellation));
        return Sum(sum, await Candles(symbol, Timeframe.Minute, new CandleSpan(Math.Max(fromMs, _hour.OpenOf(now)), now, 61), cancellation));
    }

    private async Task AddFrom(
        SortedDictionary<long, Candle> found, (CandleHistory History, Symbol Symbol, Timeframe Interval) of, CandleSpan span, CancellationToken cancellation)
    {
        var (from, end) = (span.FromMs ?? 0, span.ToMs);
        var first = of.Interval.OpenOf(Math.Min(from, end));
        if (first < from) first = of.Interval.NextOpen(first);
        var count = 0;
        for (var window = 0; window < MostWindows && first < end && count < span.Limit; window++)
        {
            var bound = Math.Min(After(of.Interval, first, span.Limit), end);
            var closed = await of.History.Closed(of.Symbol, of.Interval, bound, span.Limit, cancellation, May(span.Asker));
            count += Add(found, closed, first);
            first = bound;
            if (window == 0 && count == 0 && first < end) first = Math.Max(first, of.Interval.OpenOf(await First(of.History, of.Symbol, cancellation)));
        }

        // What the lane still has beyond the last window would leave a gap before it.
        foreach (var later in found.Keys.Where(open => open >= first && first < end).ToList()) found.Remove(later);
    }

    /// <summary>The first minute the source has of a pair: by months, then finer and finer.</summary>
    private async Task<long> First(CandleHistory history, Symbol symbol, CancellationToken cancellation)
    {
        if (_first.TryGetValue(symbol, out var known)) return known;
        var now = board.Feed.NowMs;
        var month = Timeframe.Parse("1M");
        var months = await history.Closed(symbol, month, now, CandleHistory.MaxCandles, cancellation);
        var (at, end) = months is [var oldest, ..] ? (oldest.OpenTimeMs, month.NextOpen(oldest.OpenTimeMs)) : (month.OpenOf(now), now);
        foreach (var step in _finer)
        {
            var before = Math.Min(end, step.OpenOf(now));
            var closed = await history.Closed(symbol, step, before, (int)Math.Max(1, (before - at) / step.LengthMs), cancellation);
            if (closed is not [var first, ..]) continue;
            (at, end) = (first.OpenTimeMs, step.NextOpen(first.OpenTimeMs));
        }

        if (months.Count > 0) _first[symbol] = at;
        return at;
    }

    private Func<int, bool>? May(string? asker) => asker is null ? null : candles => allowance.Take(asker, candles);

    private static int Add(SortedDictionary<long, Candle> found, IReadOnlyList<Candle> closed, long fromMs)
    {
        var count = 0;
        foreach (var candle in closed)
        {
            if (candle.OpenTimeMs < fromMs) continue;
            found[candle.OpenTimeMs] = candle;
            count++;
        }

        return count;
    }

    private static Candle? Sum(Candle? before, IReadOnlyList<Candle> candles)
    {
        var sum = before;
        foreach (var next in candles)
        {
            sum = sum is not { } so
                ? next
                : so with
                {
                    High = so.High > next.High ? so.High : next.High,
                    Low = so.Low < next.Low ? so.Low : next.Low,
                    Close = next.Close,
                    Volume = new Quantity(so.Volume.Value + next.Volume.Value),
                    QuoteVolume = so.QuoteVolume + next.QuoteVolume,
                    Trades = so.Trades + next.Trades,
                };
        }

        return sum;
    }

    private static long After(Timeframe interval, long openMs, int count) => interval.LengthMs > 0
        ? openMs + (interval.LengthMs * count)
        : DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(count).ToUnixTimeMilliseconds();

    private static BookRead Read(OrderBook book, int levels)
    {
        var (bids, asks) = (new BookLevel[Math.Min(levels, book.BidCount)], new BookLevel[Math.Min(levels, book.AskCount)]);
        for (var i = 0; i < bids.Length; i++) bids[i] = book.Bid(i);
        for (var i = 0; i < asks.Length; i++) asks[i] = book.Ask(i);
        return new BookRead(book.UpdateId, bids, asks);
    }
}
