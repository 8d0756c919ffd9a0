using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>What a text from Binance is.</summary>
internal enum MessageKind
{
    /// <summary>Sound JSON of a kind nobody asked for.</summary>
    Unknown,

    /// <summary>Not what it claims to be; <see cref="BinanceMessages.Error"/> says why.</summary>
    Broken,

    /// <summary><c>trade</c>.</summary>
    Trade,

    /// <summary><c>aggTrade</c>.</summary>
    AggregateTrade,

    /// <summary><c>bookTicker</c>.</summary>
    BookTop,

    /// <summary><c>depthUpdate</c>.</summary>
    DepthChange,

    /// <summary>The answer of <c>GET /api/v3/depth</c>.</summary>
    DepthSnapshot,

    /// <summary><c>kline</c>.</summary>
    Kline,

    /// <summary>An array of <c>24hrMiniTicker</c>.</summary>
    MiniTickers,

    /// <summary>The answer to a SUBSCRIBE, UNSUBSCRIBE or LIST_SUBSCRIPTIONS.</summary>
    Answer,

    /// <summary>The server is about to close its connections.</summary>
    ServerShutdown,
}

/// <summary>Several trades of one taker order at one price.</summary>
internal readonly record struct AggregateTrade(
    long Id, long FirstTradeId, long LastTradeId, Price Price, Quantity Quantity, long TimeMs, bool BuyerIsMaker);

/// <summary>The present state of one candle.</summary>
/// <param name="Interval">As in <see cref="Timeframe.Code"/>.</param>
/// <param name="Candle">Its numbers so far.</param>
/// <param name="FirstTradeId">-1 while it has no trade.</param>
/// <param name="LastTradeId">-1 while it has no trade.</param>
/// <param name="Closed">True in its last message.</param>
internal readonly record struct KlineUpdate(string Interval, Candle Candle, long FirstTradeId, long LastTradeId, bool Closed);

/// <summary>What the server says to a request with an id.</summary>
/// <param name="Id">The id given; 0 when it was none of ours.</param>
/// <param name="ErrorCode">0 when the request was accepted.</param>
/// <param name="Text">Binance's words when it was refused.</param>
internal readonly record struct SocketAnswer(long Id, int ErrorCode, string? Text);
