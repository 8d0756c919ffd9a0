namespace Lastro.Core.Triggers;

/// <summary>
/// Conditional orders of one pair: triggers, trailing stops, and trailing stops that wait for their activation price. They look at trade
/// prices only (INTERFACES "Paper fills and money"). Not thread-safe.
/// <para>Order of what one trade fires: first what fires <see cref="TriggerDirection.Down"/>, highest threshold first, then what fires
/// <see cref="TriggerDirection.Up"/>, lowest threshold first: as a market on its way meets them. One threshold: lowest id first. Ids count up
/// with age, so an amended order (removed and added again under its id) keeps its place.</para>
/// <para>Prices are whole units of 10^-decimals and compared exactly. A trade that reaches nobody and moves no extreme costs two comparisons.</para>
/// </summary>
public sealed class TriggerBook
{
    // Extremes of trailing stops that saw no trade yet: every price is better.
    private const long NoneDown = 0;
    private const long NoneUp = PriceUnits.Most + 1;

    private readonly PriceUnits _units;
    private readonly TriggerSlots _slots = new();
    private readonly TrailClusters _clusters;
    private readonly TriggerSide _up;
    private readonly TriggerSide _down;
    private long _idleFrom = long.MinValue;
    private long _idleTo = long.MaxValue;

    /// <summary>An empty book.</summary>
    /// <param name="decimals">The most decimals any price of the pair has, 0 to 18. Prices above 4.6e14 units do not fit.</param>
    public TriggerBook(int decimals)
    {
        _units = new PriceUnits(decimals);
        _clusters = new TrailClusters(_slots);
        _up = new TriggerSide(_slots, _clusters);
        _down = new TriggerSide(_slots, _clusters);
    }

    /// <summary>Orders here, of every kind.</summary>
    public int Count => _slots.Count;

    /// <summary>True when the order is here.</summary>
    public bool Contains(long id) => _slots.Find(id) != 0;

    /// <summary>True when the book can hold this price exactly. Others make every method that takes a price throw <see cref="ArgumentOutOfRangeException"/> and change nothing.</summary>
    public bool Fits(Price price) => _units.TryRead(price, out _);

    /// <summary>Adds an order that fires when a trade reaches the trigger. An id that is already here throws <see cref="ArgumentException"/>.</summary>
    public void AddTrigger(long id, TriggerDirection direction, Price trigger)
    {
        _slots.Fetch(id);
        var units = _units.Read(trigger);
        var slot = Take(id, direction, SlotKind.Trigger, 0);
        Side(direction).AddTrigger(slot, Signed(direction, units));
        Refresh();
    }

    /// <summary>Adds a trailing stop: a sell's has the direction down, a buy's up.</summary>
    /// <param name="id">Unique here.</param>
    /// <param name="direction">Down follows the highest trade, up the lowest.</param>
    /// <param name="deltaBps">Distance from the extreme in basis points, 1 to 9999.</param>
    /// <param name="extreme">The last trade's price at placement, or the extreme kept from before a restart; null: the first trade becomes it.</param>
    public void AddTrailing(long id, TriggerDirection direction, int deltaBps, Price? extreme)
    {
        _slots.Fetch(id);
        var units = extreme is { } known ? _units.Read(known) : None(direction);
        var slot = Take(id, direction, SlotKind.Trailing, deltaBps);
        _slots[slot].Told = units;
        Side(direction).AddTrailing(slot, Signed(direction, units), untold: false);
        Refresh();
    }

    /// <summary>
    /// Adds a trailing stop that sleeps until a trade reaches its activation price (a sell's at or above it, a buy's at or below it);
    /// that trade is its first extreme. One that was activated before a restart comes back through <see cref="AddTrailing"/>.
    /// </summary>
    public void AddWaiting(long id, TriggerDirection direction, int deltaBps, Price activation)
    {
        _slots.Fetch(id);
        var units = _units.Read(activation);
        var slot = Take(id, direction, SlotKind.Waiting, deltaBps);
        var waits = Opposite(direction);
        Side(waits).AddTrigger(slot, Signed(waits, units));
        Refresh();
    }

    /// <summary>Takes an order out; false when it is not here.</summary>
    public bool Remove(long id)
    {
        var slot = _slots.Find(id);
        if (slot == 0) return false;
        TakeOut(slot);
        Refresh();
        return true;
    }

    /// <summary>A trailing stop's extreme; null when it has none yet, waits for its activation, is no trailing stop or is not here.</summary>
    public Price? ExtremeOf(long id)
    {
        var slot = _slots.Find(id);
        if (slot == 0 || _slots[slot].Kind != SlotKind.Trailing) return null;
        var units = Math.Abs(_clusters[_clusters.Of(slot)].Extreme);
        return units is NoneDown or NoneUp ? null : _units.ToPrice(units);
    }

    /// <summary>A trade: moves extremes, then takes out and appends what fires, in the book's order.</summary>
    public void OnTrade(Price price, List<Fired> fired)
    {
        var units = _units.Read(price);
        var parts = units * PriceUnits.Parts;
        if (parts >= _idleFrom && parts <= _idleTo) return;
        _up.Move(units);
        _down.Move(-units);
        Fire(TriggerDirection.Down, units, fired);
        Fire(TriggerDirection.Up, units, fired);
        Refresh();
    }

    /// <summary>
    /// Appends trailing stops whose extreme is another than at placement or when last told here: what to keep for a restart. Costs no more
    /// than <paramref name="limit"/> looks; every order comes in its turn, with the extreme it has then. True when there may be more.
    /// </summary>
    public bool TakeMoved(int limit, List<MovedExtreme> moved)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _clusters.Tell(limit, (slot, units) => moved.Add(new MovedExtreme(_slots[slot].Id, _units.ToPrice(units))));
    }

    private static long Signed(TriggerDirection direction, long value) => direction == TriggerDirection.Up ? value : -value;

    private static long None(TriggerDirection direction) => direction == TriggerDirection.Up ? NoneUp : NoneDown;

    private static TriggerDirection Opposite(TriggerDirection direction) =>
        direction == TriggerDirection.Up ? TriggerDirection.Down : TriggerDirection.Up;

    private TriggerSide Side(TriggerDirection direction) => direction == TriggerDirection.Up ? _up : _down;

    private int Take(long id, TriggerDirection direction, SlotKind kind, int deltaBps)
    {
        if (kind != SlotKind.Trigger && deltaBps is < 1 or > 9_999)
            throw new ArgumentOutOfRangeException(nameof(deltaBps), deltaBps, "A trailing delta is 1 to 9999 basis points.");
        var slot = _slots.Take(id);
        ref var order = ref _slots[slot];
        (order.Kind, order.Direction, order.DeltaBps) = (kind, direction, (short)deltaBps);
        return slot;
    }

    private void Fire(TriggerDirection direction, long units, List<Fired> fired)
    {
        var side = Side(direction);
        var market = Signed(direction, units * PriceUnits.Parts);
        for (int slot; (slot = side.Reached(market, out var key)) != 0;)
        {
            if (_slots[slot].Kind == SlotKind.Waiting)
            {
                side.RemoveTrigger(slot);
                Activate(slot, units);
                continue;
            }

            fired.Add(new Fired(_slots[slot].Id, _units.ToThreshold(Math.Abs(key))));
            TakeOut(slot);
        }
    }

    private void Activate(int slot, long units)
    {
        ref var order = ref _slots[slot];
        order.Kind = SlotKind.Trailing;
        order.Told = None(order.Direction);
        Side(order.Direction).AddTrailing(slot, Signed(order.Direction, units), untold: true);
    }

    private void TakeOut(int slot)
    {
        var (kind, direction) = (_slots[slot].Kind, _slots[slot].Direction);
        if (kind == SlotKind.Trailing) Side(direction).RemoveTrailing(slot);
        else Side(kind == SlotKind.Waiting ? Opposite(direction) : direction).RemoveTrigger(slot);
        _slots.Release(slot);
    }

    // The market between which nothing happens, in parts of a unit, both ends included.
    private void Refresh()
    {
        _idleFrom = Math.Max(1 - _down.NextKey, _up.Extreme * PriceUnits.Parts ?? long.MinValue);
        _idleTo = Math.Min(_up.NextKey - 1, -_down.Extreme * PriceUnits.Parts ?? long.MaxValue);
    }
}
