namespace Lastro.Bounds;

/// <summary>A heap of bare numbers, lowest first: nobody can be found or taken out of it, and it knows no ids.</summary>
internal sealed class BareHeap(int capacity)
{
    private readonly long[] _keys = new long[capacity];
    private int _count;

    public long Top => _keys[0];

    public void Add(long key)
    {
        var at = _count++;
        for (; at > 0 && key < _keys[(at - 1) >> 2]; at = (at - 1) >> 2)
            _keys[at] = _keys[(at - 1) >> 2];
        _keys[at] = key;
    }

    public void RemoveTop()
    {
        var (last, at) = (_keys[--_count], 0);
        for (var child = 1; child < _count; child = (at << 2) + 1)
        {
            var best = child;
            for (var end = Math.Min(child + 4, _count); ++child < end;)
            {
                if (_keys[child] < _keys[best]) best = child;
            }

            if (_keys[best] >= last) break;
            _keys[at] = _keys[best];
            at = best;
        }

        _keys[at] = last;
    }
}
