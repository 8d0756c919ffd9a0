using System.Collections.Concurrent;
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

        var merged = new SortedDictionary<long, int>();
        for (var i = 0; i < _opens.Count; i++) merged[_opens[i]] = _rows[i];
        for (var i = 0; i < news.Count; i++) merged[news[i].OpenTimeMs] = row + i;
        (_opens, _rows) = ([.. merged.Keys], [.. merged.Values]);
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
