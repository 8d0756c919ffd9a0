using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>
/// Gathers the changes of one book for the depth streams, so that their numbers follow each other without a hole: each begins one after the
/// end of the one before. The numbers are the book's own (<see cref="OrderBook.UpdateId"/>), which the snapshot by REST gives too. For the
/// lane's thread; works only while somebody listens.
/// </summary>
internal sealed class BookChanges
{
    private readonly Dictionary<Price, Quantity> _bids = [];
    private readonly Dictionary<Price, Quantity> _asks = [];
    private readonly Gathered[] _cadences = [new(), new()];
    private long _updateId;

    /// <summary>False while nobody has to be told.</summary>
    public bool On { get; private set; }

    /// <summary>Begins at the book as it stands; what changed before is in everybody's snapshot.</summary>
    public void Start(OrderBook book)
    {
        Stop();
        if (!book.Ready) return;
        On = true;
        Remember(book);
        foreach (var cadence in _cadences) cadence.Restart(_updateId);
    }

    public void Stop()
    {
        On = false;
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Takes in what has just been applied to the book. False when the numbers have gone back: everybody must begin anew.</summary>
    public bool Add(Depth depth, OrderBook book)
    {
        if (depth.FinalUpdateId < _updateId) return false;
        if (depth.Snapshot)
        {
            Compare(_bids, depth.Bids, bids: true);
            Compare(_asks, depth.Asks, bids: false);
            Remember(book);
        }
        else
        {
            foreach (var level in depth.Bids) Note(_bids, level, bids: true);
            foreach (var level in depth.Asks) Note(_asks, level, bids: false);
            _updateId = depth.FinalUpdateId;
        }

        return true;
    }

    /// <summary>What has changed since this cadence was last asked; null for nothing.</summary>
    public BookChange? Take(int cadence) => On ? _cadences[cadence].Take(_updateId) : null;

    /// <summary>What this cadence has gathered is nobody's any more.</summary>
    public void Skip(int cadence) => _cadences[cadence].Restart(_updateId);

    private void Remember(OrderBook book)
    {
        _bids.Clear();
        _asks.Clear();
        for (var i = 0; i < book.BidCount; i++) _bids[book.Bid(i).Price] = book.Bid(i).Quantity;
        for (var i = 0; i < book.AskCount; i++) _asks[book.Ask(i).Price] = book.Ask(i).Quantity;
        _updateId = book.UpdateId;
    }

    private void Note(Dictionary<Price, Quantity> side, BookLevel level, bool bids)
    {
        if (level.Quantity.Value == 0m) side.Remove(level.Price);
        else side[level.Price] = level.Quantity;
        foreach (var cadence in _cadences) cadence.Note(level, bids);
    }

    /// <summary>A new picture, told as the levels in which it differs from the last one.</summary>
    private void Compare(Dictionary<Price, Quantity> side, IReadOnlyList<BookLevel> levels, bool bids)
    {
        var gone = side.Keys.ToHashSet();
        foreach (var level in levels)
        {
            gone.Remove(level.Price);
            if (side.TryGetValue(level.Price, out var before) && before == level.Quantity) continue;
            foreach (var cadence in _cadences) cadence.Note(level, bids);
        }

        foreach (var price in gone)
        {
            foreach (var cadence in _cadences) cadence.Note(new BookLevel(price, default), bids);
        }
    }

    private sealed class Gathered
    {
        private readonly Dictionary<Price, Quantity> _bids = [];
        private readonly Dictionary<Price, Quantity> _asks = [];
        private long _told;

        public void Restart(long updateId)
        {
            _bids.Clear();
            _asks.Clear();
            _told = updateId;
        }

        public void Note(BookLevel level, bool bids) => (bids ? _bids : _asks)[level.Price] = level.Quantity;

        public BookChange? Take(long updateId)
        {
            if (updateId == _told) return null;
            var change = new BookChange(_told + 1, updateId, Sorted(_bids, -1), Sorted(_asks, 1));
            Restart(updateId);
            return change;
        }

        private static BookLevel[] Sorted(Dictionary<Price, Quantity> side, int direction)
        {
            var levels = new BookLevel[side.Count];
            var at = 0;
            foreach (var (price, quantity) in side) levels[at++] = new BookLevel(price, quantity);
            Array.Sort(levels, (left, right) => direction * left.Price.CompareTo(right.Price));
            return levels;
        }
    }
}
