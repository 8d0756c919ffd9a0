using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Markets;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Server.Tests.Orders;

/// <summary>The real host with prices a test drives event by event: every call returns when the lane has handled the event. The events' time is the clock.</summary>
internal sealed class ScriptedMarket : IAsyncDisposable
{
    private readonly IMarketSink _sink;
    private long _id;

    private ScriptedMarket(TestHost host, ScriptedSource source, IMarketSink sink, long nowMs)
    {
        (Host, Source, _sink, NowMs) = (host, source, sink, nowMs);
        Lane = host.Services.GetRequiredService<MarketLanes>().Find(new Symbol("BTCUSDT"))!;
    }

    public TestHost Host { get; }

    public ScriptedSource Source { get; }

    public SymbolLane Lane { get; }

    public long NowMs { get; private set; }

    /// <param name="database">An earlier market's, to start again on it.</param>
    /// <param name="settings">Flags.</param>
    /// <param name="nowMs">Where its clock starts.</param>
    public static async Task<ScriptedMarket> Start(string? database = null, string[]? settings = null, long nowMs = 1_723_161_600_000)
    {
        var source = new ScriptedSource(replay: true, "BTCUSDT", "ETHUSDT");
        var folder = Directory.CreateTempSubdirectory("lastro-archive-").FullName;
        var host = await TestHost.Start(
            services => services.AddSingleton(new MarketSources(_ => Task.FromResult(source.Open()), folder, NullLoggerFactory.Instance)), database, settings ?? []);
        return new ScriptedMarket(host, source, await source.Sink, nowMs);
    }

    /// <summary>A market with a last price and a plain book around 60,000.</summary>
    public static async Task<ScriptedMarket> Around60000(params string[] settings)
    {
        var market = await Start(settings: settings);
        await market.Trade(60_000m);
        await market.Book([Level(59_990m, 2m), Level(59_980m, 5m)], [Level(60_010m, 2m), Level(60_020m, 5m)]);
        return market;
    }

    public static BookLevel Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    public void State(PriceSourceState state) => _sink.State(state, null);

    public async Task Trade(decimal price, decimal quantity = 1m)
    {
        await Symbol.Trade(new MarketTrade(++_id, new Price(price), new Quantity(quantity), Tick(), BuyerIsMaker: false));
        await Handled();
    }

    /// <summary>Lets market time go by, up to a trade at this price.</summary>
    public Task Pass(long ms, decimal price)
    {
        NowMs += ms;
        return Trade(price);
    }

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public async Task Top(decimal bid, decimal ask, decimal quantity = 1m)
    {
        await Symbol.Top(new BookTop(++_id, new Price(bid), new Quantity(quantity), new Price(ask), new Quantity(quantity), Tick()));
        await Handled();
    }

    public Task Book(BookLevel[] bids, BookLevel[] asks) => Depth(snapshot: true, bids, asks);

    public Task Change(BookLevel[] bids, BookLevel[] asks) => Depth(snapshot: false, bids, asks);

    public async Task LoseBook()
    {
        await Symbol.BookLost();
        await Handled();
    }

    /// <summary>Waits until the lane has handled everything written to it.</summary>
    public Task Handled() => Lane.Ask(_ => 0);

    /// <summary>Runs the audit of the whole ledger.</summary>
    public async Task ShouldBeSound()
    {
        var report = await LedgerAudit.Run(Host.Owner, default);
        report.Findings.Where(finding => finding.Breaches > 0).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private ISymbolSink Symbol => _sink.Open(Lane.Symbol);

    private async Task Depth(bool snapshot, BookLevel[] bids, BookLevel[] asks)
    {
        var id = ++_id;
        await Symbol.Depth(new Depth { Snapshot = snapshot, FirstUpdateId = id, FinalUpdateId = id, TimeMs = Tick(), Bids = bids, Asks = asks });
        await Handled();
    }

    private long Tick() => NowMs += 100;
}
