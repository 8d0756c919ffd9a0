using System.Threading.Channels;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>Last in the lane: gathers what changed since the last pulse and hands it to the publisher. Never waits for it.</summary>
internal sealed class PairViews(PairDesk desk, SymbolLane lane, ChannelWriter<PairNews> publisher) : ISymbolStage
{
    /// <summary>Levels on each side of the published book.</summary>
    public const int Levels = 50;

    /// <summary>Trades kept for answers and first pictures.</summary>
    public const int KeptTrades = 1_000;

    private readonly Queue<MarketTrade> _recent = new(KeptTrades);
    private readonly List<MarketTrade> _fresh = [];
    private bool _dirty;
    private bool _bookDirty;

    /// <summary>Newest first; on the lane's thread.</summary>
    public IReadOnlyList<MarketTrade> Recent(int limit) => [.. _recent.Reverse().Take(limit)];

    /// <summary>All that are kept, oldest first; on the lane's thread.</summary>
    public IReadOnlyList<MarketTrade> Kept() => _recent.ToArray();

    public void OnTrade(in MarketTrade trade)
    {
        if (_recent.Count == KeptTrades) _recent.Dequeue();
        _recent.Enqueue(trade);
        if (desk.TradesTopic.Watched && _fresh.Count < KeptTrades) _fresh.Add(trade);
        _dirty = true;
    }

    public void OnTop(in BookTop top) => _dirty = true;

    public void OnDepth(Depth depth) => (_dirty, _bookDirty) = (true, true);

    public void OnBookLost() => (_dirty, _bookDirty) = (true, true);

    public void OnPulse(long nowMs)
    {
        var ended = desk.Candles.News;
        if (!_dirty && ended.Count == 0) return;
        var view = new PairView { LastTrade = lane.LastTrade, Top = lane.Top, Stats = desk.Candles.Stats, AsOfMs = nowMs };
        desk.View = view;
        var news = new PairNews
        {
            Desk = desk,
            View = view,
            Trades = _fresh.Count > 0 ? [.. _fresh] : [],
            Book = _bookDirty && desk.DepthTopic.Watched ? BookPicture.Of(lane.Book, Levels) : null,
            Candles = Candles(ended),
        };
        // A publisher that is behind gets the same news with the next pulse.
        if (!publisher.TryWrite(news)) return;
        (_dirty, _bookDirty) = (false, false);
        _fresh.Clear();
        ended.Clear();
    }

    private List<LiveCandle> Candles(List<LiveCandle> ended)
    {
        var candles = new List<LiveCandle>();
        foreach (var (timeframe, topic) in desk.CandleTopics)
        {
            if (!topic.Watched) continue;
            candles.AddRange(ended.Where(candle => candle.Timeframe == timeframe));
            if (desk.Candles.Running(timeframe) is { } running) candles.Add(new LiveCandle(timeframe, running, Closed: false));
        }

        return candles;
    }
}
