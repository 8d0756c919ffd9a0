using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.Markets.Feed;

/// <summary>Turns news from the lanes into frames, once for all listeners. Not in a lane: writing JSON takes longer than a trade may.</summary>
internal sealed class MarketPublisher(MarketBoard board, StreamHub hub, JsonSerializerOptions json, TimeProvider time)
{
    private static readonly TimeSpan TickersPause = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<PairDesk> _changed = [];
    private readonly Lock _changing = new();
    private readonly StreamTopic _tickers = hub.Topic("tickers");
    private readonly StreamTopic _source = hub.Topic("source");

    /// <summary>Publishes what comes out of the lanes, until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await foreach (var news in board.News.Reader.ReadAllAsync(cancellation))
            Publish(news);
    }

    /// <summary>Publishes the list of changed tickers twice a second, and how a replay moves on.</summary>
    public async Task RunSlow(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickersPause, time);
        for (var round = 0; await timer.WaitForNextTickAsync(cancellation); round++)
        {
            PublishTickers();
            if (round % 2 == 0 && board.Running?.Market.Replay is not null) PublishSource();
        }
    }

    public void PublishSource()
    {
        if (_source.Watched)
            _source.Publish(StreamFrame.Of(board.Source(), board.Feed.WallMs, json, key: 0));
    }

    /// <summary>Enters a pair whose ticker came from the source itself.</summary>
    public void Changed(PairDesk desk)
    {
        if (!_tickers.Watched) return;
        lock (_changing) _changed.Add(desk);
    }

    private void PublishTickers()
    {
        List<PairDesk> changed;
        lock (_changing)
        {
            changed = [.. _changed];
            _changed.Clear();
        }

        if (changed.Count > 0 && _tickers.Watched)
            _tickers.Publish(StreamFrame.Of(changed.Select(desk => Tickers.Of(desk, withSpark: false)), board.Stamp().AsOf.ToUnixTimeMilliseconds(), json));
    }

    private void Publish(PairNews news)
    {
        var (desk, asOf) = (news.Desk, news.View.AsOfMs);
        Changed(desk);
        if (desk.TickerTopic.Watched)
            desk.TickerTopic.Publish(StreamFrame.Of(Tickers.Of(desk, withSpark: false), asOf, json, key: 0));
        if (news.Book is { } book)
            desk.DepthTopic.Publish(StreamFrame.Of(Depths.Item(book), asOf, json, key: 0));
        if (news.Trades.Count > 0)
            desk.TradesTopic.Publish(StreamFrame.Of(news.Trades.Reverse().Select(TradeItem.Of), asOf, json));
        foreach (var candle in news.Candles)
            desk.CandleTopics[candle.Timeframe].Publish(StreamFrame.Of(CandleItem.Of(candle.Candle, candle.Closed), asOf, json, key: candle.Candle.OpenTimeMs));
    }
}

/// <summary>Books as the API shows them.</summary>
internal static class Depths
{
    public static DepthItem Item(BookPicture book) => new(book.UpdateId, Levels(book.Bids), Levels(book.Asks));

    private static IReadOnlyList<decimal[]> Levels(IReadOnlyList<BookLevel> levels) =>
        [.. levels.Select(level => new[] { level.Price.Value, level.Quantity.Value })];
}
