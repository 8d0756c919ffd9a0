using Lastro.Cli.Output;
using Lastro.Core.Backtesting;

namespace Lastro.Cli.Backtests;

/// <summary>Trades and equity as CSV. Times are Unix milliseconds, numbers the shortest digits that give the double back.</summary>
internal static class CsvFiles
{
    public static void Trades(string path, IReadOnlyList<Trade<double>> trades, IReadOnlyList<string> symbols)
    {
        using var csv = Utf8Out.ToFile(path);
        csv.Line("symbol,entry_time_ms,entry_price,exit_time_ms,exit_price,quantity,fees,pnl,pnl_percent,reason");
        foreach (var trade in trades)
        {
            csv.Write(symbols[trade.Symbol]);
            csv.Write((byte)',');
            csv.Write(trade.EntryTimeMs);
            Cell(csv, trade.EntryPrice);
            csv.Write((byte)',');
            csv.Write(trade.ExitTimeMs);
            Cell(csv, trade.ExitPrice);
            Cell(csv, trade.Quantity);
            Cell(csv, trade.Fees);
            Cell(csv, trade.Pnl);
            Cell(csv, trade.PnlPercent);
            csv.Write((byte)',');
            csv.Line(ExitReasons.Word(trade.Reason));
        }
    }

    /// <summary>Writes the equity of every close as the run goes: header first, then through the delegate it gives.</summary>
    public static EquityRows Equity(Utf8Out csv)
    {
        csv.Line("open_time_ms,equity");
        return (times, equity) =>
        {
            for (var row = 0; row < times.Length; row++)
            {
                csv.Write(times[row]);
                Cell(csv, equity[row]);
                csv.Write((byte)'\n');
            }
        };
    }

    private static void Cell(Utf8Out csv, double value)
    {
        csv.Write((byte)',');
        csv.Write(value);
    }
}
