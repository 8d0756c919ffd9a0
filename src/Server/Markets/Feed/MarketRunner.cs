using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>Chooses the source at the start, opens its pairs and runs it until the server stops.</summary>
internal sealed class MarketRunner(
    MarketSources sources, MarketBoard board, MarketLanes lanes, MarketLoops loops, MarketLeft left, ILogger<MarketRunner> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private OpenMarket? _market;

    /// <summary>Why the source came to nothing; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>A source on this machine opens before the server does, so that a broken file stops the start; one far away must not.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (sources.AtOnce)
        {
            try
            {
                _market = await Open(cancellationToken);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new StartRefusedException($"The price source cannot be used: {error.Message}", error);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var source = (_market ?? await Open(stoppingToken)).Source;
            var around = loops.Run(source, stoppingToken);
            await source.Run(new MarketSink(board, lanes, loops.Publisher, log), stoppingToken);
            log.LogInformation("Price source {Source} has nothing more to come", source.Info.Name);
            await around;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The price source stops with the server");
        }
        catch (InvalidDataException broken)
        {
            log.LogCritical("The price source is broken and has ended: {Reason}", broken.Message);
            Failure = broken.Message;
            board.Feed.State = PriceSourceState.Ended;
        }
    }

    private async Task<OpenMarket> Open(CancellationToken cancellation)
    {
        var market = await sources.Choose(cancellation);
        board.Feed.ReplayClock = market.Source.Info.ReplayClock;
        board.Feed.Sanity = market.Sanity;
        board.Running = sources.WithArchive(market, board.Feed);
        log.LogInformation("Price source: {Description}", market.Description);
        board.Open(await Instruments(market.Source, cancellation));
        await GoOn(market, cancellation);

        // A replay that waits stands at its start: what lies before is history already.
        if (market.Replay?.Status().Position is { } position) board.Feed.Advance(position.ToUnixTimeMilliseconds());
        return market;
    }

    /// <summary>The source goes on where it was left, as far as it can; orders are told by which rule.</summary>
    private async Task GoOn(OpenMarket market, CancellationToken cancellation)
    {
        var point = await left.At(market.ArchiveName, cancellation);
        var rule = point is null ? ResumeRule.FreshPrice : market.Source.Resume(point);
        await left.GoesOn(rule, rule == ResumeRule.FreshPrice ? [] : [.. point!.TradeIds.Keys], cancellation);
        if (point is not null) log.LogInformation("The market was left at {Time}: it goes on by the rule {Rule}", DateTimeOffset.FromUnixTimeMilliseconds(point.TimeMs), rule);
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
