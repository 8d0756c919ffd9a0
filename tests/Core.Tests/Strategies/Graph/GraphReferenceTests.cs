using System.Diagnostics;
using System.Globalization;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Real candles, with gaps and rows off the grid, against the reference backtester, which was written from the text alone.</summary>
public sealed class GraphReferenceTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    // Prices, extremes and lags are exact; averages are summed in another order.
    private static readonly (string Text, Rule Rule)[] _rules =
    [
        ("close", Rule.Close),
        ("hlc3 / hl2[3]", new Price(PriceColumn.Hlc3) / new Price(PriceColumn.Hl2).Ago(3)),
        ("highest(high, 20)", Rule.Of("highest", new Price(PriceColumn.High), 20)),
        ("close > highest(high, 20)[1]", Rule.Close > Rule.Of("highest", new Price(PriceColumn.High), 20).Ago(1)),
        ("not (close > open) or close[2] <= close[5]", !(Rule.Close > new Price(PriceColumn.Open)) | (Rule.Close.Ago(2) <= Rule.Close.Ago(5))),
        ("crosses_above(close, highest(close, 9)[1])", Rule.CrossesAbove(Rule.Close, Rule.Of("highest", Rule.Close, 9).Ago(1))),
        ("on(\"4h\", close)", Rule.On("4h", Rule.Close)),
        ("on(\"4h\", volume)", Rule.On("4h", new Price(PriceColumn.Volume))),
        ("on(\"1d\", open)[5]", Rule.On("1d", new Price(PriceColumn.Open)).Ago(5)),
        ("on(\"1w\", high)", Rule.On("1w", new Price(PriceColumn.High))),
        ("on(\"1M\", low)", Rule.On("1M", new Price(PriceColumn.Low))),
        ("on(\"6h\", close > on(\"8h\", close[1]))", Rule.On("6h", Rule.Close > Rule.On("8h", Rule.Close.Ago(1)))),
        ("on(\"4h\", on(\"3d\", highest(high, 3)) / close)", Rule.On("4h", Rule.On("3d", Rule.Of("highest", new Price(PriceColumn.High), 3)) / Rule.Close)),
        ("on(\"1d\", crosses_above(close, lowest(close, 4)[1]))", Rule.On("1d", Rule.CrossesAbove(Rule.Close, Rule.Of("lowest", Rule.Close, 4).Ago(1)))),
        ("sma(close, 20)", Rule.Of("sma", Rule.Close, 20)),
        ("rsi(ema(close, 5), 14)", Rule.Of("rsi", Rule.Of("ema", Rule.Close, 5), 14)),
        ("on(\"4h\", atr(14)) + on(\"1d\", atr(14))", Rule.On("4h", Rule.Of("atr", null, 14)) + Rule.On("1d", Rule.Of("atr", null, 14))),
        ("on(\"1w\", rsi(close, 5))", Rule.On("1w", Rule.Of("rsi", Rule.Close, 5))),
    ];

    [SharedTheory("data/candles/binance_spot_1h")]
    [InlineData("data/candles/binance_spot_1h/BTCUSDT.csv.gz")]
    [InlineData("data/candles/binance_spot_1h_2017_2021/BNBUSDT.csv.gz")]
    public async Task Rules_over_real_candles_agree_with_the_reference(string file)
    {
        var (tape, hour) = (Read(file), Timeframe.Parse("1h"));
        Timeframes.IsEqual(hour, Timeframes.MostFrequentStep(tape.OpenTimeMs)).ShouldBeTrue();
        var graph = new RuleGraph(hour);
        var nodes = _rules.Select(rule => rule.Rule.AddTo(graph.Root)).ToList();
        var ours = Collected.From(graph, hour, tape, Files.Cuts(tape.Close.Length, 1000, new Random(2)), nodes);
        var lines = (await Reference(SharedData.Path(file))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(tape.Close.Length + 1);
        var differences = new List<string>();
        for (var row = 0; row < tape.Close.Length; row++)
        {
            var cells = lines[row + 1].Split(',');
            cells[0].ShouldBe($"{tape.OpenTimeMs[row]}");
            for (var column = 0; column < nodes.Count; column++)
            {
                if (!Agree(ours, nodes[column], row, cells[column + 1]))
                    differences.Add($"{_rules[column].Text}, row {row}: {cells[column + 1]}");
            }
        }

        differences.ShouldBeEmpty();
    }

    [Fact]
    public void The_language_makes_the_nodes_the_graph_was_tested_with()
    {
        var graph = new RuleGraph(Timeframe.Parse("1h"));
        foreach (var (text, rule) in _rules)
        {
            var node = rule.AddTo(graph.Root);
            var isCondition = graph.IsCondition(node);
            var document = new StrategyDocument { Timeframe = graph.Root.Timeframe, Enter = isCondition ? text : $"({text}) > 12.5" };
            var strategy = Strategy.Check(document, out var errors);
            errors.ShouldBeEmpty(text);
            var count = graph.Count;
            strategy!.AddTo(graph).Enter.ShouldBe(isCondition ? node : (rule > 12.5).AddTo(graph.Root), text);
            graph.Count.ShouldBeInRange(count, count + 4, text); // 12.5, the comparison, and false for the exit
        }
    }

    private static bool Agree(Collected ours, NodeId node, int row, string cell)
    {
        if (ours.Truth.TryGetValue(node, out var truth))
            return cell == (truth[row] is { } value ? value ? "true" : "false" : "");
        var number = ours.Values[node][row];
        if (cell.Length == 0 || double.IsNaN(number))
            return cell.Length == 0 && double.IsNaN(number);
        return Math.Abs(number - double.Parse(cell, CultureInfo.InvariantCulture)) <= 1e-9 * Math.Abs(number);
    }

    private static CandleColumns Read(string file)
    {
        var rows = SharedData.Lines(file).Skip(1).Select(line => line.Split(',')).ToList();
        double[] Column(int index) => [.. rows.Select(row => double.Parse(row[index], CultureInfo.InvariantCulture))];
        return new CandleColumns
        {
            OpenTimeMs = [.. rows.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture))],
            Open = Column(1),
            High = Column(2),
            Low = Column(3),
            Close = Column(4),
            Volume = Column(5),
        };
    }

    private static async Task<string> Reference(string candles)
    {
        string[] arguments = ["backtest.mjs", "--candles", candles, .. _rules.SelectMany(rule => new[] { "--expression", rule.Text })];
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Path.Combine(Root(), "tests", "reference-backtester"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
            await node.WaitForExitAsync(patience.Token);
            node.ExitCode.ShouldBe(0, await errors);
            return await output;
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return folder.FullName;
    }
}
