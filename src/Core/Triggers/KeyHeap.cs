using System.Runtime.InteropServices;

namespace Lastro.Core.Triggers;

/// <summary>What a heap asks of the things it orders; a struct, so that the calls cost nothing.</summary>
internal interface IHeapItems
{
    /// <summary>Orders items of one key, lowest first.</summary>
    long Age(int item);

    /// <summary>Says where the item now stands.</summary>
    void Place(int item, int at);
}

/// <summary>Four-way heap, lowest key first, whose items know their place: one cache line holds the four children of an entry.</summary>
internal sealed class KeyHeap<TItems>(TItems items)
    where TItems : struct, IHeapItems
{
    private Entry[] _entries = new Entry[4];

    public int Count { get; private set; }

    /// <summary>The lowest key; <see cref="long.MaxValue"/> when empty.</summary>
    public long TopKey => Count > 0 ? _entries[0].Key : long.MaxValue;

    /// <summary>The first of the lowest key; 0 when empty.</summary>
    public int Top => Count > 0 ? _entries[0].Item : 0;

    public void Add(long key, int item)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count + (Count / 2));
        Rise(Count++, new Entry(key, item));
    }

    public void RemoveAt(int at)
    {
        var last = _entries[--Count];
        if (at < Count) Settle(at, last);
    }

    /// <summary>Puts the entry where its new key, or its item's new age, belongs.</summary>
    public void Change(int at, long key) => Settle(at, new Entry(key, _entries[at].Item));

    private void Settle(int at, Entry entry)
    {
        if (at > 0 && Before(entry, _entries[(at - 1) >> 2])) Rise(at, entry);
        else Sink(at, entry);
    }

    private void Rise(int at, Entry entry)
    {
        while (at > 0)
        {
            var parent = (at - 1) >> 2;
            if (!Before(entry, _entries[parent])) break;
            Put(at, _entries[parent]);
            at = parent;
        }

        Put(at, entry);
    }

    private void Sink(int at, Entry entry)
    {
        while (true)
        {
            var child = (at << 2) + 1;
            if (child >= Count) break;
            var best = child;
            for (var end = Math.Min(child + 4, Count); ++child < end;)
            {
                if (Before(_entries[child], _entries[best])) best = child;
            }

            if (!Before(_entries[best], entry)) break;
            Put(at, _entries[best]);
            at = best;
        }

        Put(at, entry);
    }

    private bool Before(in Entry left, in Entry right) =>
        left.Key < right.Key || (left.Key == right.Key && items.Age(left.Item) < items.Age(right.Item));

    private void Put(int at, in Entry entry)
    {
        _entries[at] = entry;
        items.Place(entry.Item, at);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Key, int Item);
}
