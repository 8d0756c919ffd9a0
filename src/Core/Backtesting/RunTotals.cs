using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>What a run leaves behind besides equity and trades.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunTotals
{
    /// <summary>Candles that counted, of all symbols.</summary>
    public required long Candles { get; init; }

    /// <summary>Closes with a position.</summary>
    public required long Exposed { get; init; }

    /// <summary>First open; 1 for several symbols.</summary>
    public required double FirstOpen { get; init; }

    /// <summary>Last close; for several symbols 1 and the mean of their changes.</summary>
    public required double LastClose { get; init; }

    /// <summary>Cash at the end.</summary>
    public required double Final { get; init; }

    /// <summary>Spent on rules and simulation.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Entries and exits but those of the end.</summary>
    public required int Fills { get; init; }

    /// <summary>Those in candles without trading.</summary>
    public required int StaleFills { get; init; }

    /// <summary>Deepest fall of just holding; null for several symbols.</summary>
    public double? HoldDrawdown { get; init; }
}

/// <summary>Time that counts, between begin and end; none without a clock.</summary>
internal sealed class Lap(TimeProvider? clock)
{
    private long _begin;

    public TimeSpan Sum { get; private set; }

    public void Begin() => _begin = clock?.GetTimestamp() ?? 0;

    public void End() => Sum += clock?.GetElapsedTime(_begin) ?? TimeSpan.Zero;
}
