using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

public sealed class BacktestTests
{
    private const string Trading = """
        { "name": "two averages", "timeframe": "1h", "inputs": { "fast": 5, "slow": 12 }, "define": { "f": "ema(close, fast)" },
          "enter": "f > sma(close, slow) and on(\"4h\", rsi(close, 3)) < 60", "exit": "f < sma(close, slow)", "size": "60%", "takeProfit": "4%", "stopLoss": "2%",
          "trailingStop": "1.5%", "maxBars": 30, "cooldownBars": 2 }
        """;

    /// <summary>The language, the graph and the engine together, against figures made by others.</summary>
    [SharedTheory("fixtures/backtest")]
    [MemberData(nameof(FixtureTests.Cases), MemberType = typeof(FixtureTests))]
    public void Fixtures_as_documents_with_their_metrics(string file, string document, string costs)
    {
        using var wanted = JsonDocument.Parse(File.ReadAllText(SharedData.Path($"fixtures/backtest/{file}/{document}-{costs}.trades.json")));
        var root = wanted.RootElement;
        var strategy = Documents.Read(File.ReadAllText(SharedData.Path($"fixtures/backtest/{file}/{document}-{costs}.json")));
        var options = new BacktestOptions { Fee = root.GetProperty("fee").GetDouble(), Slippage = root.GetProperty("slippage").GetDouble() };
        var report = strategy.Backtest([SharedCandles.Load($"data/candles/binance_spot_1h/{file}.csv.gz")], options);

        var trades = root.GetProperty("trades").EnumerateArray().ToArray();
        report.Trades.Count.ShouldBe(trades.Length);
        for (var i = 0; i < trades.Length; i++)
            FixtureTests.Compare(trades[i], report.Trades[i], $"trade {i}");
        FixtureTests.Close(root, "final", report.Final, "final");
        foreach (var metric in root.GetProperty("metrics").EnumerateObject())
            FixtureTests.Close(root.GetProperty("metrics"), metric.Name, report.Metrics[metric.Name] ?? double.NaN, "metrics");
    }

    [Fact]
    public void The_report_has_the_fields_of_the_interface_in_its_order()
    {
        var report = Documents.Read(Trading).Backtest([Documents.Hourly(Tapes.Walk(900))], new BacktestOptions { Clock = TimeProvider.System });
        using var json = JsonDocument.Parse(ReportJson.ToBytes(report));
        Names(json.RootElement).ShouldBe(
        [
            "engine", "strategy", "inputs", "symbol", "from", "to", "candles", "start", "final", "trades", "metrics", "conventions", "dataHash", "seed", "candlesPerSecond",
        ]);
        Names(json.RootElement.GetProperty("trades")[0]).ShouldBe(["entryTime", "entryPrice", "exitTime", "exitPrice", "quantity", "fees", "pnl", "pnlPercent", "reason"]);
        Names(json.RootElement.GetProperty("metrics")).ShouldBe(Metrics.Names);
        json.RootElement.GetProperty("symbol").GetString().ShouldBe("TEST");
        json.RootElement.GetProperty("inputs").GetProperty("slow").GetDouble().ShouldBe(12);
        json.RootElement.GetProperty("trades")[0].GetProperty("entryPrice").ValueKind.ShouldBe(JsonValueKind.Number);
        json.RootElement.GetProperty("conventions").EnumerateObject().Count().ShouldBeGreaterThan(5);

        static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
    }

    [Fact]
    public void Repeats_bit_for_bit_however_the_rows_come()
    {
        var source = Documents.Hourly(Tapes.Walk(9_000));
        var options = new BacktestOptions { CurvePoints = 50, FromMs = source.Columns.OpenTimeMs[777], ToMs = source.Columns.OpenTimeMs[8_500] };
        var strategy = Documents.Read(Trading);
        var first = ReportJson.ToBytes(strategy.Backtest([source], options));
        first.Length.ShouldBeGreaterThan(10_000);
        for (var seed = 0; seed < 8; seed++)
            ReportJson.ToBytes(strategy.Backtest([new RaggedSource(source, seed)], options)).ShouldBe(first);
    }

    [Fact]
    public void Rows_before_from_only_warm_up_and_rows_after_to_are_not_there()
    {
        var source = Documents.Hourly(Tapes.Walk(2_000));
        var strategy = Documents.Read(Trading);
        var (from, to) = (source.Columns.OpenTimeMs[500], source.Columns.OpenTimeMs[1_500]);
        var report = strategy.Backtest([source], new BacktestOptions { FromMs = from, ToMs = to });
        (report.FromMs, report.ToMs, report.Candles).ShouldBe((from, to, 1_000));
        report.Trades.ShouldAllBe(trade => trade.EntryTimeMs > from && trade.ExitTimeMs < to);
        // The rows behind may be anything.
        ReportJson.ToBytes(strategy.Backtest([source.First(1_500)], new BacktestOptions { FromMs = from })).ShouldBe(ReportJson.ToBytes(report));
        // Warmed up is not the same as begun there.
        strategy.Backtest([source], new BacktestOptions { FromMs = from - 1, ToMs = to }).Trades.ShouldBe(report.Trades);
        var refusal = Should.Throw<BacktestRefusedException>(() => strategy.Backtest([source], new BacktestOptions { FromMs = to, ToMs = from }));
        refusal.Refusal.ShouldBe(BacktestRefusal.NoCandles);
        Should.Throw<BacktestRefusedException>(() => strategy.Backtest([new ColumnSource("X", 7_200_000, source.Columns, 2)], new())).Refusal.ShouldBe(BacktestRefusal.CoarserCandles);
    }

    [Fact]
    public void A_finer_file_is_aggregated()
    {
        var fine = new CandleColumns { OpenTimeMs = [.. Enumerable.Range(0, 3_000).Select(row => 1_700_000_100_000 + (row * 900_000L))], Open = [], High = [], Low = [], Close = [], Volume = [] };
        var walk = Tapes.Walk(3_000);
        var source = new ColumnSource("TEST", 900_000, new CandleColumns { OpenTimeMs = fine.OpenTimeMs, Open = walk.Open, High = walk.High, Low = walk.Low, Close = walk.Close, Volume = walk.Volume }, 3_000);
        var made = CandleAggregator.All(Timeframe.Parse("1h"), source.Columns, 3_000);
        var strategy = Documents.Read("""{ "timeframe": "1h", "enter": "close > sma(close, 9)", "exit": "close < sma(close, 9)", "stopLoss": "2%" }""");
        var ours = strategy.Backtest([source], new());
        var theirs = strategy.Backtest([Documents.Hourly(made)], new());
        ours.Trades.ShouldBe(theirs.Trades);
        ours.Metrics.ShouldBe(theirs.Metrics);
        ours.DataHash.ShouldNotBe(theirs.DataHash);
        strategy.Backtest([new RaggedSource(source, 3)], new()).Trades.ShouldBe(theirs.Trades);
    }

    [Fact]
    public void The_hash_is_over_the_rows_as_48_bytes_each()
    {
        var source = Documents.Hourly(Tapes.Walk(40));
        var columns = source.Columns;
        columns.Volume[3] = double.NaN;
        using var bytes = new MemoryStream();
        for (var row = 0; row < 40; row++)
        {
            var line = new byte[48];
            BinaryPrimitives.WriteInt64LittleEndian(line, columns.OpenTimeMs[row]);
            double[] values = [columns.Open[row], columns.High[row], columns.Low[row], columns.Close[row], columns.Volume[row]];
            for (var i = 0; i < 5; i++)
                BinaryPrimitives.WriteInt64LittleEndian(line.AsSpan(8 + (8 * i)), double.IsNaN(values[i]) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToInt64Bits(values[i]));
            bytes.Write(line);
        }

        var report = Documents.Read("""{ "timeframe": "1h", "enter": "close > 0" }""").Backtest([source], new());
        report.DataHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
    }

    [Fact]
    public void Ends_when_it_is_told_to_and_tells_how_far_it_is()
    {
        var source = Documents.Hourly(Tapes.Walk(20_000));
        var told = new List<long>();
        using var stop = new CancellationTokenSource();
        var options = new BacktestOptions
        {
            Cancellation = stop.Token,
            Progress = time =>
            {
                told.Add(time);
                if (told.Count == 3) stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => Documents.Read(Trading).Backtest([source], options));
        told.Count.ShouldBe(3);
        told.ShouldBeInOrder();
    }

    [Fact]
    public void The_equity_told_is_the_one_measured()
    {
        var source = Documents.Hourly(Tapes.Walk(5_000));
        var (times, values) = (new List<long>(), new List<double>());
        var report = Documents.Read(Trading).Backtest([source], new BacktestOptions
        {
            Equity = (openTimesMs, equity) =>
            {
                times.AddRange(openTimesMs);
                values.AddRange(equity);
            },
        });
        times.ShouldBe(source.Columns.OpenTimeMs);
        values[^1].ShouldBe(report.Final);
        var (peak, deepest) = (report.Start, 0.0);
        foreach (var value in values)
            (peak, deepest) = (Math.Max(peak, value), Math.Max(deepest, 1 - (value / Math.Max(peak, value))));
        report.Metrics.MaxDrawdown.ShouldBe(deepest);
    }

    [Fact]
    public void Warnings_learn_of_holes_and_of_fills_without_trading()
    {
        var columns = Tapes.Walk(1_000);
        for (var row = 500; row < 1_000; row++) columns.OpenTimeMs[row] += 10 * 3_600_000L;
        Array.Clear(columns.Volume);
        var report = Documents.Read(Trading).Backtest([Documents.Hourly(columns)], new());
        report.Facts.MissingCandles.ShouldBe(10);
        report.Facts.Fills.ShouldBeGreaterThan(20);
        report.Facts.StaleFills.ShouldBe(report.Facts.Fills);
        report.Facts.HoldDrawdown.ShouldNotBeNull();
        Documents.Read(Trading).Backtest([Documents.Hourly(Tapes.Walk(1_000))], new()).Facts.StaleFills.ShouldBe(0);
    }

    [Fact]
    public void Sensitivity_runs_fees_slippages_and_fills()
    {
        var source = Documents.Hourly(Tapes.Walk(3_000));
        var strategy = Documents.Read(Trading);
        var report = strategy.Backtest([source], new());
        var rows = strategy.Sensitivity([source], new(), report.Metrics).Rows;
        rows.Select(row => row.Case.Setting).ShouldBe(["0", "0.002", "0.003", "0.0005", "0.001", "0.002", "touch", "through"]);
        rows[1].Metrics.ShouldBe(strategy.Backtest([source], new BacktestOptions { Fee = 0.002 }).Metrics);
        rows[^1].Metrics.ShouldBe(strategy.Backtest([source], new BacktestOptions { Fill = EntryFill.Through }).Metrics);
        rows[0].ReturnChange!.Value.ShouldBeGreaterThan(0);
    }
}
