namespace Lastro.Core.Triggers;

/// <summary>Trailing stops that share one extreme. An absorbed cluster stays as a signpost to the one that took it until nobody reads it.</summary>
internal struct TrailCluster
{
    /// <summary>In units, negative for those that fire down: a new extreme is always a lower number.</summary>
    public long Extreme;

    /// <summary>Itself while it lives, the absorber afterwards, 0 when free.</summary>
    public int Leader;

    /// <summary>Slots and absorbed clusters that point here.</summary>
    public int Readers;

    /// <summary>Root of the heap of deltas.</summary>
    public int Tightest;

    /// <summary>Start of the ring of members; the first <see cref="Untold"/> of them hold all whose extreme was not told yet.</summary>
    public int Head;
    public int Size;
    public int Untold;
    public int ExtremePlace;
    public int ThresholdPlace;

    /// <summary>Waits in the queue of those to tell; belongs to the number, whoever has it.</summary>
    public bool Queued;
}

/// <summary>The clusters of both directions: membership (union by size, so a slot is at most log n signposts away), rings, and what is to be told.</summary>
internal sealed class TrailClusters(TriggerSlots slots)
{
    private readonly DeltaHeap _deltas = new(slots);
    private readonly Queue<int> _toTell = new();
    private TrailCluster[] _clusters = new TrailCluster[8];
    private int _used = 1;
    private int _free;

    public ref TrailCluster this[int cluster] => ref _clusters[cluster];

    /// <summary>The threshold of the tightest member, in parts of a unit, negative for those that fire down.</summary>
    public long ThresholdKey(int cluster)
    {
        ref var it = ref _clusters[cluster];
        return (it.Extreme * PriceUnits.Parts) + (Math.Abs(it.Extreme) * slots[it.Tightest].DeltaBps);
    }

    /// <summary>Age of the tightest member.</summary>
    public long Age(int cluster) => slots[_clusters[cluster].Tightest].Id;

    /// <summary>Asks for the memory of the member that fires soon, as <see cref="TriggerSlots.FetchNext"/>.</summary>
    public void FetchNext(int cluster, int at) => slots.FetchNext(_clusters[cluster].Tightest, at);

    public int Open(long extreme)
    {
        var cluster = _free;
        if (cluster != 0)
        {
            _free = _clusters[cluster].Head;
        }
        else
        {
            if (_used == _clusters.Length) Array.Resize(ref _clusters, _used + (_used / 2));
            cluster = _used++;
        }

        _clusters[cluster] = new TrailCluster { Extreme = extreme, Leader = cluster, Queued = _clusters[cluster].Queued };
        return cluster;
    }

    /// <summary>The living cluster of a slot; shortens the slot's own way to it.</summary>
    public int Of(int slot)
    {
        var cluster = slots[slot].Cluster;
        var leader = cluster;
        while (_clusters[leader].Leader != leader) leader = _clusters[leader].Leader;
        if (leader == cluster) return leader;
        slots[slot].Cluster = leader;
        _clusters[leader].Readers++;
        Unread(cluster);
        return leader;
    }

    /// <summary>Takes a slot in: as one whose extreme is to be told, or behind all that are.</summary>
    public void Join(int cluster, int slot, bool untold)
    {
        ref var it = ref _clusters[cluster];
        (slots[slot].Cluster, slots[slot].Rank, slots.Above(slot)) = (cluster, 1, 0);
        (slots[slot].Next, slots[slot].Previous) = (slot, slot);
        it.Head = Tie(it.Head, slot);
        it.Readers++;
        it.Size++;
        it.Tightest = _deltas.Meld(it.Tightest, slot);
        if (!untold) return;
        it.Head = slot;
        it.Untold++;
        Queue(cluster);
    }

    /// <summary>Takes a slot out of its living cluster; a cluster that loses its last is free, so it must stand in no heap by then.</summary>
    public void Leave(int cluster, int slot)
    {
        ref var it = ref _clusters[cluster];
        var (next, previous) = (slots[slot].Next, slots[slot].Previous);
        slots[next].Previous = previous;
        slots[previous].Next = next;
        it.Size--;
        if (it.Head == slot) it.Head = it.Size == 0 ? 0 : next;
        it.Untold = Math.Min(it.Untold, it.Size);
        it.Tightest = _deltas.Remove(it.Tightest, slot);
        Unread(slots[slot].Cluster);
    }

    /// <summary>One cluster of two; the larger stays and is given back.</summary>
    public int Absorb(int left, int right)
    {
        var (stays, goes) = _clusters[left].Size < _clusters[right].Size ? (right, left) : (left, right);
        ref var it = ref _clusters[stays];
        ref var other = ref _clusters[goes];
        it.Head = Tie(it.Head, other.Head);
        it.Size += other.Size;
        it.Readers++;
        it.Tightest = _deltas.Meld(it.Tightest, other.Tightest);
        (other.Leader, other.Untold, other.Head, other.Tightest) = (stays, 0, 0, 0);
        return stays;
    }

    /// <summary>All members have this extreme now and are to be told.</summary>
    public void Move(int cluster, long extreme)
    {
        ref var it = ref _clusters[cluster];
        it.Extreme = extreme;
        it.Untold = it.Size;
        Queue(cluster);
    }

    /// <summary>Looks at no more than <paramref name="limit"/> slots; true when some may be left.</summary>
    public bool Tell(int limit, Action<int, long> told)
    {
        while (limit > 0 && _toTell.TryDequeue(out var cluster))
        {
            ref var it = ref _clusters[cluster];
            it.Queued = false;
            limit--;
            for (; it.Untold > 0 && limit >= 0; limit--, it.Untold--)
            {
                ref var slot = ref slots[it.Head];
                if (slot.Told != Math.Abs(it.Extreme)) told(it.Head, slot.Told = Math.Abs(it.Extreme));
                it.Head = slot.Next;
            }

            // To the end of the queue: one that moves with every trade must not keep the others waiting.
            if (it.Untold > 0) Queue(cluster);
        }

        return _toTell.Count > 0;
    }

    private void Queue(int cluster)
    {
        if (_clusters[cluster].Queued) return;
        _clusters[cluster].Queued = true;
        _toTell.Enqueue(cluster);
    }

    // Two rings become one, the second behind the first; gives its start.
    private int Tie(int first, int second)
    {
        if (first == 0) return second;
        var (firstEnd, secondEnd) = (slots[first].Previous, slots[second].Previous);
        slots[firstEnd].Next = second;
        slots[second].Previous = firstEnd;
        slots[secondEnd].Next = first;
        slots[first].Previous = secondEnd;
        return first;
    }

    private void Unread(int cluster)
    {
        while (--_clusters[cluster].Readers == 0)
        {
            var leader = _clusters[cluster].Leader;
            _clusters[cluster] = new TrailCluster { Head = _free, Queued = _clusters[cluster].Queued };
            _free = cluster;
            if (leader == cluster) return;
            cluster = leader;
        }
    }
}
