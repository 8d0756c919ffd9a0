using Lastro.Exchanges.Shared;

namespace Lastro.Server.Markets.Feed;

/// <summary>What runs beside the source: publishing, the archive's writer, seeds and repairs, who is followed.</summary>
internal sealed class MarketLoops(MarketBoard board, MarketPublisher publisher, CandleSeeder seeder, FollowLedger follows, TimeProvider time, ILogger<MarketLoops> log)
{
    /// <summary>A live source is asked gently for the past of pairs nobody looks at.</summary>
    private static readonly TimeSpan BetweenSeeds = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the rules of the pairs are read again.</summary>
    private static readonly TimeSpan BetweenRules = TimeSpan.FromHours(1);

    public MarketPublisher Publisher => publisher;

    public Task Run(IPriceSource source, CancellationToken cancellation) => Task.WhenAll(
        publisher.Run(cancellation),
        publisher.RunSlow(cancellation),
        board.Running!.Archive.Run(time, cancellation),
        seeder.Run(cancellation),
        follows.Run(source, cancellation),
        SeedAll(source, cancellation),
        RefreshRules(source, cancellation));

    private async Task SeedAll(IPriceSource source, CancellationToken cancellation)
    {
        while (board.Feed.NowMs == 0) await Task.Delay(BetweenSeeds, time, cancellation);
        foreach (var desk in board.Desks.OrderBy(desk => desk.Symbol.Value, StringComparer.Ordinal))
        {
            await seeder.Seed(desk, cancellation);
            if (source.Info.Name == "binance") await Task.Delay(BetweenSeeds, time, cancellation);
        }
    }

    /// <summary>Halts, new pairs and new grids of a live exchange.</summary>
    private async Task RefreshRules(IPriceSource source, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(BetweenRules, time);
        while (!source.Info.ReplayClock && await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                board.Open(await source.LoadInstruments(cancellation));
            }
            catch (HttpRequestException error)
            {
                log.LogWarning("The rules of the pairs could not be read again: {Reason}", error.Message);
            }
        }
    }
}
