namespace Lastro.Bounds;

/// <summary>A book as two flat arrays indexed by price in ticks: as few instructions per change as can be, for one known price range only.</summary>
internal sealed class TickBook(long lowestTick, int ticks)
{
    private readonly long[] _bids = new long[ticks];
    private readonly long[] _asks = new long[ticks];
    private int _bestBid;
    private int _bestAsk = ticks - 1;

    public void Bid(long tick, long quantity)
    {
        var at = Place(tick);
        _bids[at] = quantity;
        if (quantity > 0 && at > _bestBid)
            _bestBid = at;
        while (_bestBid > 0 && _bids[_bestBid] == 0)
            _bestBid--;
    }

    public void Ask(long tick, long quantity)
    {
        var at = Place(tick);
        _asks[at] = quantity;
        if (quantity > 0 && at < _bestAsk)
            _bestAsk = at;
        while (_bestAsk < ticks - 1 && _asks[_bestAsk] == 0)
            _bestAsk++;
    }

    private int Place(long tick) => (int)Math.Clamp(tick - lowestTick, 0, ticks - 1);
}
