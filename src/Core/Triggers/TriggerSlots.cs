using System.Numerics;

namespace Lastro.Core.Triggers;

internal enum SlotKind : byte
{
    Free,
    Trigger,

    /// <summary>A trailing stop that waits for a trade at its activation price.</summary>
    Waiting,
    Trailing,
}

/// <summary>One conditional order in 48 bytes; slot numbers are links, 0 is nobody.</summary>
internal struct TriggerSlot
{
    public long Id;

    /// <summary>Trailing: the extreme last told, in units.</summary>
    public long Told;
    public int Left;
    public int Right;

    /// <summary>Trailing: parent in the heap of deltas. Others: place in their heap of triggers.</summary>
    public int Above;
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
/// All orders of a book in one array, found by id through an open-addressing table of slot numbers (linear probing, at most 3/4 full,
/// no tombstones): a Dictionary would cost as much again as the orders themselves.
/// </summary>
internal sealed class TriggerSlots
{
    private TriggerSlot[] _slots = new TriggerSlot[16];
    private int[] _table = new int[32];
    private int _shift = 64 - 5;
    private int _used = 1;
    private int _free;

    public int Count { get; private set; }

    public ref TriggerSlot this[int slot] => ref _slots[slot];

    /// <summary>The id's slot, 0 when it is not here.</summary>
    public int Find(long id)
    {
        for (var at = Home(id); _table[at] != 0; at = After(at))
        {
            if (_slots[_table[at]].Id == id) return _table[at];
        }

        return 0;
    }

    public int Take(long id)
    {
        if (Find(id) != 0) throw new ArgumentException($"Order {id} is already in the book.", nameof(id));
        if (Count + 1 > _table.Length / 4 * 3) Rehash();
        var slot = _free;
        if (slot != 0)
        {
            _free = _slots[slot].Next;
        }
        else
        {
            // Half as much again, not twice: memory per order is a goal here.
            if (_used == _slots.Length) Array.Resize(ref _slots, _used + (_used / 2));
            slot = _used++;
        }

        _slots[slot] = new TriggerSlot { Id = id };
        Enter(slot);
        Count++;
        return slot;
    }

    public void Release(int slot)
    {
        Leave(slot);
        _slots[slot] = new TriggerSlot { Next = _free };
        _free = slot;
        Count--;
    }

    // Fibonacci hashing: ids count up, the golden ratio spreads them evenly.
    private int Home(long id) => (int)(unchecked((ulong)id * 0x9E37_79B9_7F4A_7C15UL) >> _shift);

    private int After(int at) => (at + 1) & (_table.Length - 1);

    private void Enter(int slot)
    {
        var at = Home(_slots[slot].Id);
        while (_table[at] != 0) at = After(at);
        _table[at] = slot;
    }

    private void Leave(int slot)
    {
        var hole = Home(_slots[slot].Id);
        while (_table[hole] != slot) hole = After(hole);
        // Those behind the hole move up unless that would put them before their home.
        for (var at = After(hole); _table[at] != 0; at = After(at))
        {
            var home = Home(_slots[_table[at]].Id);
            if (((at - home) & (_table.Length - 1)) < ((at - hole) & (_table.Length - 1))) continue;
            _table[hole] = _table[at];
            hole = at;
        }

        _table[hole] = 0;
    }

    private void Rehash()
    {
        var old = _table;
        _table = new int[old.Length * 2];
        _shift = 64 - BitOperations.Log2((uint)_table.Length);
        foreach (var slot in old)
        {
            if (slot != 0) Enter(slot);
        }
    }
}
