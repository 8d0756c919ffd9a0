using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>
/// Puts one pair's trades in order: every id once, rising by one. Trades beyond a hole are held back until the missing ones
/// were fetched; the exchange's own history decides which ids exist. Pure and not thread-safe.
/// </summary>
internal sealed class TradeSequence(int longestGap, long lastId = 0)
{
    /// <summary>Held back at most; those beyond are fetched again later.</summary>
    private const int MaxHeld = 20_000;

    private readonly Queue<MarketTrade> _held = new();
    private int _fetched;

    /// <summary>The last id passed on; 0 before the first.</summary>
    public long LastId { get; private set; } = lastId;

    /// <summary>True while trades are held back for missing ones.</summary>
    public bool Filling { get; private set; }

    /// <summary>Trades met a second time and dropped.</summary>
    public long Doubled { get; private set; }

    /// <summary>Ids that were neither streamed nor in the exchange's history when it was asked, or too many to fetch.</summary>
    public long Abandoned { get; private set; }

    /// <summary>Starts asking for what came after the last id, as after a reconnect. False when there is nothing to follow up.</summary>
    public bool BeginFill()
    {
        if (LastId == 0 || Filling)
            return false;
        (Filling, _fetched) = (true, 0);
        return true;
    }

    /// <summary>Takes a streamed trade. True when it is the next one and must be passed on now.</summary>
    public bool Next(in MarketTrade trade)
    {
        if (trade.Id <= LastId)
        {
            Doubled++;
            return false;
        }

        if (!Filling && (LastId == 0 || trade.Id == LastId + 1))
        {
            LastId = trade.Id;
            return true;
        }

        if (!Filling)
            BeginFill();
        if (_held.Count < MaxHeld)
            _held.Enqueue(trade);
        return false;
    }

    /// <summary>Takes a page of history that starts after <see cref="LastId"/>; adds to <paramref name="ready"/> what may now be passed on, in order. True while more must be fetched.</summary>
    public bool Page(List<MarketTrade> page, bool full, List<MarketTrade> ready)
    {
        foreach (var trade in page)
        {
            if (trade.Id <= LastId)
                continue;
            Abandoned += trade.Id - LastId - 1;
            Pass(trade, ready);
        }

        _fetched += page.Count;
        var waiting = _held.Count;
        Drain(ready);
        // Reaching what was streamed means to have caught up; otherwise a full page means there is more.
        if (_held.Count == 0)
            Filling = full && waiting == 0;
        if (Filling && _fetched >= longestGap)
            GiveUp(ready);
        return Filling;
    }

    /// <summary>Accepts the hole and goes on with what is held.</summary>
    public void GiveUp(List<MarketTrade> ready)
    {
        Filling = false;
        if (!_held.TryPeek(out var first))
        {
            LastId = 0;
            return;
        }

        Abandoned += Math.Max(0, first.Id - LastId - 1);
        LastId = Math.Max(LastId, first.Id - 1);
        Drain(ready);
        (Filling, _fetched) = (_held.Count > 0, 0);
    }

    /// <summary>Forgets what is held, as when the connection is lost: it will be fetched.</summary>
    public void Disconnected()
    {
        _held.Clear();
        Filling = false;
    }

    private void Drain(List<MarketTrade> ready)
    {
        while (_held.TryPeek(out var next) && next.Id <= LastId + 1)
        {
            _held.Dequeue();
            if (next.Id > LastId)
                Pass(next, ready);
            else
                Doubled++;
        }
    }

    private void Pass(in MarketTrade trade, List<MarketTrade> ready)
    {
        ready.Add(trade);
        LastId = trade.Id;
    }
}
