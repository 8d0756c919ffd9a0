using System.Globalization;
using System.Text;

namespace Lastro.Server.Backtests;

/// <summary>
/// The equity of every close as CSV, as the command line writes it. Of a run of more than <see cref="MostRows"/> closes it holds, span by span,
/// the lowest, the highest and the last: what a chart shows, in a file that opens. Memory does not grow with the run.
/// </summary>
internal sealed class EquityCsv
{
    public const int MostRows = 100_000;

    /// <summary>Rows that become three when there are too many.</summary>
    private const int Thinned = 12;

    private readonly List<(long TimeMs, double Equity)> _rows = [];
    private int _each = 1;
    private (long TimeMs, double Equity)[] _span = new (long, double)[1];
    private int _inSpan;

    public void Add(ReadOnlySpan<long> openTimesMs, ReadOnlySpan<double> equity)
    {
        for (var row = 0; row < openTimesMs.Length; row++)
        {
            _span[_inSpan++] = (openTimesMs[row], equity[row]);
            if (_inSpan == _each) EndSpan();
        }
    }

    public byte[] ToBytes()
    {
        EndSpan();
        var text = new StringBuilder("open_time_ms,equity\n", (_rows.Count * 32) + 32);
        foreach (var (time, equity) in _rows)
            text.Append(CultureInfo.InvariantCulture, $"{time},{equity:R}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private void EndSpan()
    {
        Keep(_rows, _span.AsSpan(0, _inSpan));
        _inSpan = 0;
        if (_rows.Count < MostRows) return;

        var kept = new List<(long, double)>(MostRows);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);
        for (var at = 0; at < all.Length; at += Thinned) Keep(kept, all[at..Math.Min(all.Length, at + Thinned)]);
        _rows.Clear();
        _rows.AddRange(kept);
        // Twelve closes at first; then the three rows of each of four spans.
        _each *= _each == 1 ? Thinned : Thinned / 3;
        _span = new (long, double)[_each];
    }

    /// <summary>The lowest, the highest and the last of a span, each once, in their order.</summary>
    private static void Keep(List<(long TimeMs, double Equity)> into, ReadOnlySpan<(long TimeMs, double Equity)> span)
    {
        if (span.IsEmpty) return;
        var (low, high) = (0, 0);
        for (var at = 1; at < span.Length; at++)
        {
            if (span[at].Equity < span[low].Equity) low = at;
            if (span[at].Equity > span[high].Equity) high = at;
        }

        var (first, second) = low < high ? (low, high) : (high, low);
        into.Add(span[first]);
        if (second > first) into.Add(span[second]);
        if (span.Length - 1 > second) into.Add(span[^1]);
    }
}
