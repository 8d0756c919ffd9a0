using System.Numerics;
using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>A position from its entry to its exit. Prices and amounts are quote units but for <see cref="Quantity"/>.</summary>
/// <typeparam name="T">The number type of the run: double in backtests (docs/decisions/0016-backtest-engine.md), decimal where money is real.</typeparam>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Trade<T>
    where T : struct, INumber<T>
{
    /// <summary>Which of the run's symbols, from 0.</summary>
    public int Symbol { get; init; }

    /// <summary>Open time of the candle of the entry, Unix milliseconds.</summary>
    public required long EntryTimeMs { get; init; }

    /// <summary>What was paid for a unit, slippage included.</summary>
    public required T EntryPrice { get; init; }

    /// <summary>Open time of the candle of the exit, Unix milliseconds.</summary>
    public required long ExitTimeMs { get; init; }

    /// <summary>What was received for a unit, slippage included.</summary>
    public required T ExitPrice { get; init; }

    /// <summary>Base units held: what was bought less the entry's fee.</summary>
    public required T Quantity { get; init; }

    /// <summary>Quote units spent at the entry, fee included.</summary>
    public required T Cost { get; init; }

    /// <summary>Both fees in quote units: cost * fee + quantity * price * fee.</summary>
    public required T Fees { get; init; }

    /// <summary>Proceeds - cost.</summary>
    public required T Pnl { get; init; }

    /// <summary>Pnl / cost, a fraction.</summary>
    public required T PnlPercent { get; init; }

    /// <summary>Why it was left.</summary>
    public required ExitReason Reason { get; init; }
}
