using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>Everything a run of one symbol depends on besides its candles and signals.</summary>
public sealed record RunTerms
{
    /// <summary>Fees, levels, times.</summary>
    public required PositionTerms<double> Position { get; init; }

    /// <summary>What an entry costs.</summary>
    public required EntrySize Size { get; init; }

    /// <summary>How an entry is filled.</summary>
    public EntryFill Fill { get; init; }

    /// <summary>What forbids entries; null when nothing does.</summary>
    public Protections? Guards { get; init; }
}
