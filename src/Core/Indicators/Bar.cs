using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>
/// One candle as indicators see it: doubles by declared exception, for statistics only, never for money. A value that is not
/// known (a file without volume) is <see cref="double.NaN"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bar : IRow
{
    /// <summary>Start of the span, Unix milliseconds.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>First price, quote units.</summary>
    public required double Open { get; init; }

    /// <summary>Highest price, quote units.</summary>
    public required double High { get; init; }

    /// <summary>Lowest price, quote units.</summary>
    public required double Low { get; init; }

    /// <summary>Last price, quote units.</summary>
    public required double Close { get; init; }

    /// <summary>Base units traded.</summary>
    public required double Volume { get; init; }
}

/// <summary>Candles as columns: row i of every array is one candle. The arrays may be longer than the rows in use.</summary>
public sealed class CandleColumns
{
    /// <summary>Starts of the spans, Unix milliseconds, ascending.</summary>
    public required long[] OpenTimeMs { get; init; }

    /// <summary>First prices.</summary>
    public required double[] Open { get; init; }

    /// <summary>Highest prices.</summary>
    public required double[] High { get; init; }

    /// <summary>Lowest prices.</summary>
    public required double[] Low { get; init; }

    /// <summary>Last prices.</summary>
    public required double[] Close { get; init; }

    /// <summary>Base units traded.</summary>
    public required double[] Volume { get; init; }

    /// <summary>Row <paramref name="index"/> as a candle.</summary>
    public Bar this[int index] => new()
    {
        OpenTimeMs = OpenTimeMs[index],
        Open = Open[index],
        High = High[index],
        Low = Low[index],
        Close = Close[index],
        Volume = Volume[index],
    };

    internal int Capacity =>
        Math.Min(Math.Min(Math.Min(Open.Length, High.Length), Math.Min(Low.Length, Close.Length)), Math.Min(Volume.Length, OpenTimeMs.Length));
}
