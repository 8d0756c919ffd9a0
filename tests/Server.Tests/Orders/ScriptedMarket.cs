using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Orders;

/// <summary>Prices a test drives event by event: every call returns when the lane has handled the event. Its clock is the events' time.</summary>
internal sealed class ScriptedMarket
{
    private readonly SymbolLane _lane;
    private readonly FeedState _feed;
    private long _id;

    public ScriptedMarket(IServiceProvider services, Instrument? instrument = null)
    {
        var lanes = services.GetRequiredService<MarketLanes>();
        _feed = lanes.Feed;
        _feed.ReplayClock = true;
        _feed.State = PriceSourceState.Live;
        _lane = lanes.Open(instrument ?? Bitcoin);
    }

    public static Instrument Bitcoin => new()
    {
        Symbol = new Symbol("BTCUSDT"),
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinQuantity = 0.00001m,
        MaxQuantity = 9_000m,
        MinNotional = 5m,
    };

    public long NowMs { get; private set; } = 1_723_161_600_000;

    public SymbolLane Lane => _lane;

    public PriceSourceState State
    {
        set => _feed.State = value;
    }

    public static BookLevel Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    public async Task Trade(decimal price, decimal quantity = 1m)
    {
        await _lane.Trade(new MarketTrade(++_id, new Price(price), new Quantity(quantity), Tick(), BuyerIsMaker: false));
        await Handled();
    }

    public async Task Top(decimal bid, decimal ask)
    {
        ISymbolSink sink = _lane;
        await sink.Top(new BookTop(++_id, new Price(bid), new Quantity(1m), new Price(ask), new Quantity(1m), Tick()));
        await Handled();
    }

    public Task Book(BookLevel[] bids, BookLevel[] asks) => Depth(snapshot: true, bids, asks);

    public Task Change(BookLevel[] bids, BookLevel[] asks) => Depth(snapshot: false, bids, asks);

    public async Task LoseBook()
    {
        await _lane.BookLost();
        await Handled();
    }

    /// <summary>Waits until the lane has handled everything written to it.</summary>
    public Task Handled() => _lane.Ask(_ => 0);

    private async Task Depth(bool snapshot, BookLevel[] bids, BookLevel[] asks)
    {
        var id = ++_id;
        await _lane.Depth(new Depth { Snapshot = snapshot, FirstUpdateId = id, FinalUpdateId = id, TimeMs = Tick(), Bids = bids, Asks = asks });
        await Handled();
    }

    private long Tick() => NowMs += 100;
}
