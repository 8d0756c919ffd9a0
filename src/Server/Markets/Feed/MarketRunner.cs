using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>Chooses the source at the start, opens its pairs and runs it until the server stops.</summary>
internal sealed class MarketRunner(
    MarketSources sources, MarketBoard board, MarketLanes lanes, MarketLoops loops, IHostApplicationLifetime host, ILogger<MarketRunner> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Why the source came to nothing; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>True once pairs are open.</summary>
    public bool Opened { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var market = await sources.Choose(stoppingToken);
            await using var source = market.Source;
            board.Feed.ReplayClock = source.Info.ReplayClock;
            board.Feed.Sanity = market.Sanity;
            board.Running = sources.WithArchive(market, board.Feed);
            log.LogInformation("Price source: {Description}", market.Description);
            var sink = new MarketSink(board, lanes, loops.Publisher, log);
            board.Open(await Instruments(source, stoppingToken));
            // A replay that waits stands at its start: what lies before is history already.
            if (market.Replay?.Status().Position is { } position) board.Feed.Advance(position.ToUnixTimeMilliseconds());
            Opened = true;
            var around = loops.Run(source, stoppingToken);
            await source.Run(sink, stoppingToken);
            log.LogInformation("Price source {Source} has nothing more to come", source.Info.Name);
            await around;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The price source stops with the server");
        }
        catch (InvalidDataException broken)
        {
            // A file that cannot be read stays so: whoever started the server must hear it at once.
            log.LogCritical("The price source is broken: {Reason}", broken.Message);
            Failure = broken.Message;
            board.Feed.State = PriceSourceState.Ended;
            if (!Opened) host.StopApplication();
        }
    }

    private async Task<IReadOnlyList<Instrument>> Instruments(IPriceSource source, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var pairs = await source.LoadInstruments(cancellation);
                Failure = null;
                return pairs;
            }
            catch (HttpRequestException error)
            {
                Failure = error.Message;
                log.LogWarning("The pairs of {Source} could not be loaded, trying again: {Reason}", source.Info.Name, error.Message);
                await Task.Delay(Retry, cancellation);
            }
        }
    }
}
