using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Archive;

namespace Lastro.Server.Markets.Feed;

/// <summary>A source that was chosen, with what belongs to it.</summary>
internal sealed record OpenMarket
{
    public required IPriceSource Source { get; init; }

    /// <summary>Name of the source's folder in the archive.</summary>
    public required string ArchiveName { get; init; }

    /// <summary>What the start-up line says about it.</summary>
    public required string Description { get; init; }

    /// <summary>Set for a replay.</summary>
    public ReplayControls? Replay { get; init; }

    /// <summary>What passes the sanity gate.</summary>
    public required SanityLimits Sanity { get; init; }
}

/// <summary>The levers of a replay.</summary>
internal sealed record ReplayControls(Func<ReplayStatus> Status, Action Play, Action Pause);

/// <summary>A market with its archive, once it runs.</summary>
internal sealed record RunningMarket(OpenMarket Market, CandleArchive Archive, CandleHistory History)
{
    public IPriceSource Source => Market.Source;
}
