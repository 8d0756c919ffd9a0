using System.Runtime.InteropServices;

namespace Lastro.Core.Triggers;

internal enum SlotKind : byte
{
    Free,
    Trigger,

    /// <summary>A trailing stop that waits for a trade at its activation price.</summary>
    Waiting,
    Trailing,
}

/// <summary>One conditional order in 40 bytes; slot numbers are links, 0 is nobody.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TriggerSlot
{
    public long Id;

    /// <summary>Trailing: the extreme last told, in units.</summary>
    public long Told;
    public int Left;
    public int Right;
    public int Next;
    public int Previous;
    public int Cluster;
    public short DeltaBps;
    public byte Rank;
    private byte _state;

    public SlotKind Kind
    {
        readonly get => (SlotKind)(_state >> 1);
        set => _state = (byte)(((int)value << 1) | (_state & 1));
    }

    /// <summary>The direction it fires in (of a waiting one: once it trails).</summary>
    public TriggerDirection Direction
    {
        readonly get => (TriggerDirection)(_state & 1);
        set => _state = (byte)((_state & ~1) | (int)value);
    }
}

/// <summary>
/// All orders of a book in one array, found by id through an open-addressing table (linear probing, at most 3/4 full, no tombstones):
/// a Dictionary would cost as much again as the orders themselves. The table keeps each id's hash, so that passing by reads no slot.
/// </summary>
internal sealed class TriggerSlots
{
    private TriggerSlot[] _slots = new TriggerSlot[16];
    private int[] _above = new int[16];
    private Entry[] _table = new Entry[32];
    private int _shift = 32 - 5;
    private int _used = 1;
    private int _free;

    public int Count { get; private set; }

    public ref TriggerSlot this[int slot] => ref _slots[slot];

    /// <summary>
    /// Trailing: parent in the heap of deltas. Others: place in their heap of triggers. Apart from the slots, because a heap
    /// that settles writes many of them: they fit a cache that the slots do not.
    /// </summary>
    public ref int Above(int slot) => ref _above[slot];

    /// <summary>Asks for the memory where an id that is about to come stands in the table.</summary>
    public void Fetch(long id) => CacheLine.Fetch(ref _table[Home(Hash(id))]);

    /// <summary>
    /// Asks for the memory of an order that fires soon: near the top of its heap for the slot, some fires later, at the top, for
    /// the id's place in the table, which only the slot tells.
    /// </summary>
    public void FetchNext(int slot, int at)
    {
        if (at == 0)
        {
            Fetch(_slots[slot].Id);
            return;
        }

        // A slot may lie on two lines.
        CacheLine.Fetch(ref _slots[slot].Id);
        CacheLine.Fetch(ref _slots[slot].Rank);
    }

    /// <summary>The id's slot, 0 when it is not here.</summary>
    public int Find(long id) => _table[PlaceOf(id, Hash(id))].Slot;

    public int Take(long id)
    {
        if (Count + 1 > _table.Length / 4 * 3) Rehash();
        var hash = Hash(id);
        var at = PlaceOf(id, hash);
        if (_table[at].Slot != 0) throw new ArgumentException($"Order {id} is already in the book.", nameof(id));
        var slot = FreeSlot();
        _slots[slot] = new TriggerSlot { Id = id };
        _above[slot] = 0;
        _table[at] = new Entry(hash, slot);
        Count++;
        return slot;
    }

    public void Release(int slot)
    {
        Leave(PlaceOf(_slots[slot].Id, Hash(_slots[slot].Id)));
        _slots[slot] = new TriggerSlot { Next = _free };
        _free = slot;
        Count--;
    }

    // Fibonacci hashing: ids count up, the golden ratio spreads them evenly.
    private static uint Hash(long id) => (uint)(unchecked((ulong)id * 0x9E37_79B9_7F4A_7C15UL) >> 32);

    private int Home(uint hash) => (int)(hash >> _shift);

    private int After(int at) => (at + 1) & (_table.Length - 1);

    private int FreeSlot()
    {
        var slot = _free;
        if (slot != 0)
        {
            _free = _slots[slot].Next;
            return slot;
        }

        // Half as much again, not twice: memory per order is a goal here.
        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, _used + (_used / 2));
            Array.Resize(ref _above, _slots.Length);
        }

        return _used++;
    }

    // Where the id stands in the table, or the empty place where it would.
    private int PlaceOf(long id, uint hash)
    {
        var at = Home(hash);
        while (_table[at].Slot != 0 && (_table[at].Hash != hash || _slots[_table[at].Slot].Id != id)) at = After(at);
        return at;
    }

    private void Leave(int hole)
    {
        // Those behind the hole move up unless that would put them before their home.
        for (var at = After(hole); _table[at].Slot != 0; at = After(at))
        {
            var home = Home(_table[at].Hash);
            if (((at - home) & (_table.Length - 1)) < ((at - hole) & (_table.Length - 1))) continue;
            _table[hole] = _table[at];
            hole = at;
        }

        _table[hole] = default;
    }

    private void Rehash()
    {
        var old = _table;
        _table = new Entry[old.Length * 2];
        _shift--;
        foreach (var entry in old)
        {
            if (entry.Slot == 0) continue;
            var at = Home(entry.Hash);
            while (_table[at].Slot != 0) at = After(at);
            _table[at] = entry;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(uint Hash, int Slot);
}
