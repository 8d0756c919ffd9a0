using System.Numerics;
using System.Runtime.InteropServices;
using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>A condition over a block: bit i of <see cref="True"/> is set where row i is known to hold, of <see cref="False"/> where it is known not to.</summary>
internal readonly record struct Bits(ulong[] True, ulong[] False)
{
    public Bits Opposite => new(False, True);
}

/// <summary>
/// Memory of blocks. Columns are whole words of 64 rows long, so that loops need no rest: what stands behind the last row is
/// computed and never read. Bits behind the last row are zero.
/// </summary>
internal static class Blocks
{
    private const int WordRows = 64;

    public static int Words(int rows) => (rows + WordRows - 1) / WordRows;

    /// <summary>One row more than a block takes: aggregation may end a candle begun before it.</summary>
    public static int Capacity(int blockRows) => Words(blockRows + 1) * WordRows;

    public static CandleColumns Columns(int capacity) => new()
    {
        OpenTimeMs = new long[capacity],
        Open = new double[capacity],
        High = new double[capacity],
        Low = new double[capacity],
        Close = new double[capacity],
        Volume = new double[capacity],
    };

    /// <summary>Copies, and makes unknown what is not finite.</summary>
    public static void CopyKnown(ReadOnlySpan<double> from, Span<double> to)
    {
        var (unknown, most) = (new Vector<double>(double.NaN), new Vector<double>(double.MaxValue));
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to[..from.Length]);
        nuint row = 0;
        for (; row + (nuint)Vector<double>.Count <= (nuint)from.Length; row += (nuint)Vector<double>.Count)
        {
            var values = Vector.LoadUnsafe(ref source, row);
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(values), most), values, unknown).StoreUnsafe(ref target, row);
        }

        for (; row < (nuint)from.Length; row++)
            to[(int)row] = Scalars.Known(from[(int)row]);
    }

    /// <summary>Clears the bits behind the last row.</summary>
    public static void Trim(ulong[] bits, int rows)
    {
        var rest = rows % WordRows;
        if (rest != 0)
            bits[rows / WordRows] &= (1UL << rest) - 1;
    }

    /// <summary>Copies bits between any two places; the others stay. The places may not overlap.</summary>
    public static void Copy(ulong[] from, int fromBit, ulong[] to, int toBit, int count)
    {
        while (count > 0)
        {
            var at = toBit % WordRows;
            var take = Math.Min(WordRows - at, count);
            var mask = Mask(take);
            ref var word = ref to[toBit / WordRows];
            word = (word & ~(mask << at)) | ((Read(from, fromBit, take) & mask) << at);
            (fromBit, toBit, count) = (fromBit + take, toBit + take, count - take);
        }
    }

    /// <summary>Sets a stretch of bits to the same.</summary>
    public static void Fill(ulong[] to, int toBit, int count, bool value)
    {
        while (count > 0)
        {
            var at = toBit % WordRows;
            var take = Math.Min(WordRows - at, count);
            var mask = Mask(take) << at;
            ref var word = ref to[toBit / WordRows];
            word = value ? word | mask : word & ~mask;
            (toBit, count) = (toBit + take, count - take);
        }
    }

    public static bool IsSet(ulong[] bits, int bit) => (bits[bit / WordRows] >> (bit % WordRows) & 1) != 0;

    private static ulong Mask(int count) => count == WordRows ? ulong.MaxValue : (1UL << count) - 1;

    private static ulong Read(ulong[] bits, int bit, int count)
    {
        var (word, at) = (bit / WordRows, bit % WordRows);
        var low = bits[word] >> at;
        return at + count <= WordRows ? low : low | (bits[word + 1] << (WordRows - at));
    }
}
