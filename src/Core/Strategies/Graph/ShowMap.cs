namespace Lastro.Core.Strategies;

/// <summary>
/// Which coarse row each fine row sees: the last one whose end is at or before the fine row's. Computed once per block for a
/// pair of scopes. Coarse rows are numbered so: 0 is the one seen last before this block (nothing at first), then those that had
/// ended before and were not yet seen (<see cref="Waiting"/>), then those of this block.
/// </summary>
internal sealed class ShowMap(ScopeRows outer, ScopeRows inner, int capacity)
{
    private readonly int[] _from = new int[capacity];
    private readonly int[] _seen = new int[capacity];
    private long[] _waitingEnds = new long[4];

    /// <summary>How many coarse rows of earlier blocks have not been seen.</summary>
    public int Waiting { get; private set; }

    /// <summary>Stretches of fine rows that see the same coarse row.</summary>
    public int Stretches { get; private set; }

    /// <summary>What the last fine row sees; what comes after it waits for the next block.</summary>
    public int LastSeen { get; private set; }

    /// <summary>How many coarse rows there are by the numbers above.</summary>
    public int Count => 1 + Waiting + inner.Rows;

    private int _waitingAfter;

    /// <summary>A stretch of fine rows: first row, how many, which coarse row.</summary>
    public (int Row, int Rows, int Seen) this[int stretch] =>
        (_from[stretch], (stretch + 1 < Stretches ? _from[stretch + 1] : outer.Rows) - _from[stretch], _seen[stretch]);

    public void Prepare()
    {
        Waiting = _waitingAfter;
        Stretches = 0;
        var (ends, rows, count, seen) = (outer.EndMs, outer.Rows, Count, 0);
        var next = count > 1 ? EndOf(1) : long.MaxValue;
        for (var row = 0; row < rows; row++)
        {
            var isNew = row == 0;
            for (var end = ends[row]; next <= end; isNew = true)
            {
                seen++;
                next = seen + 1 < count ? EndOf(seen + 1) : long.MaxValue;
            }

            if (!isNew)
                continue;
            (_from[Stretches], _seen[Stretches]) = (row, seen);
            Stretches++;
        }

        LastSeen = seen;
        KeepWaiting(seen + 1, count);
    }

    private long EndOf(int seen) => seen <= Waiting ? _waitingEnds[seen - 1] : inner.EndMs[seen - 1 - Waiting];

    // No more than two wait in any file; whatever comes, none is lost.
    private void KeepWaiting(int from, int count)
    {
        _waitingAfter = count - from;
        if (_waitingAfter > _waitingEnds.Length)
            Array.Resize(ref _waitingEnds, 2 * _waitingAfter);
        for (var index = 0; index < _waitingAfter; index++)
            _waitingEnds[index] = EndOf(from + index);
    }
}
