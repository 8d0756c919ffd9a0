using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>What to do with a piece of the book.</summary>
internal enum DepthStep
{
    /// <summary>Kept until a snapshot comes.</summary>
    Buffered,

    /// <summary>Older than the book: drop it.</summary>
    Old,

    /// <summary>It continues the book, and was applied: pass it on.</summary>
    Applied,

    /// <summary>The book can no longer be trusted (an update is missing, or bids crossed asks): ask for a snapshot.</summary>
    Lost,

    /// <summary>The snapshot does not reach the changes at hand: ask for another.</summary>
    SnapshotTooOld,
}

/// <summary>
/// Keeps one pair's book in step by Binance's rule, "How to manage a local order book correctly" in web-socket-streams.md:
/// keep changes, take a snapshot, drop changes with u &lt;= lastUpdateId, the first one left must have
/// U &lt;= lastUpdateId + 1 &lt;= u, and every later one must not start beyond the last u + 1. Pure and not thread-safe.
/// </summary>
internal sealed class DepthSync
{
    /// <summary>At ten changes a second this bridges well over a minute without a snapshot.</summary>
    private const int MaxBuffered = 1024;

    private readonly Queue<Depth> _waiting = new();
    private long _lastKept;

    /// <summary>The book so far; ready only while <see cref="Synced"/>.</summary>
    public OrderBook Book { get; } = new();

    /// <summary>True while the book is complete.</summary>
    public bool Synced => Book.Ready;

    /// <summary>Takes a change.</summary>
    public DepthStep Change(Depth change)
    {
        if (!Synced)
        {
            Keep(change);
            return DepthStep.Buffered;
        }

        var step = Continue(change);
        if (step == DepthStep.Lost)
        {
            Lose();
            Keep(change);
        }

        return step;
    }

    /// <summary>
    /// Takes a snapshot. After <see cref="DepthStep.Applied"/>, <paramref name="ready"/> is one picture of it with the changes kept for it: the
    /// snapshot alone is older than what was heard before it, and nobody may fill on it.
    /// </summary>
    public DepthStep Snapshot(Depth snapshot, out Depth? ready)
    {
        ready = null;
        while (_waiting.TryPeek(out var old) && old.FinalUpdateId <= snapshot.FinalUpdateId)
            _waiting.Dequeue();
        if (_waiting.TryPeek(out var first) && first.FirstUpdateId > snapshot.FinalUpdateId + 1)
            return DepthStep.SnapshotTooOld;
        Book.Apply(snapshot);
        while (_waiting.TryDequeue(out var change))
            Continue(change);
        if (!Book.Crossed)
        {
            ready = Book.Picture() with { TimeMs = Math.Max(snapshot.TimeMs, Book.TimeMs) };
            return DepthStep.Applied;
        }

        Lose();
        return DepthStep.Lost;
    }

    /// <summary>Forgets everything, as after a reconnect.</summary>
    public void Lose()
    {
        Book.Clear();
        _waiting.Clear();
    }

    private DepthStep Continue(Depth change)
    {
        if (change.FinalUpdateId <= Book.UpdateId)
            return DepthStep.Old;
        if (change.FirstUpdateId > Book.UpdateId + 1)
            return DepthStep.Lost;
        Book.Apply(change);
        return Book.Crossed ? DepthStep.Lost : DepthStep.Applied;
    }

    private void Keep(Depth change)
    {
        // A hole among the kept ones makes those before it useless: no snapshot can bridge it.
        if (_waiting.Count > 0 && change.FirstUpdateId > _lastKept + 1)
            _waiting.Clear();
        else if (_waiting.Count > 0 && change.FinalUpdateId <= _lastKept)
            return;
        if (_waiting.Count == MaxBuffered)
            _waiting.Dequeue();
        _waiting.Enqueue(change);
        _lastKept = change.FinalUpdateId;
    }
}
