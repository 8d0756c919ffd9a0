using Lastro.Server.Markets.Archive;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>Makes the source the settings ask for.</summary>
/// <param name="Open">Chooses; may look at the network for about two seconds.</param>
/// <param name="ArchiveRoot">The folder below which each source has its own.</param>
/// <param name="Log">For what belongs to the source.</param>
internal sealed record MarketSources(Func<CancellationToken, Task<OpenMarket>> Open, string ArchiveRoot, ILoggerFactory Log)
{
    /// <summary>False for a source far away, which the server's start must not wait for.</summary>
    public bool AtOnce { get; init; } = true;

    public Task<OpenMarket> Choose(CancellationToken cancellation) => Open(cancellation);

    public RunningMarket WithArchive(OpenMarket market, FeedState feed)
    {
        var log = Log.CreateLogger<CandleArchive>();
        var folder = Path.Combine(ArchiveRoot, market.ArchiveName);
        // A replay begins anew: what an earlier run wrote would be its future.
        if (market.Source.Info.ReplayClock && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var archive = new CandleArchive(folder, log);
        return new RunningMarket(market, archive, new CandleHistory(market.Source, archive, feed, log));
    }
}
