using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>What a run leaves behind besides equity and trades.</summary>
/// <param name="Candles">Candles that counted, of all symbols.</param>
/// <param name="Exposed">Closes with a position.</param>
/// <param name="FirstOpen">First open; 1 for several symbols.</param>
/// <param name="LastClose">Last close; for several symbols 1 and the mean of their changes.</param>
/// <param name="Final">Cash at the end.</param>
/// <param name="Time">Spent on rules and simulation.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunTotals(long Candles, long Exposed, double FirstOpen, double LastClose, double Final, TimeSpan Time);

/// <summary>Time that counts, between begin and end; none without a clock.</summary>
internal sealed class Lap(TimeProvider? clock)
{
    private long _begin;

    public TimeSpan Sum { get; private set; }

    public void Begin() => _begin = clock?.GetTimestamp() ?? 0;

    public void End() => Sum += clock?.GetElapsedTime(_begin) ?? TimeSpan.Zero;
}
