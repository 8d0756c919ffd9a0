using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Takes what a pair's streams tell out of its lane. Writes no JSON and waits for nobody.</summary>
internal sealed class PairTap(SymbolLane lane, PairFigures figures, StreamMail mail, TimeProvider time) : ISymbolStage
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1_000);

    private readonly BookChanges _changes = new();
    private readonly List<KlineNews> _ended = [];
    private PairStreams? _streams;
    private PairPicture? _untold;
    private long _lastId = -1;
    private long _lastTradeMs;
    private long _slowAt = time.GetTimestamp();
    private bool _booked;
    private bool _bookedSlow;
    private bool _traded;
    private bool _topMissed;
    private bool _tradesLost;
    private bool _restarted;

    /// <summary>Any thread: the pair's streams, made when first asked for.</summary>
    public PairStreams Streams
    {
        get
        {
            if (Volatile.Read(ref _streams) is { } known) return known;
            var made = new PairStreams(lane.Symbol);
            return Interlocked.CompareExchange(ref _streams, made, null) ?? made;
        }
    }

    /// <summary>Any thread: true while anybody listens.</summary>
    public bool Watched => Volatile.Read(ref _streams) is { Watched: true };

    public void OnTrade(in MarketTrade trade)
    {
        (_lastId, _lastTradeMs, _traded) = (trade.Id, trade.TimeMs, true);
        if (Volatile.Read(ref _streams) is not { Watched: true } streams) return;
        TellEnded(streams);
        if (!streams.Trade.Watched && !streams.AggTrade.Watched) return;
        if (_tradesLost || !mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.Trade, NowMs = lane.NowMs, Trade = trade })) _tradesLost = true;
    }

    public void OnTop(in BookTop top)
    {
        if (Volatile.Read(ref _streams) is { Watched: true } streams && streams.BookTicker.Watched) TellTop(streams, top);
    }

    public void OnDepth(Depth depth)
    {
        (_booked, _bookedSlow) = (true, true);
        if (Volatile.Read(ref _streams) is not { Watched: true } streams) return;
        if (!Followed(streams) || !_changes.On) return;
        if (_changes.Add(depth, lane.Book)) return;
        _restarted = true;
        _changes.Start(lane.Book);
    }

    public void OnBookLost()
    {
        // The next snapshot is told as what it changes.
    }

    public void OnPulse(long nowMs)
    {
        if (Volatile.Read(ref _streams) is not { Watched: true } streams)
        {
            if (_changes.On) _changes.Stop();
            _ended.Clear();
            return;
        }

        TellEnded(streams);
        TellTrouble(streams, nowMs);
        if (_topMissed && lane.Top is { } top) TellTop(streams, top);
        Followed(streams);
        // What could not be told yet goes first: changes of a book may not be skipped.
        if (_untold is not null && !Tell(streams, _untold, nowMs)) return;
        var slow = time.GetElapsedTime(_slowAt) >= Slow;
        if (slow) _slowAt = time.GetTimestamp();
        _untold = Picture(streams, slow);
        if (_untold is not null) Tell(streams, _untold, nowMs);
    }

    /// <summary>Called in the lane when a candle has ended, before the trade that ended it is seen here.</summary>
    public void CandleEnded(Timeframe interval, in Candle candle, bool complete)
    {
        if (Volatile.Read(ref _streams) is not { Watched: true } streams) return;
        var place = Place(interval);
        if (!streams.Klines[place].Watched || _ended.Count > 1_000) return;
        // A candle that is mended later has trades long before the last one, whose id is not its own.
        _ended.Add(new KlineNews(place, candle, complete, _lastTradeMs < interval.NextOpen(candle.OpenTimeMs) ? _lastId : -1));
    }

    private static int Place(Timeframe interval)
    {
        for (var i = 0; i < Timeframe.All.Count; i++)
        {
            if (Timeframe.All[i] == interval) return i;
        }

        throw new ArgumentOutOfRangeException(nameof(interval));
    }

    /// <summary>Has the changes gathered exactly while somebody listens to them.</summary>
    private bool Followed(PairStreams streams)
    {
        var wanted = streams.Depth[0].Watched || streams.Depth[1].Watched;
        if (wanted && !_changes.On) _changes.Start(lane.Book);
        else if (!wanted && _changes.On) _changes.Stop();
        return wanted;
    }

    private bool Tell(PairStreams streams, PairPicture picture, long nowMs)
    {
        if (!mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.Picture, NowMs = nowMs, Payload = picture })) return false;
        _untold = null;
        return true;
    }

    private void TellTop(PairStreams streams, in BookTop top) =>
        _topMissed = !mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.Top, NowMs = lane.NowMs, Payload = top });

    private void TellEnded(PairStreams streams)
    {
        var told = 0;
        while (told < _ended.Count && mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.Kline, NowMs = lane.NowMs, Payload = _ended[told] })) told++;
        if (told > 0) _ended.RemoveRange(0, told);
    }

    private void TellTrouble(PairStreams streams, long nowMs)
    {
        if (_tradesLost && mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.TradesLost, NowMs = nowMs })) _tradesLost = false;
        if (_restarted && mail.TryWrite(new StreamNews { Pair = streams, Kind = StreamNewsKind.BookRestarted, NowMs = nowMs })) _restarted = false;
    }

    private PairPicture? Picture(PairStreams streams, bool slow)
    {
        var klines = slow ? Klines(streams) : [];
        var picture = new PairPicture { Klines = klines };
        var any = klines.Count > 0;
        for (var cadence = 0; cadence < (slow ? 2 : 1); cadence++)
        {
            if (!streams.Depth[cadence].Watched) _changes.Skip(cadence);
            picture.Changes[cadence] = _changes.Take(cadence);
            picture.Best[cadence] = Best(streams, cadence);
            any |= picture.Changes[cadence] is not null || picture.Best[cadence] is not null;
        }

        _booked = false;
        if (slow) (_traded, _bookedSlow) = (false, false);
        return any ? picture : null;
    }

    private BookBest? Best(PairStreams streams, int cadence)
    {
        var (wanted, asked) = (0, false);
        for (var i = 0; i < StreamName.Levels.Count; i++)
        {
            var group = streams.Partial[(i * 2) + cadence];
            if (!group.Watched) continue;
            wanted = StreamName.Levels[i];
            asked |= group.TakeAsked();
        }

        if (wanted == 0 || !lane.Book.Ready || !(asked || (cadence == 0 ? _booked : _bookedSlow))) return null;
        var book = lane.Book;
        var (bids, asks) = (new BookLevel[Math.Min(wanted, book.BidCount)], new BookLevel[Math.Min(wanted, book.AskCount)]);
        for (var i = 0; i < bids.Length; i++) bids[i] = book.Bid(i);
        for (var i = 0; i < asks.Length; i++) asks[i] = book.Ask(i);
        return new BookBest(book.UpdateId, bids, asks);
    }

    private List<KlineNews> Klines(PairStreams streams)
    {
        var klines = new List<KlineNews>();
        for (var i = 0; i < Timeframe.All.Count; i++)
        {
            var group = streams.Klines[i];
            if (!group.Watched || !(group.TakeAsked() | _traded)) continue;
            if (figures.Running(Timeframe.All[i]) is { } candle) klines.Add(new KlineNews(i, candle, Closed: false, _lastId));
        }

        return klines;
    }
}
