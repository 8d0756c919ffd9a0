namespace Lastro.Server.Platform.Lanes;

/// <summary>Whether a pair may be traded right now.</summary>
internal enum MarketGate
{
    /// <summary>Prices are fresh (or the replay is paused).</summary>
    Tradable,

    /// <summary>No price yet, nothing heard from the source for too long, or a book too old: new orders are refused, resting ones wait.</summary>
    Stale,

    /// <summary>The replay is over.</summary>
    Ended,

    /// <summary>No such pair at this source.</summary>
    UnknownSymbol,

    /// <summary>The exchange has halted the pair.</summary>
    Halted,
}
