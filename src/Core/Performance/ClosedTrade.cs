using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>
/// What statistics need of one closed trade. Doubles by declared exception (docs/decisions/0014): these numbers are read by
/// people and enter no ledger.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClosedTrade
{
    /// <summary>Open time of the candle of the entry, Unix milliseconds.</summary>
    public required long EntryTimeMs { get; init; }

    /// <summary>Open time of the candle of the exit, Unix milliseconds, not before the entry.</summary>
    public required long ExitTimeMs { get; init; }

    /// <summary>Proceeds minus cost, fees taken off, quote units.</summary>
    public required double Pnl { get; init; }

    /// <summary><see cref="Pnl"/> as a share of what the entry cost: 0.02 is 2 %.</summary>
    public required double PnlPercent { get; init; }

    /// <summary>Fees of entry and exit, quote units.</summary>
    public double Fees { get; init; }

    /// <summary>Why it ended: signal, time, stop, trail, target, end.</summary>
    public string? Reason { get; init; }

    /// <summary>The pair, for runs over several.</summary>
    public string? Symbol { get; init; }
}
