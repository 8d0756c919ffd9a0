using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lastro.Core.Markets;

namespace Lastro.Server.Markets.Archive;

/// <summary>The closed candles of one pair and timeframe: on disk, with the open times in memory. A later candle of the same time replaces the earlier.</summary>
internal sealed class CandleSeries(Timeframe timeframe, string path, Action<CandleSeries> becameDirty)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Candle> _offered = new();
    private readonly CandleFile _file = new(path);
    private List<long> _opens = [];
    private List<int> _rows = [];
    private bool _loaded;
    private int _dirty;

    public Timeframe Timeframe { get; } = timeframe;

    /// <summary>One at a time asks the source for what is missing here.</summary>
    public SemaphoreSlim Filling { get; } = new(1, 1);

    /// <summary>What the source was already asked for: a hole inside it is the source's own.</summary>
    public (long FromMs, long ToMs) Asked { get; set; }

    /// <summary>Takes a closed candle without waiting for anything; for a lane's thread. It is on disk after the next <see cref="Flush"/>.</summary>
    public void Offer(in Candle candle)
    {
        _offered.Enqueue(candle);
        if (Interlocked.Exchange(ref _dirty, 1) == 0) becameDirty(this);
    }

    /// <summary>Puts what was offered on disk.</summary>
    public void Flush()
    {
        lock (_gate) Drain();
    }

    /// <summary>Stores candles from the source.</summary>
    public void Write(IEnumerable<Candle> candles)
    {
        lock (_gate)
        {
            Drain();
            Store([.. candles]);
        }
    }

    /// <summary>Candles with fromMs &lt;= open time &lt; toMs, oldest first; the newest <paramref name="limit"/> of them.</summary>
    public IReadOnlyList<Candle> Read(long fromMs, long toMs, int limit)
    {
        lock (_gate)
        {
            Drain();
            var end = LowerBound(toMs);
            var start = Math.Max(LowerBound(fromMs), end - limit);
            return end <= start ? [] : _file.Read(_rows.GetRange(start, end - start));
        }
    }

    /// <summary>Open times in [fromMs, toMs), oldest first, without touching the disk.</summary>
    public IReadOnlyList<long> Opens(long fromMs, long toMs)
    {
        lock (_gate)
        {
            Drain();
            var (start, end) = (LowerBound(fromMs), LowerBound(toMs));
            return end <= start ? [] : _opens.GetRange(start, end - start);
        }
    }

    /// <summary>The candles with fromMs &lt;= open time &lt; toMs that are stored now, to be read block by block. The lock is held for the list of rows only, not for the disk.</summary>
    public CandleStretch Stretch(long fromMs, long toMs)
    {
        lock (_gate)
        {
            Drain();
            var (start, end) = (LowerBound(fromMs), LowerBound(toMs));
            return new CandleStretch(_file, end <= start ? [] : _rows.GetRange(start, end - start));
        }
    }

    /// <summary>What is stored of a span, and the gaps in it, oldest first, at most <paramref name="mostGaps"/> of them.</summary>
    public CandleCoverage Coverage(long fromMs, long toMs, int mostGaps)
    {
        lock (_gate)
        {
            Drain();
            var first = Timeframe.OpenOf(fromMs) is var open && open < fromMs ? Timeframe.NextOpen(open) : open;
            var (start, end) = (LowerBound(first), LowerBound(toMs));
            var (gaps, missing, expected) = (new List<CandleSpanMissing>(), 0L, first);
            for (var at = start; at <= end; at++)
            {
                var next = at < end ? _opens[at] : toMs;
                if (next > expected)
                {
                    var count = Count(expected, next);
                    missing += count;
                    if (gaps.Count < mostGaps && count > 0) gaps.Add(new CandleSpanMissing(expected, expected + Length(expected, next), count));
                }

                if (at < end) expected = Timeframe.NextOpen(next);
            }

            return new CandleCoverage(end - start, end > start ? _opens[start] : null, end > start ? _opens[end - 1] : null, missing, gaps);
        }
    }

    /// <summary>How many candles open in [fromMs, toMs).</summary>
    private long Count(long fromMs, long toMs)
    {
        if (Timeframe.LengthMs > 0) return (toMs - fromMs + Timeframe.LengthMs - 1) / Timeframe.LengthMs;
        var count = 0L;
        for (var open = fromMs; open < toMs; open = Timeframe.NextOpen(open)) count++;
        return count;
    }

    private long Length(long fromMs, long toMs)
    {
        if (Timeframe.LengthMs > 0) return Count(fromMs, toMs) * Timeframe.LengthMs;
        var open = fromMs;
        while (open < toMs) open = Timeframe.NextOpen(open);
        return open - fromMs;
    }

    private void Drain()
    {
        if (!_loaded)
        {
            var found = new SortedDictionary<long, int>();
            _file.Load((row, candle) => found[candle.OpenTimeMs] = row);
            (_opens, _rows, _loaded) = ([.. found.Keys], [.. found.Values], true);
        }

        Volatile.Write(ref _dirty, 0);
        var offered = new List<Candle>();
        while (_offered.TryDequeue(out var candle)) offered.Add(candle);
        Store(offered);
    }

    private void Store(List<Candle> candles)
    {
        var news = candles.GroupBy(c => c.OpenTimeMs).Select(same => same.Last()).Where(IsNews).OrderBy(c => c.OpenTimeMs).ToList();
        if (news.Count == 0) return;
        var row = _file.Append(news);
        if (_opens.Count == 0 || news[0].OpenTimeMs > _opens[^1])
        {
            _opens.AddRange(news.Select(c => c.OpenTimeMs));
            _rows.AddRange(Enumerable.Range(row, news.Count));
            return;
        }

        Merge(news, row);
    }

    /// <summary>Puts candles between those that are there. A download brings its thousands in many pieces, so each costs no more than a copy of the lists.</summary>
    private void Merge(List<Candle> news, int row)
    {
        var (opens, rows) = (new List<long>(_opens.Count + news.Count), new List<int>(_opens.Count + news.Count));
        var old = 0;
        for (var i = 0; i < news.Count; i++)
        {
            var open = news[i].OpenTimeMs;
            var until = LowerBound(open);
            if (until > old)
            {
                opens.AddRange(CollectionsMarshal.AsSpan(_opens)[old..until]);
                rows.AddRange(CollectionsMarshal.AsSpan(_rows)[old..until]);
                old = until;
            }

            if (old < _opens.Count && _opens[old] == open) old++;
            opens.Add(open);
            rows.Add(row + i);
        }

        opens.AddRange(CollectionsMarshal.AsSpan(_opens)[old..]);
        rows.AddRange(CollectionsMarshal.AsSpan(_rows)[old..]);
        (_opens, _rows) = (opens, rows);
    }

    private bool IsNews(Candle candle)
    {
        var at = _opens.BinarySearch(candle.OpenTimeMs);
        return at < 0 || _file.Read([_rows[at]]) is not [var known] || known != candle;
    }

    private int LowerBound(long openMs)
    {
        var at = _opens.BinarySearch(openMs);
        return at < 0 ? ~at : at;
    }
}
