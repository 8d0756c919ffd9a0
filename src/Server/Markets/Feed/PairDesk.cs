using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.Markets.Feed;

/// <summary>All this room keeps of one pair.</summary>
internal sealed class PairDesk(Symbol symbol, MarketLanes lanes, PairCandles candles, StreamHub hub)
{
    private static readonly IReadOnlyList<decimal> NoSpark = [];

    private PairView? _view;
    private IReadOnlyList<decimal> _spark = NoSpark;
    private StrongBox? _coarse;

    public Symbol Symbol { get; } = symbol;

    public FeedState Feed => lanes.Feed;

    public SymbolLane Lane => lanes.Find(Symbol) ?? throw new InvalidOperationException($"{Symbol} has no lane yet.");

    /// <summary>For the lane's thread only.</summary>
    public PairCandles Candles { get; } = candles;

    /// <summary>For the lane's thread only; null until the lane is staffed.</summary>
    public PairViews? Views { get; set; }

    public StreamTopic TickerTopic { get; } = hub.Topic($"ticker:{symbol}");

    public StreamTopic DepthTopic { get; } = hub.Topic($"depth:{symbol}");

    public StreamTopic TradesTopic { get; } = hub.Topic($"trades:{symbol}");

    public IReadOnlyDictionary<Timeframe, StreamTopic> CandleTopics { get; } =
        Timeframe.All.ToDictionary(timeframe => timeframe, timeframe => hub.Topic($"candles:{symbol}:{timeframe}"));

    /// <summary>The latest picture from the lane; null before the first event.</summary>
    public PairView? View
    {
        get => Volatile.Read(ref _view);
        set => Volatile.Write(ref _view, value);
    }

    /// <summary>The source's own statistics for a pair that is not followed.</summary>
    public TickerUpdate? Coarse
    {
        get => Volatile.Read(ref _coarse)?.Value;
        set => Volatile.Write(ref _coarse, value is { } update ? new StrongBox(update) : null);
    }

    /// <summary>Hourly closes of the last day, oldest first.</summary>
    public IReadOnlyList<decimal> Spark
    {
        get => Volatile.Read(ref _spark);
        set => Volatile.Write(ref _spark, value);
    }

    /// <summary>Last price known, from trades or from the source's statistics.</summary>
    public decimal? LastPrice => View?.LastTrade?.Price.Value ?? View?.Stats?.Last ?? Coarse?.Last;

    /// <summary>True while a socket looks at this pair in detail.</summary>
    public bool Watched => TickerTopic.Watched || DepthTopic.Watched || TradesTopic.Watched || CandleTopics.Values.Any(topic => topic.Watched);

    private sealed record StrongBox(TickerUpdate Value);
}
