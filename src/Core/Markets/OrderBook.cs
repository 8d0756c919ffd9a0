namespace Lastro.Core.Markets;

/// <summary>A local copy of an exchange's book: apply a snapshot, then its changes in order. Not thread-safe.</summary>
public sealed class OrderBook
{
    // Best level last, so that the busy end of the book moves the fewest entries.
    private readonly List<BookLevel> _bids = [];
    private readonly List<BookLevel> _asks = [];

    private Price? _lowestShownBid;
    private Price? _highestShownAsk;

    /// <summary>False until the first snapshot and after <see cref="Clear"/>.</summary>
    public bool Ready { get; private set; }

    /// <summary>The last update applied.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Exchange time of the last update, Unix milliseconds.</summary>
    public long TimeMs { get; private set; }

    /// <summary>Number of levels on the buying side.</summary>
    public int BidCount => _bids.Count;

    /// <summary>Number of levels on the selling side.</summary>
    public int AskCount => _asks.Count;

    /// <summary>True when the best bid is not below the best ask, which no sound book shows.</summary>
    public bool Crossed => _bids.Count > 0 && _asks.Count > 0 && _bids[^1].Price >= _asks[^1].Price;

    /// <summary>Bid number <paramref name="depth"/>, 0 being the best.</summary>
    public BookLevel Bid(int depth) => _bids[_bids.Count - 1 - depth];

    /// <summary>Ask number <paramref name="depth"/>, 0 being the best.</summary>
    public BookLevel Ask(int depth) => _asks[_asks.Count - 1 - depth];

    /// <summary>
    /// The size displayed at a price; null where nobody knows: a snapshot ends somewhere, and a price beyond its worst level is unknown until
    /// a change names it.
    /// </summary>
    public Quantity? SizeAt(Side side, Price price)
    {
        var levels = side == Side.Buy ? _bids : _asks;
        var index = Find(levels, price, ascending: side == Side.Buy);
        if (index >= 0) return levels[index].Quantity;
        var known = side == Side.Buy ? price >= _lowestShownBid : price <= _highestShownAsk;
        return Ready && known ? default(Quantity) : null;
    }

    /// <summary>Applies a snapshot or a change. The caller has checked that no update is missing.</summary>
    public void Apply(Depth depth)
    {
        if (depth.Snapshot)
            Clear();
        foreach (var level in depth.Bids)
            Set(_bids, level, ascending: true);
        foreach (var level in depth.Asks)
            Set(_asks, level, ascending: false);
        if (depth.Snapshot)
        {
            _lowestShownBid = depth.LowestKnownBid ?? (_bids.Count > 0 ? _bids[0].Price : null);
            _highestShownAsk = depth.HighestKnownAsk ?? (_asks.Count > 0 ? _asks[0].Price : null);
        }

        Ready |= depth.Snapshot;
        UpdateId = depth.FinalUpdateId;
        TimeMs = depth.TimeMs;
    }

    /// <summary>The whole book as a snapshot: applied to another book it gives the same one, with the same prices unknown.</summary>
    public Depth Picture() => new()
    {
        Snapshot = true,
        FirstUpdateId = UpdateId,
        FinalUpdateId = UpdateId,
        TimeMs = TimeMs,
        Bids = [.. Enumerable.Reverse(_bids)],
        Asks = [.. Enumerable.Reverse(_asks)],
        // A side that no snapshot has shown is unknown at every price.
        LowestKnownBid = _lowestShownBid ?? new Price(decimal.MaxValue),
        HighestKnownAsk = _highestShownAsk ?? default(Price),
    };

    /// <summary>Empties the book.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        Ready = false;
    }

    private static void Set(List<BookLevel> levels, BookLevel level, bool ascending)
    {
        var index = Find(levels, level.Price, ascending);
        if (index < 0)
        {
            if (level.Quantity.Value != 0m) levels.Insert(~index, level);
        }
        else if (level.Quantity.Value == 0m)
        {
            levels.RemoveAt(index);
        }
        else
        {
            levels[index] = level;
        }
    }

    /// <summary>Where a price stands; the complement of where it would, when it does not.</summary>
    private static int Find(List<BookLevel> levels, Price price, bool ascending)
    {
        var (low, high) = (0, levels.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = levels[middle].Price.CompareTo(price);
            if (order == 0) return middle;
            if (order < 0 == ascending) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
