using Lastro.Core.Backtesting;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Every field of a document that the engine reads, from its JSON to its trades, against the naive run.</summary>
public sealed class DocumentTermsTests
{
    private const string Rules = """ "timeframe": "1h", "enter": "close > open", "exit": "close < open[1] and close < open[3]" """;

    public static TheoryData<string, RunTerms> Cases()
    {
        var plain = new RunTerms { Size = EntrySize.Percent(1), Position = new() { Fee = 0.002, Slippage = 0.0003 } };
        var stops = plain with { Position = plain.Position with { StopLoss = 0.005 } };
        return new()
        {
            { "", plain },
            { ", \"size\": \"35%\", \"takeProfit\": \"1%\", \"stopLoss\": \"0.5%\"", plain with { Size = EntrySize.Percent(0.35), Position = plain.Position with { TakeProfit = 0.01, StopLoss = 0.005 } } },
            { ", \"trailingStop\": \"0.8%\", \"maxBars\": 7, \"cooldownBars\": 3", plain with { Position = plain.Position with { TrailingStop = 0.008, MaxBars = 7, CooldownBars = 3 } } },
            { ", \"size\": {\"fixed\": \"1234.5\"}", plain with { Size = EntrySize.Fixed(1234.5) } },
            { ", \"size\": {\"risk\": \"1%\", \"stop\": \"2 * atr(14)\"}", plain with { Size = EntrySize.Risk(0.01) } },
            { ", \"size\": {\"kelly\": \"40%\", \"trades\": 12, \"start\": \"10%\"}", plain with { Size = EntrySize.Kelly(0.4, 12, 0.1) } },
            { ", \"stopLoss\": \"0.5%\", \"protections\": {\"stopGuard\": {\"stops\": 2, \"bars\": 10, \"pause\": 20}}", stops with { Guards = new Protections { StopGuard = new(2, 10, 20) } } },
            { ", \"stopLoss\": \"0.5%\", \"protections\": {\"maxDrawdown\": \"8%\"}", stops with { Guards = new Protections { MaxDrawdown = 0.08 } } },
            { ", \"stopLoss\": \"0.5%\", \"protections\": {\"dailyLoss\": \"1%\"}", stops with { Guards = new Protections { DailyLoss = 0.01 } } },
        };
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_document_runs_as_it_says(string fields, RunTerms terms)
    {
        foreach (var fill in Enum.GetValues<EntryFill>())
        {
            var source = Documents.Hourly(Tapes.Walk(2_000));
            var (open, close) = (source.Columns.Open, source.Columns.Close);
            var distance = Runs.Of("atr", source.Columns, 14)[0].Select(value => 2 * value).ToArray();
            var signals = new Signals(
                [.. close.Select((price, row) => price > open[row])], [.. close.Select((price, row) => row > 2 && price < open[row - 1] && price < open[row - 3])], distance);
            var options = new BacktestOptions { Fee = terms.Position.Fee, Slippage = terms.Position.Slippage, Fill = fill };
            var report = Documents.Read($"{{ {Rules}{fields} }}").Backtest([source], options);
            var naive = new NaiveRun(terms with { Fill = fill }, 10_000, source.Columns, signals).Run();
            report.Trades.ShouldBe(naive.Trades);
            report.Final.ShouldBe(naive.Final);
            report.Trades.Count.ShouldBeGreaterThan(2);
        }
    }
}
