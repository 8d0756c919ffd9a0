using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

/// <summary>A run of the backtest fixtures, walked again candle by candle from its recorded trades.</summary>
internal static class FixtureRun
{
    public static Metrics Of(JsonElement run, string pair)
    {
        var fee = run.GetProperty("fee").GetDouble();
        var trades = run.GetProperty("trades").EnumerateArray().ToArray();
        var candles = SharedData.Lines($"data/candles/binance_spot_1h/{pair}.csv.gz").Skip(1).Select(line => line.Split(',')).ToArray();
        var equity = new EquityTracker(10_000, Timeframe.Parse("1h"));
        var outcomes = new List<ClosedTrade>();
        var (cash, quantity, cost, exposed, next) = (10_000.0, 0.0, 0.0, 0L, 0);
        for (var i = 0; i < candles.Length; i++)
        {
            var time = long.Parse(candles[i][0]);
            if (quantity == 0 && next < trades.Length && Time(trades[next], "entryTime") == time)
                (cost, cash, quantity) = (cash, 0, Number(trades[next], "quantity"));
            var ended = false;
            if (quantity > 0 && Time(trades[next], "exitTime") == time)
            {
                var trade = trades[next++];
                cash += quantity * Number(trade, "exitPrice") * (1 - fee);
                outcomes.Add(Outcome(trade, cost, fee));
                (quantity, ended) = (0, trade.GetProperty("reason").GetString() == "end");
            }

            exposed += quantity > 0 || ended ? 1 : 0;
            equity.Add(time, cash + (quantity * GoldenRun.Number(candles[i][4])));
        }

        next.ShouldBe(trades.Length);
        GoldenRun.ShouldAgree(cash, run.GetProperty("final").GetDouble(), "final");
        return Metrics.Of(equity, outcomes.ToArray(), new RunFacts(
            GoldenRun.Number(candles[0][1]), GoldenRun.Number(candles[^1][4]), exposed));
    }

    private static ClosedTrade Outcome(JsonElement trade, double cost, double fee) => new()
    {
        EntryTimeMs = Time(trade, "entryTime"),
        ExitTimeMs = Time(trade, "exitTime"),
        Pnl = Number(trade, "pnl"),
        PnlPercent = Number(trade, "pnl") / cost,
        Fees = (cost * fee) + (Number(trade, "quantity") * Number(trade, "exitPrice") * fee),
        Reason = trade.GetProperty("reason").GetString(),
    };

    private static long Time(JsonElement trade, string name) => trade.GetProperty(name).GetInt64();

    private static double Number(JsonElement trade, string name) => trade.GetProperty(name).GetDouble();
}
