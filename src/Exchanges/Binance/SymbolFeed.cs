using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>Everything about one followed pair: its trades in order, its book in step, its streams watched. Called by one loop only.</summary>
internal sealed class SymbolFeed
{
    private const long LongestSnapshotPauseMs = 60_000;

    private readonly ISymbolSink _sink;
    private readonly BinanceOptions _options;
    private readonly TradeSequence _trades;
    private readonly DepthSync _book = new();
    private readonly List<MarketTrade> _readyTrades = [];
    private readonly StreamWatch[] _watches;
    private readonly string[] _streams;
    private BookTop? _heldTop;
    private long _topId;
    private long _klineLastId;
    private long _klineAtMs;
    private bool _onlyFetched;
    private bool _bookSubscribed;
    private bool _changeSeen;
    private long _snapshotAtMs;
    private long _snapshotPauseMs;
    private long _syncedAtMs;
    private long _tradesAtMs;
    private long _fillSinceMs;

    /// <param name="symbol">The pair.</param>
    /// <param name="sink">Where its events go.</param>
    /// <param name="options">Limits.</param>
    /// <param name="lastTradeId">Known from before a restart; 0 for none.</param>
    public SymbolFeed(Symbol symbol, ISymbolSink sink, BinanceOptions options, long lastTradeId = 0)
    {
        (Symbol, _sink, _options) = (symbol, sink, options);
        _trades = new TradeSequence(options.LongestTradeGap, lastTradeId);
        _snapshotPauseMs = (long)options.SnapshotSpacing.TotalMilliseconds;
        _watches = [new(options.SilentTrades), new(options.SilentBook), new(options.SilentBook), new(options.SilentKlines)];
        var name = symbol.Value.ToLowerInvariant();
        _streams = [$"{name}@trade", $"{name}@bookTicker", $"{name}@depth@100ms", $"{name}@kline_1m"];
    }

    public Symbol Symbol { get; }

    /// <summary>Its streams, in the order trade, best quote, book, candles.</summary>
    public IReadOnlyList<string> Streams => _streams;

    /// <summary>A request for trades or a snapshot is under way.</summary>
    public bool Asking { get; set; }

    /// <summary>The id from which trades are missing.</summary>
    public long MissingFrom => _trades.LastId + 1;

    /// <summary>Ids given up, for the status page.</summary>
    public long Abandoned => _trades.Abandoned;

    /// <summary>True when missing trades must be fetched now.</summary>
    public bool WantsTrades(long nowMs) => _trades.Filling && nowMs >= _tradesAtMs;

    /// <summary>True when a snapshot must be fetched now: missing trades first, then a change to continue from or a second without one.</summary>
    public bool WantsSnapshot(long nowMs) => _bookSubscribed && !_book.Synced && !_trades.Filling
        && nowMs >= (_changeSeen ? _snapshotAtMs : _snapshotAtMs + _snapshotPauseMs);

    /// <summary>The server acknowledged one of its streams.</summary>
    public void Acknowledged(string stream, long nowMs)
    {
        var index = Array.IndexOf(_streams, stream);
        _watches[index].Restart(nowMs);
        if (index == 0 && _trades.BeginFill())
            (_tradesAtMs, _fillSinceMs) = (nowMs, nowMs);
        if (index == 2 && !_bookSubscribed)
            (_bookSubscribed, _snapshotAtMs) = (true, Math.Max(nowMs, _snapshotAtMs));
    }

    public ValueTask Trade(in MarketTrade trade, long nowMs)
    {
        _watches[0].Heard(nowMs);
        _onlyFetched = false;
        if (_trades.Next(trade))
            return _sink.Trade(trade);
        if (_trades.Filling && _fillSinceMs == 0)
            (_tradesAtMs, _fillSinceMs) = (nowMs, nowMs);
        return ValueTask.CompletedTask;
    }

    public ValueTask Top(in BookTop top, long nowMs)
    {
        _watches[1].Heard(nowMs);
        if (top.UpdateId <= _topId)
            return ValueTask.CompletedTask;
        _topId = top.UpdateId;
        if (!_trades.Filling)
            return _sink.Top(top);
        _heldTop = top;
        return ValueTask.CompletedTask;
    }

    public ValueTask Change(Depth change, long nowMs)
    {
        _watches[2].Heard(nowMs);
        switch (_book.Change(change))
        {
            case DepthStep.Applied:
                return _sink.Depth(change);
            case DepthStep.Lost:
                _changeSeen = true;
                if (nowMs - _syncedAtMs > LongestSnapshotPauseMs)
                    _snapshotPauseMs = (long)_options.SnapshotSpacing.TotalMilliseconds;
                PauseSnapshots(nowMs);
                return _sink.BookLost();
            case DepthStep.Buffered:
                _changeSeen = true;
                return ValueTask.CompletedTask;
            case DepthStep.Old or DepthStep.SnapshotTooOld:
            default:
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>Candles are not delivered (they are built from trades); their last trade id shows trades that never came.</summary>
    public void Kline(in KlineUpdate kline, long nowMs)
    {
        _watches[3].Heard(nowMs);
        if (kline.LastTradeId > _klineLastId && _klineLastId <= _trades.LastId)
            (_klineLastId, _klineAtMs) = (kline.LastTradeId, nowMs);
    }

    public async ValueTask Snapshot(Depth snapshot, long nowMs)
    {
        if (_book.Synced || !_bookSubscribed)
            return;
        if (_book.Snapshot(snapshot, out var ready) != DepthStep.Applied)
        {
            PauseSnapshots(nowMs);
            return;
        }

        _syncedAtMs = nowMs;
        await _sink.Depth(ready!);
    }

    /// <summary>A request for trades failed: not again for a moment, and not for ever. Answers as <see cref="Page"/>.</summary>
    public ValueTask<long> TradesFailed(long nowMs) => Page([], nowMs, failed: true);

    /// <summary>A request for a snapshot failed: not again for a moment.</summary>
    public void SnapshotFailed(long nowMs) => PauseSnapshots(nowMs);

    /// <summary>Takes fetched trades. Answers the number of ids it gave up on, 0 as a rule.</summary>
    public async ValueTask<long> Page(List<MarketTrade> page, long nowMs, bool failed = false)
    {
        var before = _trades.Abandoned;
        _readyTrades.Clear();
        if (_trades.Page(page, failed || page.Count >= BinanceRest.TradesPerPage, _readyTrades) && page.Count < BinanceRest.TradesPerPage)
        {
            // The history lags behind the stream: ask again soon, but not for ever.
            _tradesAtMs = nowMs + (long)_options.SnapshotSpacing.TotalMilliseconds;
            if (nowMs - _fillSinceMs > _options.GapPatience.TotalMilliseconds)
                _trades.GiveUp(_readyTrades);
        }

        _onlyFetched |= _readyTrades.Count > 0 && _watches[0].Silent(nowMs);
        await PassTrades();
        return _trades.Abandoned - before;
    }

    /// <summary>The connection is gone.</summary>
    public ValueTask Disconnected()
    {
        var lost = _book.Synced;
        _trades.Disconnected();
        _book.Lose();
        (_heldTop, _topId, _bookSubscribed, _changeSeen) = (null, 0, false, false);
        (_klineLastId, _fillSinceMs, Asking) = (0, 0, false);
        foreach (var watch in _watches)
            watch.Stop();
        return lost ? _sink.BookLost() : ValueTask.CompletedTask;
    }

    /// <summary>Looks after silence. Adds streams to subscribe again; true when only a new connection can help.</summary>
    public bool Check(long nowMs, List<string> resubscribe)
    {
        if (_klineLastId > _trades.LastId && _trades.LastId > 0 && nowMs - _klineAtMs > _options.SnapshotSpacing.TotalMilliseconds
            && _trades.BeginFill())
            (_tradesAtMs, _fillSinceMs) = (nowMs, nowMs);
        for (var index = 0; index < _watches.Length; index++)
        {
            switch (_watches[index].Check(nowMs, ShouldHaveSpoken(index)))
            {
                case Silence.Reconnect:
                    return true;
                case Silence.Resubscribe:
                    resubscribe.Add(Streams[index]);
                    break;
                case Silence.None:
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Every trade changes quotes, book and candle, and a candle names its last trade.</summary>
    private bool ShouldHaveSpoken(int index) => index == 0
        ? _onlyFetched || (_trades.LastId > 0 && _klineLastId > _trades.LastId)
        : _watches[0].LastMs - _watches[index].LastMs > _options.SilentBook.TotalMilliseconds / 2;

    private async ValueTask PassTrades()
    {
        foreach (var trade in _readyTrades)
            await _sink.Trade(trade);
        if (_trades.Filling)
            return;
        _fillSinceMs = 0;
        if (_heldTop is { } top)
        {
            _heldTop = null;
            await _sink.Top(top);
        }
    }

    private void PauseSnapshots(long nowMs)
    {
        _snapshotAtMs = nowMs + _snapshotPauseMs;
        _snapshotPauseMs = Math.Min(_snapshotPauseMs * 2, LongestSnapshotPauseMs);
    }
}
