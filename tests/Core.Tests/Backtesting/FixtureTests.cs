using System.Globalization;
using System.Text.Json;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>
/// The documents of shared/fixtures/backtest, whose trades an independent reference made: every trade and reason, numbers to 1e-9.
/// Conditions are counted here by hand, so that only the rules are on trial; the language has its own test of the same files.
/// </summary>
public sealed class FixtureTests
{
    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var file in new[] { "BTCUSDT", "PEPEUSDT" })
        {
            foreach (var document in new[] { "rsi", "sma", "bands" })
            {
                foreach (var costs in new[] { "100-0", "75-50" })
                    cases.Add(file, document, costs);
            }
        }

        return cases;
    }

    [SharedTheory("fixtures/backtest")]
    [MemberData(nameof(Cases))]
    public void Gives_every_trade(string file, string document, string costs)
    {
        using var wanted = Read(file, document, costs);
        var root = wanted.RootElement;
        var source = SharedCandles.Load($"data/candles/binance_spot_1h/{file}.csv.gz");
        var result = SignalBits.Run(Terms(document, root), 10_000, source.Columns, SignalsOf(document, source.Columns), 4096);

        var trades = root.GetProperty("trades").EnumerateArray().ToArray();
        result.Trades.Length.ShouldBe(trades.Length);
        for (var i = 0; i < trades.Length; i++)
            Compare(trades[i], result.Trades[i], $"trade {i}");
        Close(root, "final", result.Final, "final");
    }

    /// <summary>Cooldown, levels, times in decimal: the same trades, numbers as near as doubles come.</summary>
    [SharedTheory("fixtures/backtest")]
    [MemberData(nameof(Cases))]
    public void Decimal_rules_make_the_same_trades(string file, string document, string costs)
    {
        using var wanted = Read(file, document, costs);
        var root = wanted.RootElement;
        var source = SharedCandles.Load($"data/candles/binance_spot_1h/{file}.csv.gz");
        var terms = Terms(document, root).Position;
        var signals = SignalsOf(document, source.Columns);
        var exact = RowByRow<decimal>.Run(RowByRow<decimal>.Of(terms), 10_000m, 1m, source.Columns, signals);
        var twin = RowByRow<double>.Run(RowByRow<double>.Of(terms), 10_000.0, 1.0, source.Columns, signals);

        exact.Count.ShouldBe(root.GetProperty("trades").GetArrayLength());
        twin.Count.ShouldBe(exact.Count);
        for (var i = 0; i < exact.Count; i++)
        {
            var (a, b) = (exact[i], twin[i]);
            (b.EntryTimeMs, b.ExitTimeMs, b.Reason).ShouldBe((a.EntryTimeMs, a.ExitTimeMs, a.Reason));
            Near(b.EntryPrice, a.EntryPrice);
            Near(b.ExitPrice, a.ExitPrice);
            Near(b.Quantity, a.Quantity);
            Near(b.Fees, a.Fees);
            // A difference of two amounts: what is lost is relative to them.
            ((double)Math.Abs((decimal)b.Pnl - a.Pnl)).ShouldBeLessThan(1e-9 * (double)a.Cost);
        }

        static void Near(double value, decimal wanted) => Math.Abs(value - (double)wanted).ShouldBeLessThanOrEqualTo(1e-9 * (double)wanted);
    }

    private static JsonDocument Read(string file, string document, string costs) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.Path($"fixtures/backtest/{file}/{document}-{costs}.trades.json")));

    private static RunTerms Terms(string document, JsonElement root)
    {
        var plain = new PositionTerms<double> { Fee = root.GetProperty("fee").GetDouble(), Slippage = root.GetProperty("slippage").GetDouble() };
        return new RunTerms
        {
            Size = EntrySize.Percent(1),
            Position = document switch
            {
                "rsi" => plain with { TakeProfit = 0.15, StopLoss = 0.03 },
                "bands" => plain with { StopLoss = 0.05, MaxBars = 48, CooldownBars = 6 },
                _ => plain,
            },
        };
    }

    private static Signals SignalsOf(string document, CandleColumns candles)
    {
        var close = candles.Close;
        switch (document)
        {
            case "rsi":
                var rsi = Runs.Of("rsi", close, 14)[0];
                return new([.. rsi.Select(value => value < 30)], [.. rsi.Select(value => value > 70)]);
            case "sma":
                var (fast, slow) = (Runs.Of("sma", close, 10)[0], Runs.Of("sma", close, 30)[0]);
                return new(
                    [.. close.Select((_, row) => row > 0 && fast[row - 1] <= slow[row - 1] && fast[row] > slow[row])],
                    [.. close.Select((_, row) => row > 0 && fast[row - 1] >= slow[row - 1] && fast[row] < slow[row])]);
            default:
                var bands = Runs.Of("bollinger", close, 20, 2);
                return new([.. close.Select((price, row) => price < bands[2][row])], [.. close.Select((price, row) => price > bands[1][row])]);
        }
    }

    internal static void Compare(JsonElement wanted, in Trade<double> trade, string where)
    {
        trade.EntryTimeMs.ShouldBe(wanted.GetProperty("entryTime").GetInt64(), where);
        trade.ExitTimeMs.ShouldBe(wanted.GetProperty("exitTime").GetInt64(), where);
        ExitReasons.Word(trade.Reason).ShouldBe(wanted.GetProperty("reason").GetString(), where);
        Close(wanted, "entryPrice", trade.EntryPrice, where);
        Close(wanted, "exitPrice", trade.ExitPrice, where);
        Close(wanted, "quantity", trade.Quantity, where);
        Close(wanted, "pnl", trade.Pnl, where);
    }

    internal static void Close(JsonElement wanted, string name, double value, string where)
    {
        var expected = wanted.GetProperty(name).GetDouble();
        Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-9 * Math.Abs(expected), string.Create(CultureInfo.InvariantCulture, $"{where} {name}: {value} for {expected}"));
    }
}
