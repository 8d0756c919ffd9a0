using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>A candle whose columns are read only where a step asks for them: the batch of an indicator of closes never loads a high.</summary>
internal interface IRow
{
    long OpenTimeMs { get; }

    double Open { get; }

    double High { get; }

    double Low { get; }

    double Close { get; }

    double Volume { get; }
}

/// <summary>A row of <see cref="CandleColumns"/>; lengths are checked once by <see cref="CandleRun{TStep, TOut}"/>, so reads are not.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct ColumnRow(CandleColumns columns) : IRow
{
    private readonly ref long _times = ref MemoryMarshal.GetArrayDataReference(columns.OpenTimeMs);
    private readonly ref double _opens = ref MemoryMarshal.GetArrayDataReference(columns.Open);
    private readonly ref double _highs = ref MemoryMarshal.GetArrayDataReference(columns.High);
    private readonly ref double _lows = ref MemoryMarshal.GetArrayDataReference(columns.Low);
    private readonly ref double _closes = ref MemoryMarshal.GetArrayDataReference(columns.Close);
    private readonly ref double _volumes = ref MemoryMarshal.GetArrayDataReference(columns.Volume);

    public nint At { get; init; }

    public long OpenTimeMs => Unsafe.Add(ref _times, At);

    public double Open => Unsafe.Add(ref _opens, At);

    public double High => Unsafe.Add(ref _highs, At);

    public double Low => Unsafe.Add(ref _lows, At);

    public double Close => Unsafe.Add(ref _closes, At);

    public double Volume => Unsafe.Add(ref _volumes, At);
}
