using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lastro.Core.Indicators;

namespace Lastro.Core.Backtesting;

/// <summary>The rows of a block as a held position looks at them, several at a time.</summary>
/// <param name="lows">Lowest prices.</param>
/// <param name="highs">Highest prices.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct LevelRows(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs)
{
    private readonly ref double _low = ref MemoryMarshal.GetReference(lows);
    private readonly ref double _high = ref MemoryMarshal.GetReference(highs);

    /// <summary>How many rows.</summary>
    public int Count { get; } = Math.Min(lows.Length, highs.Length);

    /// <summary>The first row from <paramref name="row"/> on, below <paramref name="end"/>, whose low reaches the level or whose high reaches the target; else the end.</summary>
    public int First(int row, int end, double level, double target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Count);
        var (floor, roof) = (new Vector<double>(level), new Vector<double>(target));
        for (; row <= end - Vector<double>.Count; row += Vector<double>.Count)
        {
            var below = Vector.LessThanOrEqual(At(in _low, row), floor);
            var above = Vector.GreaterThanOrEqual(At(in _high, row), roof);
            if ((below | above) != Vector<long>.Zero)
                break;
        }

        while (row < end && !(Unsafe.Add(ref _low, row) <= level) && !(Unsafe.Add(ref _high, row) >= target))
            row++;
        return row;
    }

    private static Vector<double> At(in double start, int row) =>
        Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref Unsafe.AsRef(in start), row)));
}

/// <summary>Parts of candle columns.</summary>
internal static class LevelScan
{
    /// <summary>Rows of columns as a held position looks at them.</summary>
    public static LevelRows Rows(this CandleColumns candles, int offset, int rows) =>
        new(candles.Low.AsSpan(offset, rows), candles.High.AsSpan(offset, rows));

    /// <summary>Equity of a held position: cash + quantity * close.</summary>
    public static void Equity(ReadOnlySpan<double> closes, double cash, double quantity, Span<double> equity)
    {
        var row = 0;
        var (free, held) = (new Vector<double>(cash), new Vector<double>(quantity));
        for (; row <= closes.Length - Vector<double>.Count; row += Vector<double>.Count)
            (free + (held * new Vector<double>(closes[row..]))).CopyTo(equity[row..]);
        for (; row < closes.Length; row++)
            equity[row] = cash + (quantity * closes[row]);
    }
}
