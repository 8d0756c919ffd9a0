namespace Lastro.Core.Triggers;

/// <summary>
/// All of one direction. Numbers are signed so that both directions read alike: what fires down has negated prices. Then a threshold is
/// reached when it is not above the market, the first to be met is the lowest, and a trailing stop's extreme moves when the market is below it.
/// </summary>
internal sealed class TriggerSide(TriggerSlots slots, TrailClusters clusters)
{
    // The top of a heap and its four children: who fires next is one of these.
    private const int Soon = 4;

    private readonly KeyHeap<SlotPlaces> _triggers = new(new SlotPlaces(slots));
    private readonly KeyHeap<ThresholdPlaces> _thresholds = new(new ThresholdPlaces(clusters));
    private readonly KeyHeap<ExtremePlaces> _extremes = new(new ExtremePlaces(clusters));

    /// <summary>The threshold met first, in parts of a unit; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextKey => Math.Min(_triggers.TopKey, _thresholds.TopKey);

    /// <summary>A market below this moves an extreme, in units; null when nothing trails.</summary>
    public long? Extreme => _extremes.Count > 0 ? -_extremes.TopKey : null;

    public void AddTrigger(int slot, long units) => _triggers.Add(units * PriceUnits.Parts, slot);

    public void RemoveTrigger(int slot) => _triggers.RemoveAt(slots.Above(slot));

    /// <param name="slot">A slot that has its delta.</param>
    /// <param name="extreme">Signed units.</param>
    /// <param name="untold">The extreme is news to the caller.</param>
    public void AddTrailing(int slot, long extreme, bool untold)
    {
        // Between two extremes most orders are placed at the last trade's price, where the nearest cluster stands.
        if (_extremes.TopKey == -extreme)
        {
            var cluster = _extremes.Top;
            clusters.Join(cluster, slot, untold);
            _thresholds.Change(clusters[cluster].ThresholdPlace, clusters.ThresholdKey(cluster));
            return;
        }

        var single = clusters.Open(extreme);
        clusters.Join(single, slot, untold);
        _extremes.Add(-extreme, single);
        _thresholds.Add(clusters.ThresholdKey(single), single);
    }

    public void RemoveTrailing(int slot)
    {
        var cluster = clusters.Of(slot);
        if (clusters[cluster].Size == 1)
        {
            TakeOut(cluster);
            clusters.Leave(cluster, slot);
            return;
        }

        var tightest = clusters[cluster].Tightest == slot;
        clusters.Leave(cluster, slot);
        if (tightest) _thresholds.Change(clusters[cluster].ThresholdPlace, clusters.ThresholdKey(cluster));
    }

    /// <summary>A trade at these signed units moves every extreme above it; those that moved become one cluster.</summary>
    public void Move(long market)
    {
        if (!(Extreme > market)) return;
        var moved = _extremes.Top;
        _extremes.Change(0, -market);
        if (_extremes.Top == moved)
        {
            // Alone, as with most trades of a market that runs: it stays where it stands.
            clusters.Move(moved, market);
            _thresholds.Change(clusters[moved].ThresholdPlace, clusters.ThresholdKey(moved));
            return;
        }

        TakeOut(moved);
        while (Extreme >= market) moved = clusters.Absorb(moved, TakeTop());
        clusters.Move(moved, market);
        _extremes.Add(-market, moved);
        _thresholds.Add(clusters.ThresholdKey(moved), moved);
    }

    /// <summary>The slot that a trade at these signed parts meets first, and its signed threshold; 0 when it reaches nobody.</summary>
    public int Reached(long market, out long key)
    {
        key = NextKey;
        if (key > market) return 0;
        var trailing = _thresholds.TopKey == key ? clusters[_thresholds.Top].Tightest : 0;
        var plain = _triggers.TopKey == key ? _triggers.Top : 0;
        if (trailing == 0 || plain == 0) return trailing + plain;
        return slots[plain].Id < slots[trailing].Id ? plain : trailing;
    }

    private int TakeTop()
    {
        var cluster = _extremes.Top;
        TakeOut(cluster);
        return cluster;
    }

    private void TakeOut(int cluster)
    {
        _extremes.RemoveAt(clusters[cluster].ExtremePlace);
        _thresholds.RemoveAt(clusters[cluster].ThresholdPlace);
    }

    private readonly struct SlotPlaces(TriggerSlots slots) : IHeapItems
    {
        public long Age(int item) => slots[item].Id;

        public void Place(int item, int at)
        {
            slots.Above(item) = at;
            if (at <= Soon) slots.FetchNext(item, at);
        }
    }

    private readonly struct ThresholdPlaces(TrailClusters clusters) : IHeapItems
    {
        public long Age(int item) => clusters.Age(item);

        public void Place(int item, int at)
        {
            clusters[item].ThresholdPlace = at;
            if (at <= Soon) clusters.FetchNext(item, at);
        }
    }

    private readonly struct ExtremePlaces(TrailClusters clusters) : IHeapItems
    {
        // Which of two clusters at one extreme moves first is all the same: both move.
        public long Age(int item) => 0;

        public void Place(int item, int at) => clusters[item].ExtremePlace = at;
    }
}
