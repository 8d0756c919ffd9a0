using Lastro.Core.Markets;

namespace Lastro.Exchanges.Shared;

/// <summary>Where prices come from: Binance's public data, a replay of recorded data, or the demo market.</summary>
public interface IPriceSource : IAsyncDisposable
{
    /// <summary>What it is, fixed for its life.</summary>
    PriceSourceInfo Info { get; }

    /// <summary>The tradable pairs. A remote failure throws <see cref="HttpRequestException"/>; a broken file <see cref="InvalidDataException"/> naming file and line.</summary>
    Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation);

    /// <summary>Goes on from where this market was left, as far as it can. Before <see cref="Run"/>, after <see cref="LoadInstruments"/>.</summary>
    ResumeRule Resume(ResumePoint left);

    /// <summary>Delivers events until cancelled or, for a replay, until the end. Reconnects by itself; returns only when there is nothing more to come.</summary>
    Task Run(IMarketSink sink, CancellationToken cancellation);

    /// <summary>Asks for every event of a pair (trades, best quote, depth). Idempotent; a source that always sends all ignores it.</summary>
    void Follow(Symbol symbol);

    /// <summary>Takes <see cref="Follow"/> back.</summary>
    void Unfollow(Symbol symbol);

    /// <summary>Closed candles with fromMs &lt;= open time &lt; toMs, oldest first, at most <paramref name="limit"/>, the newest ones when there are more.</summary>
    Task<IReadOnlyList<Candle>> FetchCandles(
        Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation);
}

/// <summary>What a source is.</summary>
/// <param name="Name">"binance", "replay" or "demo".</param>
/// <param name="Simulated">True when prices are invented: every page says so.</param>
/// <param name="HasDepth">True when it delivers an order book.</param>
/// <param name="ReplayClock">True when the time of its events, not the wall clock, governs trading.</param>
public sealed record PriceSourceInfo(string Name, bool Simulated, bool HasDepth, bool ReplayClock);

/// <summary>Takes the events of a source. Methods may be called from several threads, but for one symbol never at the same time.</summary>
public interface IMarketSink
{
    /// <summary>The door for one pair's events.</summary>
    ISymbolSink Open(Symbol symbol);

    /// <summary>Something, a message or a pong, came from the source: it is alive.</summary>
    void Heard();

    /// <summary>The source's state changed. <paramref name="detail"/> is for the log and the status page, in English.</summary>
    void State(PriceSourceState state, string? detail);

    /// <summary>24 h statistics for pairs that are not followed.</summary>
    void Ticker(in TickerUpdate ticker);
}

/// <summary>Takes one pair's events, in the order of the exchange. Waiting is back-pressure: the source slows down.</summary>
public interface ISymbolSink
{
    /// <summary>A trade.</summary>
    ValueTask Trade(MarketTrade trade);

    /// <summary>A new best quote.</summary>
    ValueTask Top(BookTop top);

    /// <summary>A book snapshot or change, already checked for gaps by the source.</summary>
    ValueTask Depth(Depth depth);

    /// <summary>The book is no longer to be trusted until the next snapshot.</summary>
    ValueTask BookLost();
}

/// <summary>How a source fares.</summary>
public enum PriceSourceState
{
    /// <summary>Not connected yet.</summary>
    Connecting,

    /// <summary>Delivering.</summary>
    Live,

    /// <summary>Lost the connection or heard nothing for too long; trying again.</summary>
    Reconnecting,

    /// <summary>A replay that waits for play.</summary>
    Paused,

    /// <summary>A replay at its end: trading is refused with <c>market_ended</c>.</summary>
    Ended,
}

/// <summary>Rolling 24 h statistics of a pair.</summary>
public readonly record struct TickerUpdate(
    Symbol Symbol, decimal Last, decimal Open, decimal High, decimal Low, decimal Volume, decimal QuoteVolume, long TimeMs);
