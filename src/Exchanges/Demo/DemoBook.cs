using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Demo;

/// <summary>
/// An invented book around the last trade: 50 levels a side on a fixed grid, sizes that change every few seconds. The last trade's
/// price is the best ask when a taker bought and the best bid when a taker sold, so bids never reach asks.
/// </summary>
internal sealed class DemoBook
{
    public const int Levels = 50;

    private readonly DemoPair _pair;
    private readonly DemoNoise _noise;
    private readonly long _spread;
    private readonly long _gap;
    private readonly double _usualSteps;
    private readonly Dictionary<long, long> _bids = [];
    private readonly Dictionary<long, long> _asks = [];
    private readonly Dictionary<long, long> _target = [];

    public DemoBook(DemoPair pair, DemoNoise noise, long firstUpdateId)
    {
        (_pair, _noise, UpdateId) = (pair, noise, firstUpdateId);
        var ticks = (long)(pair.Price / pair.Tick);
        _spread = Math.Max(1, ticks / 50_000);
        _gap = Math.Max(1, ticks / 15_000);

        // A level usually shows what is traded in about four seconds of a usual day.
        _usualSteps = (double)(pair.DailyQuoteVolume / pair.Price / pair.Step) / 21_600;
    }

    public long UpdateId { get; private set; }

    public BookTop Top { get; private set; }

    /// <summary>Moves the book to the last trade and tells what changed; null when nothing did. The first time it is the whole picture.</summary>
    public Depth? Move(in MarketTrade last, long nowMs)
    {
        var ticks = (long)(last.Price.Value / _pair.Tick);
        var bestBid = Math.Max(1, last.BuyerIsMaker ? ticks : ticks - _spread);
        var bestAsk = Math.Max(bestBid + 1, last.BuyerIsMaker ? ticks + _spread : ticks);
        var first = _bids.Count == 0 && _asks.Count == 0;
        var bids = Side(_bids, bestBid, direction: -1, nowMs);
        var asks = Side(_asks, bestAsk, direction: 1, nowMs);
        if (bids.Count == 0 && asks.Count == 0)
            return null;
        UpdateId++;
        Top = new BookTop(
            UpdateId, new Price(bestBid * _pair.Tick), SizeOf(_bids, bestBid), new Price(bestAsk * _pair.Tick), SizeOf(_asks, bestAsk), nowMs);
        return new Depth { Snapshot = first, FirstUpdateId = UpdateId, FinalUpdateId = UpdateId, TimeMs = nowMs, Bids = bids, Asks = asks };
    }

    private List<BookLevel> Side(Dictionary<long, long> side, long best, int direction, long nowMs)
    {
        _target.Clear();
        _target[best] = Steps(best, 0, nowMs);
        var price = direction < 0 ? (best - 1) / _gap * _gap : (best + _gap) / _gap * _gap;
        for (var level = 1; level < Levels && price > 0; level++, price += direction * _gap)
            _target[price] = Steps(price, level, nowMs);

        var changes = new List<BookLevel>();
        foreach (var (at, steps) in _target)
        {
            if (side.TryGetValue(at, out var before) && before == steps)
                continue;
            side[at] = steps;
            changes.Add(Level(at, steps));
        }

        foreach (var at in side.Keys)
        {
            if (_target.ContainsKey(at))
                continue;
            side.Remove(at);
            changes.Add(Level(at, 0));
        }

        return changes;
    }

    private long Steps(long price, int level, long nowMs)
    {
        var offset = (long)(_noise.Bits(price, 41) % 8_192);
        var bucket = (nowMs + offset) / (level == 0 ? 1_024 : 8_192);
        var size = _usualSteps * (1 + (level * 0.12)) * Math.Exp(0.8 * _noise.Normal(unchecked((price * 31) + bucket), 42));
        return 1 + (long)size;
    }

    private Quantity SizeOf(Dictionary<long, long> side, long at) => new(side[at] * _pair.Step);

    private BookLevel Level(long price, long steps) => new(new Price(price * _pair.Tick), new Quantity(steps * _pair.Step));
}
