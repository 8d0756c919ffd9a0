using Lastro.Core.Markets;

namespace Lastro.Exchanges.Shared;

/// <summary>Where a market was left: everything up to here has been acted on.</summary>
/// <param name="TimeMs">Exchange time of the last trade of the pair that was left earliest, Unix milliseconds.</param>
/// <param name="TradeIds">The last trade's id of each pair.</param>
public sealed record ResumePoint(long TimeMs, IReadOnlyDictionary<Symbol, long> TradeIds);

/// <summary>How a source goes on after the server was down.</summary>
public enum ResumeRule
{
    /// <summary>It gives the trades that were missed, in order, before newer ones.</summary>
    MissedTrades,

    /// <summary>It is a recording, and plays on from where it was left.</summary>
    Recording,

    /// <summary>It cannot give what was missed: the first price it brings is a fresh one.</summary>
    FreshPrice,
}
