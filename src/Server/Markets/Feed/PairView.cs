using Lastro.Core.Markets;

namespace Lastro.Server.Markets.Feed;

/// <summary>What other threads may know of a pair: a picture taken in the lane, at most a few times a second.</summary>
internal sealed record PairView
{
    public required MarketTrade? LastTrade { get; init; }

    public required BookTop? Top { get; init; }

    public required TickerStats? Stats { get; init; }

    /// <summary>Time of the last event, Unix milliseconds.</summary>
    public required long AsOfMs { get; init; }
}

/// <summary>What a pair's listeners are to be told.</summary>
internal sealed record PairNews
{
    public required PairDesk Desk { get; init; }

    public required PairView View { get; init; }

    /// <summary>New trades, oldest first.</summary>
    public IReadOnlyList<MarketTrade> Trades { get; init; } = [];

    /// <summary>Set when someone watches the book and it changed.</summary>
    public BookPicture? Book { get; init; }

    public IReadOnlyList<LiveCandle> Candles { get; init; } = [];
}

/// <summary>The best levels of a book at one moment.</summary>
internal sealed record BookPicture(long UpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks)
{
    public static BookPicture Of(OrderBook book, int limit) => new(
        book.UpdateId,
        [.. Enumerable.Range(0, Math.Min(limit, book.BidCount)).Select(book.Bid)],
        [.. Enumerable.Range(0, Math.Min(limit, book.AskCount)).Select(book.Ask)]);
}
