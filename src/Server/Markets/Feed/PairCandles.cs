using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Archive;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>A candle as it leaves the lane.</summary>
internal readonly record struct LiveCandle(Timeframe Timeframe, Candle Candle, bool Closed);

/// <summary>Builds one pair's candles of every timeframe, and its 24 h statistics, from its trades. For the lane's thread.</summary>
internal sealed class PairCandles(Symbol symbol, CandleArchive archive, FeedState feed, Action<CandleGap> missing) : ISymbolStage
{
    private const int Kept = 180;

    private static readonly Timeframe[] Longer = [.. Timeframe.All.Skip(1)];

    private readonly CandleBuilder _builder = new();
    private readonly CandleRollup[] _rollups = [.. Longer.Select(timeframe => new CandleRollup(timeframe))];
    private readonly TickerWindow _window = new();
    private readonly List<EndedCandle> _ended = [];
    private readonly List<EndedCandle> _spans = [];

    // Newest ended minutes, and newest spans of longer timeframes that are not whole; both short.
    private readonly List<EndedCandle> _minutes = [];
    private readonly Dictionary<Timeframe, Candle> _broken = [];

    /// <summary>Candles ended since the publisher last looked; bounded by <see cref="Kept"/>.</summary>
    public List<LiveCandle> News { get; } = [];

    /// <summary>Told of every candle that ended or was mended, at once.</summary>
    public CandleEnded? Ended { get; set; }

    public TickerStats? Stats => _window.Read();

    public bool Started => _builder.Started;

    public void OnTrade(in MarketTrade trade)
    {
        _ended.Clear();
        _builder.Add(trade, _ended);
        _window.Add(trade);
        Settle();
    }

    public void OnTop(in BookTop top)
    {
    }

    public void OnDepth(Depth depth)
    {
    }

    public void OnBookLost()
    {
    }

    public void OnPulse(long nowMs)
    {
        if (feed.State != PriceSourceState.Live || feed.Silent) return;
        _ended.Clear();
        _builder.Advance(nowMs, _ended);
        _window.Advance(nowMs);
        Settle();
    }

    /// <summary>The running candle; null before the first trade.</summary>
    public Candle? Running(Timeframe timeframe)
    {
        if (!_builder.Started) return null;
        var at = Array.IndexOf(Longer, timeframe);
        return at < 0 ? _builder.Current : _rollups[at].With(_builder.Current);
    }

    /// <summary>What the archive cannot show: ended candles with something missing in them (not closed), then the running one.</summary>
    public List<LiveCandle> Tail(Timeframe timeframe)
    {
        var tail = new List<LiveCandle>();
        if (timeframe == Timeframe.Minute)
            tail.AddRange(_minutes.Select(ended => new LiveCandle(timeframe, ended.Candle, ended.Complete)));
        else if (_broken.TryGetValue(timeframe, out var broken))
            tail.Add(new LiveCandle(timeframe, broken, Closed: false));
        if (Running(timeframe) is { } running) tail.Add(new LiveCandle(timeframe, running, Closed: false));
        return tail;
    }

    /// <summary>Takes in closed candles of the running spans, shorter and shorter up to the last minute, and the last day's minutes.</summary>
    public void Seed(IReadOnlyDictionary<Timeframe, IReadOnlyList<Candle>> spans, IReadOnlyList<Candle> minutes)
    {
        foreach (var minute in minutes) _window.Put(minute);
        foreach (var ended in _minutes) _window.Put(ended.Candle);
        for (var i = 0; i < Longer.Length; i++)
        {
            var rollup = new CandleRollup(Longer[i]);
            var last = long.MinValue;
            foreach (var candle in spans.GetValueOrDefault(Longer[i], []))
            {
                rollup.Add(new EndedCandle(candle, Complete: true), _spans);
                last = candle.OpenTimeMs;
            }

            foreach (var ended in _minutes.Where(ended => ended.Candle.OpenTimeMs > last))
                rollup.Add(ended, _spans);
            _rollups[i] = rollup;
        }

        _spans.Clear();
    }

    /// <summary>Takes in a candle that had to be fetched; after a minute the caller seeds anew.</summary>
    public void Repair(Timeframe timeframe, Candle candle)
    {
        if (timeframe == Timeframe.Minute)
        {
            var at = _minutes.FindIndex(ended => ended.Candle.OpenTimeMs == candle.OpenTimeMs);
            if (at >= 0) _minutes[at] = new EndedCandle(candle, Complete: true);
            _window.Put(candle);
        }
        else if (_broken.TryGetValue(timeframe, out var broken) && broken.OpenTimeMs == candle.OpenTimeMs)
        {
            _broken.Remove(timeframe);
        }

        Report(new LiveCandle(timeframe, candle, Closed: true));
    }

    private void Settle()
    {
        foreach (var ended in _ended)
        {
            Keep(ended);
            _window.Put(ended.Candle);
            Store(Timeframe.Minute, ended);
            for (var i = 0; i < _rollups.Length; i++)
            {
                _spans.Clear();
                if (!_rollups[i].Add(ended, _spans)) missing(new CandleGap(symbol, Longer[i], Longer[i].OpenOf(ended.Candle.OpenTimeMs), feed.WallMs));
                foreach (var span in _spans) Store(Longer[i], span);
            }
        }
    }

    private void Store(Timeframe timeframe, in EndedCandle ended)
    {
        Report(new LiveCandle(timeframe, ended.Candle, ended.Complete));
        if (ended.Complete)
        {
            archive.Series(symbol, timeframe).Offer(ended.Candle);
            return;
        }

        if (timeframe != Timeframe.Minute) _broken[timeframe] = ended.Candle;
        missing(new CandleGap(symbol, timeframe, ended.Candle.OpenTimeMs, feed.WallMs));
    }

    private void Keep(in EndedCandle ended)
    {
        var open = ended.Candle.OpenTimeMs;
        var at = _minutes.FindLastIndex(known => known.Candle.OpenTimeMs <= open);
        if (at >= 0 && _minutes[at].Candle.OpenTimeMs == open) _minutes[at] = ended;
        else _minutes.Insert(at + 1, ended);
        if (_minutes.Count > Kept) _minutes.RemoveAt(0);
    }

    private void Report(in LiveCandle candle)
    {
        if (News.Count >= Kept * 4) News.RemoveRange(0, Kept);
        News.Add(candle);
        Ended?.Invoke(candle.Timeframe, candle.Candle, candle.Closed);
    }
}

/// <summary>A span that our trades could not build whole.</summary>
/// <param name="Symbol">The pair.</param>
/// <param name="Timeframe">The length.</param>
/// <param name="OpenMs">Its start.</param>
/// <param name="ReportedMs">Wall clock of this report.</param>
internal readonly record struct CandleGap(Symbol Symbol, Timeframe Timeframe, long OpenMs, long ReportedMs);
