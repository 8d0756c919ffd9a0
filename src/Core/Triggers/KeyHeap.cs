using System.Runtime.CompilerServices;

namespace Lastro.Core.Triggers;

/// <summary>What a heap asks of the things it orders; a struct, so that the calls cost nothing.</summary>
internal interface IHeapItems
{
    /// <summary>Orders items of one key, lowest first.</summary>
    long Age(int item);

    /// <summary>Says where the item now stands.</summary>
    void Place(int item, int at);
}

/// <summary>
/// Four-way heap, lowest key first, whose items know their place. Keys and items stand in two arrays: a way down reads four keys a level but
/// only one item, and the keys alone fit a nearer cache.
/// </summary>
internal sealed class KeyHeap<TItems>(TItems items)
    where TItems : struct, IHeapItems
{
    private long[] _keys = new long[4];
    private int[] _items = new int[4];

    public int Count { get; private set; }

    /// <summary>The lowest key; <see cref="long.MaxValue"/> when empty.</summary>
    public long TopKey => Count > 0 ? _keys[0] : long.MaxValue;

    /// <summary>The first of the lowest key; 0 when empty.</summary>
    public int Top => Count > 0 ? _items[0] : 0;

    public void Add(long key, int item)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count + (Count / 2));
            Array.Resize(ref _items, _keys.Length);
        }

        Rise(Count++, key, item);
    }

    public void RemoveAt(int at)
    {
        Count--;
        if (at < Count) Settle(at, _keys[Count], _items[Count]);
    }

    /// <summary>Puts the entry where its new key, or its item's new age, belongs.</summary>
    public void Change(int at, long key) => Settle(at, key, _items[at]);

    private void Settle(int at, long key, int item)
    {
        if (at > 0 && Before(key, item, (at - 1) >> 2)) Rise(at, key, item);
        else Sink(at, key, item);
    }

    private void Rise(int at, long key, int item)
    {
        for (int parent; at > 0 && Before(key, item, parent = (at - 1) >> 2); at = parent)
            Put(at, _keys[parent], _items[parent]);
        Put(at, key, item);
    }

    private void Sink(int at, long key, int item)
    {
        for (int child; (child = (at << 2) + 1) < Count;)
        {
            FetchChildrenOf(child);
            var best = child + 4 <= Count ? FirstOfFour(child) : First(child, Count);
            if (!Before(_keys[best], _items[best], key, item)) break;
            Put(at, _keys[best], _items[best]);
            at = best;
        }

        Put(at, key, item);
    }

    // Which of four comes first is a guess for the processor, so the winners are computed, not branched to; equal keys are rare.
    private int FirstOfFour(int from)
    {
        var keys = _keys.AsSpan(from, 4);
        var left = keys[1] < keys[0] ? 1 : 0;
        var right = keys[3] < keys[2] ? 3 : 2;
        var (leftKey, rightKey) = (keys[left], keys[right]);
        if ((keys[0] == keys[1]) | (keys[2] == keys[3]) | (leftKey == rightKey)) return First(from, from + 4);
        return from + left + ((right - left) & -(rightKey < leftKey ? 1 : 0));
    }

    private int First(int from, int end)
    {
        var best = from;
        while (++from < end)
        {
            if (Before(_keys[from], _items[from], best)) best = from;
        }

        return best;
    }

    // The sixteen entries of which the next step needs four: while it is decided which, all are on their way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchChildrenOf(int four)
    {
        var from = (four << 2) + 1;
        if (from + 15 >= Count) return;
        CacheLine.Fetch(ref _keys[from]);
        CacheLine.Fetch(ref _keys[from + 8]);
        CacheLine.Fetch(ref _keys[from + 15]);
        CacheLine.Fetch(ref _items[from]);
        CacheLine.Fetch(ref _items[from + 15]);
    }

    private bool Before(long key, int item, int at) => Before(key, item, _keys[at], _items[at]);

    private bool Before(long key, int item, long otherKey, int other) =>
        key < otherKey || (key == otherKey && items.Age(item) < items.Age(other));

    private void Put(int at, long key, int item)
    {
        _keys[at] = key;
        _items[at] = item;
        items.Place(item, at);
    }
}
