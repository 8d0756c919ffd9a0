using System.Threading.Channels;
using Lastro.Core.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>What a lane has for the listeners. A struct, so that a trade on its way costs no allocation.</summary>
internal readonly record struct StreamNews
{
    public required PairStreams Pair { get; init; }

    public required StreamNewsKind Kind { get; init; }

    /// <summary>Market time, Unix milliseconds.</summary>
    public required long NowMs { get; init; }

    public MarketTrade Trade { get; init; }

    /// <summary>A <see cref="BookTop"/>, <see cref="KlineNews"/> or <see cref="PairPicture"/>.</summary>
    public object? Payload { get; init; }
}

internal enum StreamNewsKind
{
    Trade,
    Top,
    Kline,
    Picture,

    /// <summary>Trades went by untold: their listeners must begin anew.</summary>
    TradesLost,

    /// <summary>The book's numbers began anew.</summary>
    BookRestarted,
}

/// <summary>A candle as it stands.</summary>
/// <param name="Interval">Place in <see cref="Timeframe.All"/>.</param>
/// <param name="Candle">Its figures.</param>
/// <param name="Closed">True when it is whole.</param>
/// <param name="LastId">Of its last trade; -1 where that is not known.</param>
internal sealed record KlineNews(int Interval, Candle Candle, bool Closed, long LastId);

/// <summary>Levels that changed since the last ones told. Size zero: the level is gone.</summary>
internal sealed record BookChange(long FirstId, long LastId, BookLevel[] Bids, BookLevel[] Asks);

/// <summary>The best levels of a book, best first.</summary>
internal sealed record BookBest(long UpdateId, BookLevel[] Bids, BookLevel[] Asks);

/// <summary>What changed of a pair since its last pulse, as far as somebody listens.</summary>
internal sealed record PairPicture
{
    /// <summary>By cadence: 100 ms, a second.</summary>
    public BookChange?[] Changes { get; } = new BookChange?[2];

    /// <summary>By cadence: 100 ms, a second.</summary>
    public BookBest?[] Best { get; } = new BookBest?[2];

    public IReadOnlyList<KlineNews> Klines { get; init; } = [];
}

/// <summary>The way from the lanes to the publisher: bounded, never waited for.</summary>
internal sealed class StreamMail
{
    private const int Capacity = 65_536;

    private readonly Channel<StreamNews> _news =
        Channel.CreateBounded<StreamNews>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<StreamNews> Reader => _news.Reader;

    /// <summary>False when it is full: the lane tells it with its next pulse.</summary>
    public bool TryWrite(in StreamNews news) => _news.Writer.TryWrite(news);
}
