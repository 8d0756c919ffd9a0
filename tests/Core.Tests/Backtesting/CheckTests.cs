using Lastro.Core.Backtesting;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>The checkers find what is there, and nothing where nothing is.</summary>
public sealed class CheckTests
{
    private const string Document = """
        { "timeframe": "1h", "enter": "close > on(\"4h\", ema(close, 5)) and rsi(close, 7)[2] < 60", "exit": "supertrend(7, 2).trend == -1", "stopLoss": "2%", "maxBars": 30 }
        """;

    [Fact]
    public void The_language_cannot_look_ahead()
    {
        var plan = Documents.Read(Document).Plan(new BacktestOptions());
        var report = LookAheadCheck.Run(plan, Documents.Hourly(Tapes.Walk(4_000)), new BacktestOptions(), 30);
        report.Cuts.ShouldBe(30);
        report.Compared.ShouldBeGreaterThan(40_000);
        report.Findings.ShouldBeEmpty();

        // A finer file: its last candle is cut off and may not be compared.
        var quarters = Tapes.Walk(4_000);
        for (var row = 0; row < 4_000; row++) quarters.OpenTimeMs[row] = 1_699_999_200_000 + (row * 900_000L);
        var finer = LookAheadCheck.Run(plan, new ColumnSource("A", 900_000, quarters, 4_000), new BacktestOptions(), 30);
        finer.Compared.ShouldBeGreaterThan(10_000);
        finer.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("exit")]
    [InlineData("trade")]
    [InlineData("candle")]
    public void Planted_looks_ahead_are_found(string what)
    {
        // Decides by the mean of all rows it is shown: a classic.
        SignalTape Decide(ColumnSource data)
        {
            var (closes, times) = (data.Columns.Close[..data.Rows], data.Columns.OpenTimeMs[..data.Rows]);
            var mean = closes.Average();
            bool[] looks = [.. closes.Select(close => close > mean)];
            bool[] blind = new bool[data.Rows];
            var trade = new Trade<double>
            {
                EntryTimeMs = times[2],
                ExitTimeMs = times[5],
                EntryPrice = 1,
                ExitPrice = mean,
                Quantity = 1,
                Cost = 1,
                Fees = 0,
                Pnl = 0,
                PnlPercent = 0,
                Reason = ExitReason.Signal,
            };
            return new SignalTape(
                what == "candle" ? [.. times.Select((time, row) => row == 3 ? time + data.Rows : time)] : times,
                what == "enter" ? looks : blind, what == "exit" ? looks : blind, what == "trade" ? [trade] : []);
        }

        var report = LookAheadCheck.Run(Decide, Timeframe.Parse("1h"), Documents.Hourly(Tapes.Walk(1_000)), seed: 1, cuts: 10);
        report.Findings.ShouldNotBeEmpty();
        report.Findings.ShouldAllBe(finding => finding.What == what && finding.TimeMs < finding.CutTimeMs);
    }

    [Fact]
    public void A_strategy_tells_what_each_of_its_parts_needs()
    {
        var strategy = Documents.Read("""{ "timeframe": "1h", "define": { "slow": "ema(close, 100)" }, "enter": "close > slow and close > sma(close, 20)", "size": { "risk": "1%", "stop": "atr(14)" } }""");
        var found = strategy.WarmUp(Documents.Hourly(Tapes.Walk(20_000)));
        found.Select(finding => finding.Name).ShouldBe(["enter", "exit", "size.stop", "slow", "sma(close, 20)", "atr(14)"]);
        found[1].SettledRows.ShouldBe(32, "never is never");
        found[3].SettledRows.ShouldBe(1024);
        found[4].SettledRows.ShouldBe(32);
        // A condition settles before its parts do: what is left of the start no longer decides.
        found[0].SettledRows!.Value.ShouldBeLessThanOrEqualTo(1024);
    }

    [Fact]
    public void Recursive_indicators_need_more_rows_than_their_length()
    {
        var graph = new RuleGraph(Timeframe.Parse("1h"));
        var (root, found) = (graph.Root, new Dictionary<string, WarmUpFinding>(StringComparer.Ordinal));
        NodeId Of(string name, params double[] arguments) => root.Indicator(Runs.Get(name), [root.Price(PriceColumn.Close)], arguments, 0);
        WatchedNode[] nodes =
        [
            new("sma 20", Of("sma", 20)), new("sma 100", Of("sma", 100)), new("ema 20", Of("ema", 20)), new("ema 100", Of("ema", 100)),
            new("condition", root.Compare(CompareOperator.Greater, root.Price(PriceColumn.Close), Of("sma", 20))),
        ];
        foreach (var finding in WarmUpCheck.Run(graph, nodes, Documents.Hourly(Tapes.Walk(20_000)), tolerance: 1e-9))
            found.Add(finding.Name, finding);
        found["sma 20"].SettledRows.ShouldBe(32);
        found["condition"].SettledRows.ShouldBe(32);
        found["sma 100"].SettledRows.ShouldBe(128);
        found["sma 100"].Points[0].Difference.ShouldBe(double.PositiveInfinity);
        // (1 - 2/21)^n of a few percent falls below 1e-9 after some 190 rows, (1 - 2/101)^n after some 900.
        found["ema 20"].SettledRows.ShouldBe(256);
        found["ema 100"].SettledRows.ShouldBe(1024);
        found["ema 100"].Points.Select(point => -point.Difference).ShouldBeInOrder();
        WarmUpCheck.Run(graph, nodes, Documents.Hourly(Tapes.Walk(300)))[3].SettledRows.ShouldBeNull();
    }
}
