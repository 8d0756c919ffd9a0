using System.Numerics;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary><see cref="PositionRules{T}"/> over candles one by one, in any number type: what the rules give without blocks and jumps.</summary>
internal static class RowByRow<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    public static PositionTerms<T> Of(PositionTerms<double> terms) => new()
    {
        Fee = Read(terms.Fee),
        Slippage = Read(terms.Slippage),
        TakeProfit = terms.TakeProfit is { } target ? Read(target) : null,
        StopLoss = terms.StopLoss is { } stop ? Read(stop) : null,
        TrailingStop = terms.TrailingStop is { } trail ? Read(trail) : null,
        MaxBars = terms.MaxBars,
        CooldownBars = terms.CooldownBars,
    };

    public static List<Trade<T>> Run(PositionTerms<T> terms, T cash, T size, CandleColumns candles, Signals signals)
    {
        var (rules, trades) = (new PositionRules<T>(terms), new List<Trade<T>>());
        for (var row = 0; row < candles.Close.Length; row++)
        {
            var (time, open, moments) = (candles.OpenTimeMs[row], Read(candles.Open[row]), Moments.All);
            if (rules.Pending == Pending.Entry)
            {
                var cost = cash * size;
                cash -= cost;
                rules.Enter(row, time, rules.EntryPrice(open), cost);
                moments = Moments.AfterOpen;
            }
            else if (rules.Pending != Pending.None)
            {
                Leave(time, rules.ExitPrice(open), rules.Pending == Pending.Signal ? ExitReason.Signal : ExitReason.Time);
            }

            var span = new PriceSpan<T>(open, Read(candles.High[row]), Read(candles.Low[row]));
            if (rules.IsOpen && rules.Reaches(span, moments, out var price, out var reason)) Leave(time, price, reason);
            else if (rules.IsOpen) rules.Raise(span.High);
            rules.Decide(row, signals.Enter[row], signals.Exit[row]);
        }

        if (rules.IsOpen) Leave(candles.OpenTimeMs[^1], Read(candles.Close[^1]), ExitReason.End);
        return trades;

        void Leave(long time, T price, ExitReason reason)
        {
            trades.Add(rules.Leave(time, price, reason, out var proceeds));
            cash += proceeds;
        }
    }

    // A decimal of the digits a double shows, as a file's reader would make it.
    private static T Read(double value) => T.Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
