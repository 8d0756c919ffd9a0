using Lastro.Exchanges.Shared;

namespace Lastro.Server.Markets.Feed;

/// <summary>What runs beside the source: publishing, the archive's writer, seeds and repairs, who is followed.</summary>
internal sealed class MarketLoops(MarketBoard board, MarketPublisher publisher, CandleSeeder seeder, FollowLedger follows, TimeProvider time)
{
    /// <summary>A live source is asked gently for the past of pairs nobody looks at.</summary>
    private static readonly TimeSpan BetweenSeeds = TimeSpan.FromMilliseconds(200);

    public MarketPublisher Publisher => publisher;

    public Task Run(IPriceSource source, CancellationToken cancellation) => Task.WhenAll(
        publisher.Run(cancellation),
        publisher.RunSlow(cancellation),
        board.Running!.Archive.Run(time, cancellation),
        seeder.Run(cancellation),
        follows.Run(source, cancellation),
        SeedAll(source, cancellation));

    private async Task SeedAll(IPriceSource source, CancellationToken cancellation)
    {
        while (board.Feed.NowMs == 0) await Task.Delay(BetweenSeeds, time, cancellation);
        foreach (var desk in board.Desks.OrderBy(desk => desk.Symbol.Value, StringComparer.Ordinal))
        {
            await seeder.Seed(desk, cancellation);
            if (source.Info.Name == "binance") await Task.Delay(BetweenSeeds, time, cancellation);
        }
    }
}
