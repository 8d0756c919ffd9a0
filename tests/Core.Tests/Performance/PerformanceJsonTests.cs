using System.Buffers;
using System.Text;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class PerformanceJsonTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void Small_parts_are_written_as_promised()
    {
        Text(writer => PerformanceJson.Write(writer, [new ReportWarning("tooFewTrades", new Dictionary<string, double> { ["trades"] = 3, ["enough"] = 30 })]))
            .ShouldBe("""[{"code":"tooFewTrades","arguments":{"trades":3,"enough":30}}]""");
        Text(writer => PerformanceJson.Write(writer, [new MonthlyReturn(2024, 2, -0.25)]))
            .ShouldBe("""[{"year":2024,"month":2,"return":-0.25}]""");
        Text(writer => PerformanceJson.Write(writer, [new EquityPoint(86_400_000, 10_000.5)])).ShouldBe("[[86400000,10000.5]]");
        Text(writer => PerformanceJson.Write(writer, Breakdown.ByReason(
            [new ClosedTrade { EntryTimeMs = 0, ExitTimeMs = 7_200_000, Pnl = 5, PnlPercent = 0.5, Fees = 0.25, Reason = "stop" }])))
            .ShouldBe("""[{"key":"stop","trades":1,"pnl":5,"winRate":1,"profitFactor":null,"averageTrade":0.5,"bestTrade":0.5,"worstTrade":0.5,"fees":0.25,"meanHours":2}]""");
    }

    [Fact]
    public void Stability_and_sensitivity_are_written_as_promised()
    {
        var stability = Stability.Around([new([5], 1), new([10], 2), new([20], null)], 1);
        Text(writer => PerformanceJson.Write(writer, stability, ["length"])).ShouldBe(
            """{"chosen":2,"rank":1,"rings":[{"steps":1,"known":1,"mean":1,"worst":1,"kept":0.5}],"axes":[{"parameter":"length","values":[5,10,20],"figures":[1,2,null]}]}""");
        var figures = Metrics.Of([]) with { Return = 0.5 };
        var sensitivity = Sensitivity.Compare(figures, 0, 0, [(new(SensitivityKind.FillModel, "queue"), figures with { Return = -0.5 })]);
        Text(writer => PerformanceJson.Write(writer, sensitivity)).ShouldBe(
            """{"breakEvenFee":null,"breakEvenSlippage":null,"rows":[{"kind":"fillModel","setting":"queue","return":-0.5,"sharpe":null,"maxDrawdown":null,"returnChange":-1,"sharpeChange":null,"drawdownChange":null,"turnsToLoss":true}]}""");
    }

    [Fact]
    public void Robustness_is_the_same_bytes_for_the_same_seed()
    {
        var equity = new EquityTracker(100, Timeframe.Parse("1d"));
        for (var i = 0; i < 90; i++)
            equity.Add(i * DayMs, 100 + (i * 0.2) + (i % 5));
        var trades = MonteCarloTests.Trades([.. Enumerable.Range(0, 40).Select(i => (i % 7) - 2.5)]);
        string Write(long seed) => Text(writer => PerformanceJson.Write(
            writer, Robustness.Of(equity, trades, new() { Runs = 50, Seed = seed, Trials = 12 })));
        Write(1).ShouldBe(Write(1));
        Write(1).ShouldNotBe(Write(2));

        using var document = JsonDocument.Parse(Write(1));
        var root = document.RootElement;
        var moments = ReturnMoments.OfDays(equity);
        root.GetProperty("trials").GetInt32().ShouldBe(12);
        root.GetProperty("probabilisticSharpe").GetDouble().ShouldBe(SharpeConfidence.Probabilistic(moments)!.Value);
        root.GetProperty("deflatedSharpe").GetDouble().ShouldBe(SharpeConfidence.Deflated(moments, 12)!.Value);
        root.GetProperty("shortestTrackRecordDays").GetDouble().ShouldBeGreaterThan(1);
        root.GetProperty("shuffled").GetProperty("final").GetDouble().ShouldBe(100 + trades.Sum(trade => trade.Pnl), 1e-9);
        root.GetProperty("resampled").GetProperty("finals").GetProperty("histogram").EnumerateArray().Sum(count => count.GetInt32()).ShouldBe(50);
        var interval = root.GetProperty("days").GetProperty("sharpeInterval");
        interval[0].GetDouble().ShouldBeLessThan(interval[1].GetDouble());
        root.GetProperty("days").GetProperty("blockDays").GetInt32().ShouldBe(5);
    }

    [Fact]
    public void A_run_without_days_and_trades_is_all_null()
    {
        var text = Text(writer => PerformanceJson.Write(writer, Robustness.Of(new EquityTracker(1, Timeframe.Minute), [], new() { Runs = 2 })));
        using var document = JsonDocument.Parse(text);
        document.RootElement.GetProperty("probabilisticSharpe").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("days").GetProperty("cagrInterval").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("shuffled").GetProperty("lossShare").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
