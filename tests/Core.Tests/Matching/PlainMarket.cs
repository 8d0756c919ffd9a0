using Lastro.Core.Markets;
using Lastro.Core.Matching;

namespace Lastro.Core.Tests.Matching;

/// <summary>A book, what is offered of it, and the desk under test, driven event by event as the lane does it. Step 0.1 unless told.</summary>
internal sealed class PlainMarket
{
    private long _id;

    public PlainMarket(decimal step = 0.1m)
    {
        Offered = new OfferedBook(Book);
        Desk = new RestingDesk(Book, Offered, () => step);
    }

    public OrderBook Book { get; } = new();

    public OfferedBook Offered { get; }

    public RestingDesk Desk { get; }

    public static BookLevel[] Levels(params (decimal Price, decimal Size)[] levels) =>
        [.. levels.Select(level => BookWalkTests.Level(level.Price, level.Size))];

    public void Buy(long id, decimal limit, decimal left, FillModel model) => Desk.Add(new RestingOrder(id, Side.Buy, new Price(limit), left), model);

    public void Sell(long id, decimal limit, decimal left, FillModel model) => Desk.Add(new RestingOrder(id, Side.Sell, new Price(limit), left), model);

    public List<RestingFill> Trade(decimal price, decimal quantity, long timeMs = 0, bool buyerIsMaker = true)
    {
        var fills = new List<RestingFill>();
        Desk.OnTrade(new MarketTrade(++_id, new Price(price), new Quantity(quantity), timeMs, buyerIsMaker), fills);
        return fills;
    }

    public List<RestingFill> Top(decimal bid, decimal ask, decimal size = 1m)
    {
        var fills = new List<RestingFill>();
        Desk.OnTop(new BookTop(++_id, new Price(bid), new Quantity(size), new Price(ask), new Quantity(size), _id), fills);
        return fills;
    }

    public List<RestingFill> Depth(BookLevel[] bids, BookLevel[] asks, bool snapshot = false, long timeMs = 0, bool late = false)
    {
        var depth = new Depth { Snapshot = snapshot, FirstUpdateId = ++_id, FinalUpdateId = _id, TimeMs = timeMs, Bids = bids, Asks = asks };
        Book.Apply(depth);
        Offered.OnDepth(depth);
        var fills = new List<RestingFill>();
        Desk.OnDepth(depth, fills, late);
        return fills;
    }

    public List<RestingFill> Snapshot(BookLevel[] bids, BookLevel[] asks, long timeMs = 0) => Depth(bids, asks, snapshot: true, timeMs);
}
