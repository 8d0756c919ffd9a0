using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Signals as a list of truths, packed as the simulation takes them, and fed in blocks of any sizes.</summary>
internal static class SignalBits
{
    public static ulong[] Pack(IEnumerable<bool> truths)
    {
        var all = truths.ToArray();
        var bits = new ulong[(all.Length + 63) / 64];
        for (var row = 0; row < all.Length; row++)
            bits[row / 64] |= (all[row] ? 1UL : 0) << (row % 64);
        return bits;
    }

    /// <summary>A whole run, the rows cut as <paramref name="cuts"/> says (and again from its start, until all are taken).</summary>
    public static SimulationResult Run(RunTerms terms, double cash, CandleColumns candles, Signals signals, params int[] cuts)
    {
        var (equity, rows) = (new List<double>(), candles.Close.Length);
        var tracker = new EquityTracker(cash, Timeframe.Parse("1h"));
        var simulation = new Simulation(terms, cash, tracker, (_, values) => equity.AddRange(values));
        for (var (at, cut) = (0, 0); at < rows; cut++)
        {
            var count = cuts.Length == 0 ? rows : Math.Min(cuts[cut % cuts.Length], rows - at);
            simulation.Next(candles, at, count, new RowSignals(Pack(signals.Enter), Pack(signals.Exit), signals.StopDistance, at));
            at += count;
        }

        simulation.End();
        return new([.. simulation.Trades], [.. equity], simulation.Cash, simulation.Exposed, tracker);
    }
}

internal sealed record Signals(bool[] Enter, bool[] Exit, double[]? StopDistance = null);

internal sealed record SimulationResult(Trade<double>[] Trades, double[] Equity, double Final, long Exposed, EquityTracker Tracker);
