using Lastro.Core.Markets;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Replay;

/// <summary>One pair's candle files, in the order of time. Read through once to check every row, then streamed.</summary>
internal sealed class CandleTrack : IReplayTrack
{
    private readonly List<CandleFile> _files = [];
    private readonly DigitGrid _grid = new();
    private readonly long _stepMs;

    public CandleTrack(Symbol symbol, IEnumerable<string> paths)
    {
        var steps = new Dictionary<long, int>();
        foreach (var path in paths)
            _files.Add(Scan(path, steps));
        _files.Sort((left, right) => left.FirstMs.CompareTo(right.FirstMs));
        for (var i = 1; i < _files.Count; i++)
        {
            if (_files[i].FirstMs <= _files[i - 1].LastMs)
                throw new InvalidDataException($"{_files[i].Path} overlaps {_files[i - 1].Path}: both hold candles of {symbol} around {Iso(_files[i].FirstMs)}.");
        }

        _stepMs = steps.Count == 0 ? Timeframe.Minute.LengthMs : steps.MaxBy(step => step.Value).Key;
        Instrument = ReplayInstruments.Of(symbol, _grid);
        FromMs = _files[0].FirstMs;
        ToMs = _files[^1].LastMs + _stepMs;
    }

    public Instrument Instrument { get; }

    public long FromMs { get; }

    public long ToMs { get; }

    public long StepMs => _stepMs;

    public bool HasBook => false;

    public ReplayFeed Play(long fromMs) => new CandleFeed(Rows(fromMs), _grid);

    public IReadOnlyList<Candle> Candles(Timeframe timeframe, long fromMs, long toMs, int limit)
    {
        var rows = Rows(long.MinValue).TakeWhile(row => row.EndMs <= toMs);
        foreach (var source in Timeframe.All)
        {
            if (source.LengthMs == _stepMs && (timeframe.LengthMs == 0 || timeframe.LengthMs >= _stepMs))
                return Newest(Spans(rows.Select(row => row.Candle), timeframe, source), timeframe, fromMs, toMs, limit);
        }

        // Shorter than the rows, or rows of an odd length: what their replay shows.
        var length = timeframe.LengthMs == 0 ? 31 * 86_400_000L : timeframe.LengthMs;
        var needed = (int)Math.Min(1_000_000, (((limit + 1L) * length) / _stepMs) + 2);
        return Newest(Spans(Minutes(Last(rows, needed)), timeframe, Timeframe.Minute), timeframe, fromMs, toMs, limit);
    }

    private static IEnumerable<Candle> Spans(IEnumerable<Candle> rows, Timeframe timeframe, Timeframe source) =>
        CandleRollup.Of(rows, timeframe, source).Select(span => span.Candle);

    private static Queue<Candle> Last(IEnumerable<CandleRow> rows, int count)
    {
        var last = new Queue<Candle>();
        foreach (var row in rows)
        {
            last.Enqueue(row.Candle);
            if (last.Count > count)
                last.Dequeue();
        }

        return last;
    }

    private static List<Candle> Newest(IEnumerable<Candle> spans, Timeframe timeframe, long fromMs, long toMs, int limit)
    {
        var newest = new Queue<Candle>();
        foreach (var span in spans)
        {
            if (span.OpenTimeMs < fromMs || timeframe.NextOpen(span.OpenTimeMs) > toMs)
                continue;
            newest.Enqueue(span);
            if (newest.Count > limit)
                newest.Dequeue();
        }

        return [.. newest];
    }

    private IEnumerable<Candle> Minutes(IEnumerable<Candle> rows)
    {
        var builder = new CandleBuilder();
        var ended = new List<EndedCandle>();
        var (id, end) = (0L, 0L);
        foreach (var row in rows)
        {
            end = row.OpenTimeMs + _stepMs;
            var path = new CandlePath(row, end, _grid);
            for (var i = 0; i < path.Count; i++)
            {
                builder.Add(path.At(i, ++id), ended);
                foreach (var minute in ended)
                    yield return minute.Candle;
                ended.Clear();
            }
        }

        if (builder.Started && builder.Current.OpenTimeMs + Timeframe.Minute.LengthMs <= end)
            yield return builder.Current;
    }

    /// <summary>Rows from a time on, each with its end: the next row's start where that comes early.</summary>
    private IEnumerable<CandleRow> Rows(long fromMs)
    {
        Candle? previous = null;
        foreach (var file in _files.Where(file => file.LastMs >= fromMs))
        {
            using var csv = new CandleCsv(file.Path);
            while (csv.Read())
            {
                if (csv.Current.OpenTimeMs < fromMs)
                    continue;
                if (previous is { } row)
                    yield return new CandleRow(row, Math.Min(row.OpenTimeMs + _stepMs, csv.Current.OpenTimeMs));
                previous = csv.Current;
            }
        }

        if (previous is { } last)
            yield return new CandleRow(last, last.OpenTimeMs + _stepMs);
    }

    private CandleFile Scan(string path, Dictionary<long, int> steps)
    {
        using var csv = new CandleCsv(path);
        var (first, last) = (-1L, -1L);
        while (csv.Read())
        {
            var row = csv.Current;
            if (last >= 0)
                steps[row.OpenTimeMs - last] = steps.GetValueOrDefault(row.OpenTimeMs - last) + 1;
            first = first < 0 ? row.OpenTimeMs : first;
            last = row.OpenTimeMs;
            _grid.SeePrice(row.Open.Value);
            _grid.SeePrice(row.High.Value);
            _grid.SeePrice(row.Low.Value);
            _grid.SeePrice(row.Close.Value);
            _grid.SeeQuantity(row.Volume.Value);
        }

        return first < 0 ? throw new InvalidDataException($"{path} holds no candle.") : new CandleFile(path, first, last);
    }

    private static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("u", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record CandleFile(string Path, long FirstMs, long LastMs);
}

/// <summary>A row of a candle file and the moment its span is over.</summary>
internal readonly record struct CandleRow(Candle Candle, long EndMs);
