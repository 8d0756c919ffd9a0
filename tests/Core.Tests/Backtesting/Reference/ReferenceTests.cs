using System.Globalization;
using System.Text.Json;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;
using Xunit.Abstractions;

namespace Lastro.Core.Tests.Backtesting.Reference;

/// <summary>
/// 500 random documents over real candles: the engine against the backtester of tests/reference-backtester, written in another language from
/// the interfaces alone. Every trade, its reason and numbers to 1e-9, and every metric. A document in which something hung on the last digits of
/// an average (nearTies) may differ and is counted; any other disagreement stands in docs/decisions/0016-backtest-engine.md and here.
/// </summary>
public sealed class ReferenceTests(ITestOutputHelper log)
{
    private static readonly ReferenceCase[] All =
    [
        new(1, 120, "1h", "data/candles/binance_spot_1h/BTCUSDT.csv.gz"),
        new(2, 120, "1h", "data/candles/binance_spot_1h/PEPEUSDT.csv.gz") { Fee = 0.00075, Slippage = 0.0005 },
        new(3, 60, "5m", "data/candles/binance_spot_5m/BTCUSDT_2024.csv.gz") { Slippage = 0.0002, From = "2024-02-03T04:05:00Z", To = "2024-07-01T00:00:00Z" },
        new(4, 100, "1h", "data/candles/binance_spot_1h/USTUSDT.csv.gz") { Fee = 0 },
        new(5, 60, "4h", "data/candles/coinbase_4h/BTC-USD.csv.gz") { Fee = 0.002, From = "2017-01-01", To = "2024-05-05T13:00:00Z" },
        new(6, 40, "1m", "data/candles/binanceus_spot_1m/BTCUSDT_202303.csv.gz") { Slippage = 0.001 },
    ];

    /// <summary>Other documents than those of every build, for a longer search.</summary>
    private static readonly int _more = int.Parse(Environment.GetEnvironmentVariable("LASTRO_REFERENCE_SEED") ?? "0", CultureInfo.InvariantCulture);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, All.Length)];

    [Fact]
    public void They_are_500() => All.Sum(run => run.Count).ShouldBe(500);

    [NodeTheory("data/candles")]
    [MemberData(nameof(Cases))]
    public async Task Agree_on_every_trade(int index)
    {
        var run = All[index] with { Seed = All[index].Seed + _more };
        var documents = await ReferenceBacktester.Documents(run.Seed, run.Count, run.Timeframe);
        var answers = await ReferenceBacktester.Run(documents, run);
        answers.Length.ShouldBe(documents.Length);
        var source = SharedCandles.Load(run.File);
        var options = new BacktestOptions { Fee = run.Fee, Slippage = run.Slippage, FromMs = Time(run.From), ToMs = Time(run.To), Conventions = false };
        var (trades, ties, differences) = (0, new List<string>(), new List<string>());
        for (var i = 0; i < documents.Length; i++)
        {
            var strategy = Strategy.Read(documents[i], out var errors);
            if (strategy is null)
            {
                differences.Add($"{i + 1}: refused, {errors[0]}");
                continue;
            }

            var wanted = answers[i].GetProperty("report");
            var report = strategy.Backtest([source], options);
            trades += report.Trades.Count;
            if (Difference(wanted, report) is not { } difference)
                continue;
            (wanted.GetProperty("nearTies").GetInt64() > 0 ? ties : differences).Add($"{i + 1}: {difference} | {documents[i]}");
        }

        log.WriteLine($"{documents.Length} documents, {trades} trades, {ties.Count} differ by near ties, {differences.Count} otherwise");
        foreach (var line in ties.Concat(differences)) log.WriteLine(line);
        differences.ShouldBeEmpty();
        ties.Count.ShouldBeLessThanOrEqualTo(documents.Length / 20);
    }

    private static string? Difference(JsonElement wanted, BacktestReport report)
    {
        var trades = wanted.GetProperty("trades").EnumerateArray().ToArray();
        for (var i = 0; i < Math.Min(trades.Length, report.Trades.Count); i++)
        {
            if (Difference(trades[i], report.Trades[i]) is { } field)
                return $"trade {i}, {field}";
        }

        if (trades.Length != report.Trades.Count) return $"{report.Trades.Count} trades for {trades.Length}";
        if (wanted.GetProperty("from").GetInt64() != report.FromMs) return "from";
        if (wanted.GetProperty("to").GetInt64() != report.ToMs) return "to";
        if (wanted.GetProperty("candles").GetInt64() != report.Candles) return "candles";
        if (!IsNear(wanted.GetProperty("final"), report.Final)) return "final";
        foreach (var name in Metrics.Names)
        {
            if (!IsNear(wanted.GetProperty("metrics").GetProperty(name), report.Metrics[name]))
                return $"{name}: {report.Metrics[name]} for {wanted.GetProperty("metrics").GetProperty(name)}";
        }

        return null;
    }

    private static string? Difference(JsonElement wanted, in Trade<double> trade)
    {
        if (wanted.GetProperty("entryTime").GetInt64() != trade.EntryTimeMs) return "entryTime";
        if (wanted.GetProperty("exitTime").GetInt64() != trade.ExitTimeMs) return "exitTime";
        if (wanted.GetProperty("reason").GetString() != ExitReasons.Word(trade.Reason)) return "reason";
        var cost = trade.Cost;
        (string Name, double Value, double Scale)[] numbers =
        [
            ("entryPrice", trade.EntryPrice, 0), ("exitPrice", trade.ExitPrice, 0), ("quantity", trade.Quantity, 0), ("fees", trade.Fees, 0),
            ("pnl", trade.Pnl, cost), ("pnlPercent", trade.PnlPercent, 1),
        ];
        return Array.Find(numbers, number => !IsNear(wanted.GetProperty(number.Name), number.Value, number.Scale)).Name;
    }

    // A difference of two amounts is as exact as they are.
    private static bool IsNear(JsonElement wanted, double? value, double scale = 0)
    {
        if (wanted.ValueKind == JsonValueKind.Null || value is null)
            return wanted.ValueKind == JsonValueKind.Null && value is null;
        var expected = wanted.GetDouble();
        return Math.Abs(value.Value - expected) <= 1e-9 * Math.Max(Math.Abs(expected), scale);
    }

    private static long? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}

/// <summary>A theory that needs the shared folder and Node.</summary>
internal sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute(string relative)
    {
        if (SharedData.Root is null)
            Skip = $"needs shared/{relative}, which is not beside this checkout";
        else if (!ReferenceBacktester.HasNode() && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"needs node on the PATH to run the reference over shared/{relative}";
    }
}
