using System.Collections.Concurrent;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Counts per key in windows that begin at multiples of their length, as Binance's do. An ended window is thrown away whole, so nothing has to be swept.</summary>
internal sealed class FixedWindow<TKey>(long lengthMs)
    where TKey : notnull
{
    /// <summary>More keys than this in one window share one count: an attacker with many addresses must not fill the memory.</summary>
    private const int MostKeys = 200_000;

    private Counts _counts = new(-1);

    /// <summary>Milliseconds until the window of <paramref name="nowMs"/> ends.</summary>
    public long LeftMs(long nowMs) => lengthMs - (nowMs % lengthMs);

    /// <summary>Adds and gives the count with the addition.</summary>
    public int Add(TKey key, int amount, long nowMs) => Interlocked.Add(ref Cell(key, nowMs).Value, amount);

    /// <summary>Adds only when the count does not pass the limit with it. Gives the count and whether it was added.</summary>
    public (int Count, bool Added) TryAdd(TKey key, int amount, int limit, long nowMs)
    {
        var cell = Cell(key, nowMs);
        var seen = Volatile.Read(ref cell.Value);
        while (true)
        {
            if (seen > limit - amount) return (seen, false);
            var before = Interlocked.CompareExchange(ref cell.Value, seen + amount, seen);
            if (before == seen) return (seen + amount, true);
            seen = before;
        }
    }

    /// <summary>Takes back; never below zero, as the window may be another one by now.</summary>
    public void Take(TKey key, int amount, long nowMs)
    {
        if (!At(nowMs).ByKey.TryGetValue(key, out var cell)) return;
        var seen = Volatile.Read(ref cell.Value);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref cell.Value, Math.Max(0, seen - amount), seen);
            if (before == seen) return;
            seen = before;
        }
    }

    public int Read(TKey key, long nowMs) => At(nowMs).ByKey.TryGetValue(key, out var cell) ? Volatile.Read(ref cell.Value) : 0;

    private Count Cell(TKey key, long nowMs)
    {
        var counts = At(nowMs);
        if (counts.ByKey.TryGetValue(key, out var known)) return known;
        if (Volatile.Read(ref counts.Keys) >= MostKeys) return counts.Crowd;
        var cell = counts.ByKey.GetOrAdd(key, static _ => new Count());
        Interlocked.Increment(ref counts.Keys);
        return cell;
    }

    private Counts At(long nowMs)
    {
        var number = nowMs / lengthMs;
        var counts = Volatile.Read(ref _counts);
        while (counts.Number != number)
        {
            var fresh = new Counts(number);
            var before = Interlocked.CompareExchange(ref _counts, fresh, counts);
            counts = before == counts ? fresh : before;
        }

        return counts;
    }

    private sealed class Counts(long number)
    {
        public int Keys;

        public long Number { get; } = number;

        public ConcurrentDictionary<TKey, Count> ByKey { get; } = new();

        public Count Crowd { get; } = new();
    }

    private sealed class Count
    {
        public int Value;
    }
}
