using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Microsoft.Win32.SafeHandles;

namespace Lastro.Server.Markets.Archive;

/// <summary>
/// An append-only file of candle records behind a 16-byte head. What a crash left half-written at the end is cut off at the opening;
/// a damaged record in the middle is passed over. Not thread-safe. Holds no handle between calls.
/// </summary>
internal sealed class CandleFile(string path)
{
    private static readonly byte[] Head = "LASTRO CANDLES 1"u8.ToArray();

    private const int RowsAtOnce = 4_096;

    /// <summary>Records in the file, damaged ones included.</summary>
    public int Rows { get; private set; }

    /// <summary>Reads every sound record, in the order of writing, and repairs the end.</summary>
    public void Load(Action<int, Candle> found)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (!HasHead(file))
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Head, 0);
        }

        var whole = (RandomAccess.GetLength(file) - Head.Length) / CandleRecord.Size;
        var buffer = new byte[CandleRecord.Size * 1_024];
        for (var row = 0; row < whole; row += 1_024)
        {
            var count = (int)Math.Min(1_024, whole - row);
            ReadFully(file, buffer.AsSpan(0, count * CandleRecord.Size), Offset(row));
            for (var i = 0; i < count; i++)
            {
                if (!CandleRecord.TryRead(buffer.AsSpan(i * CandleRecord.Size, CandleRecord.Size), out var candle)) continue;
                Rows = row + i + 1;
                found(row + i, candle);
            }
        }

        // Behind the last sound record there is nothing worth keeping.
        RandomAccess.SetLength(file, Offset(Rows));
    }

    /// <summary>Appends candles; gives the row of the first.</summary>
    public int Append(IReadOnlyList<Candle> candles)
    {
        var bytes = new byte[candles.Count * CandleRecord.Size];
        for (var i = 0; i < candles.Count; i++)
            CandleRecord.Write(candles[i], bytes.AsSpan(i * CandleRecord.Size, CandleRecord.Size));
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, bytes, Offset(Rows));
        var first = Rows;
        Rows += candles.Count;
        return first;
    }

    /// <summary>Reads the given rows; neighbouring ones in one go.</summary>
    public List<Candle> Read(IReadOnlyList<int> rows)
    {
        var candles = new List<Candle>(rows.Count);
        if (rows.Count == 0) return candles;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && rows[end] == rows[end - 1] + 1) end++;
            var bytes = new byte[(end - start) * CandleRecord.Size];
            ReadFully(file, bytes, Offset(rows[start]));
            for (var i = 0; i < end - start; i++)
            {
                if (CandleRecord.TryRead(bytes.AsSpan(i * CandleRecord.Size, CandleRecord.Size), out var candle))
                    candles.Add(candle);
            }

            start = end;
        }

        return candles;
    }

    /// <summary>
    /// Goes on reading the given rows from <paramref name="at"/> into columns of doubles, as many as they hold; gives how many. Any thread: what is
    /// written meanwhile is written behind them. A damaged record is left out.
    /// </summary>
    public int ReadColumns(IReadOnlyList<int> rows, ref int at, CandleColumns into)
    {
        var kept = 0;
        if (at >= rows.Count) return 0;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var most = Math.Min(RowsAtOnce, into.OpenTimeMs.Length);
        var buffer = new byte[CandleRecord.Size * most];
        while (at < rows.Count && kept < into.OpenTimeMs.Length)
        {
            var (start, room) = (at, Math.Min(most, into.OpenTimeMs.Length - kept));
            for (at++; at < rows.Count && at - start < room && rows[at] == rows[at - 1] + 1; at++)
            {
            }

            var bytes = buffer.AsSpan(0, (at - start) * CandleRecord.Size);
            ReadFully(file, bytes, Offset(rows[start]));
            for (var from = 0; from < bytes.Length; from += CandleRecord.Size)
            {
                if (CandleRecord.TryRead(bytes.Slice(from, CandleRecord.Size), into, kept)) kept++;
            }
        }

        return kept;
    }

    private static long Offset(int row) => Head.Length + ((long)row * CandleRecord.Size);

    private static bool HasHead(SafeFileHandle file)
    {
        var head = new byte[Head.Length];
        return RandomAccess.Read(file, head, 0) == Head.Length && head.AsSpan().SequenceEqual(Head);
    }

    private static void ReadFully(SafeFileHandle file, Span<byte> into, long offset)
    {
        while (into.Length > 0)
        {
            var count = RandomAccess.Read(file, into, offset);
            if (count == 0) throw new EndOfStreamException("The candle file is shorter than it was.");
            into = into[count..];
            offset += count;
        }
    }
}
