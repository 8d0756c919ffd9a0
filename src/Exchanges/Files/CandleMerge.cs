namespace Lastro.Exchanges.Files;

/// <summary>
/// Several candle files of one pair as one, in the order of time. A row that stands in two of them must say the same in both.
/// Memory stays flat: every file is read in step.
/// </summary>
internal sealed class CandleMerge : IDisposable
{
    private readonly List<Source> _sources = [];

    public CandleMerge(IEnumerable<string> paths)
    {
        try
        {
            foreach (var path in paths)
            {
                var source = new Source(path);
                _sources.Add(source);
                source.Next();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows taken from each file and the form it has, in the order the files were given.</summary>
    public IReadOnlyList<(string Path, string Form, long Rows)> Read => [.. _sources.Select(source => (source.Path, source.Form, source.Rows))];

    /// <summary>Gives every row, in the order of time, to <paramref name="take"/>.</summary>
    public void Run(RowTaken take)
    {
        while (Earliest() is { } first)
        {
            foreach (var other in _sources)
            {
                if (other != first && !other.Ended && other.OpenTimeMs == first.OpenTimeMs)
                    other.MustEqual(first);
            }

            take(first.OpenTimeMs, first.Row);
            var time = first.OpenTimeMs;
            foreach (var source in _sources)
            {
                if (!source.Ended && source.OpenTimeMs == time)
                    source.Next();
            }
        }
    }

    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
    }

    private Source? Earliest()
    {
        Source? first = null;
        foreach (var source in _sources)
        {
            if (!source.Ended && (first is null || source.OpenTimeMs < first.OpenTimeMs))
                first = source;
        }

        return first;
    }

    /// <summary>Takes a row: its open time in milliseconds, and the rest as the source wrote it, from the first price to the volume, with commas between.</summary>
    public delegate void RowTaken(long openTimeMs, ReadOnlySpan<byte> rest);

    private sealed class Source(string path) : IDisposable
    {
        private readonly CandleRows<double, NearestDigits> _rows = new(CandleFile.OpenText(path));
        private byte[] _row = new byte[256];
        private int _length;

        public string Path => path;

        public string Form => _rows.Text.Form;

        public long Rows { get; private set; }

        public bool Ended { get; private set; }

        public long OpenTimeMs => _rows.OpenTimeMs;

        public ReadOnlySpan<byte> Row => _row.AsSpan(0, _length);

        public void Next()
        {
            Ended = !_rows.Read(out var cells);
            if (Ended)
                return;
            Rows++;
            _length = 0;
            for (var column = 1; column < CandleCells.Count; column++)
                Put(cells[column], last: column == CandleCells.Count - 1);
        }

        public void MustEqual(Source other)
        {
            if (_rows.Open != other._rows.Open || _rows.High != other._rows.High || _rows.Low != other._rows.Low || _rows.Close != other._rows.Close
                || _rows.VolumeKnown != other._rows.VolumeKnown || _rows.Volume != other._rows.Volume)
                throw _rows.Text.Error(0, $"open time {OpenTimeMs} says something else than {other.Path}, line {other._rows.Line}.");
        }

        public void Dispose() => _rows.Dispose();

        private void Put(ReadOnlySpan<byte> cell, bool last)
        {
            if (_row.Length < _length + cell.Length + 1)
                Array.Resize(ref _row, Math.Max(_row.Length * 2, _length + cell.Length + 1));
            cell.CopyTo(_row.AsSpan(_length));
            _length += cell.Length;
            if (!last)
                _row[_length++] = (byte)',';
        }
    }
}
