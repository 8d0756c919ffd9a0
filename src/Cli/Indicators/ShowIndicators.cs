using Lastro.Cli.CommandLine;
using Lastro.Cli.Data;
using Lastro.Cli.Output;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Indicators;

/// <summary>lastro indicators: expressions of the rule language as columns over a candle file.</summary>
internal static class ShowIndicators
{
    public static readonly Command Command = new()
    {
        Name = "indicators",
        Summary = "Counts indicators over a candle file and writes them as CSV",
        Takes = "EXPRESSION...",
        Words = (1, 100),
        Options =
        [
            new("--candles", "FILE|NAME", "candle file of any form, or a name in the data folder (BTCUSDT_1h)") { Needed = true },
            new("--timeframe", "T", "candles of a coarser timeframe, made of the file's rows"),
            new("--csv", "FILE", "writes to a file instead of standard output"),
            DataFolder.Flag,
        ],
        More = """
            A column for each expression, or for each output of an expression that has several; empty until it is known.
            A condition gives 1 or 0. Numbers have the shortest digits that give the double back.

              lastro indicators --candles BTCUSDT.csv.gz "rsi(close, 14)" "macd(close, 12, 26, 9).signal"
              lastro indicators --candles BTCUSDT_1h "close > sma(close, 200)" "on(\"4h\", ema(close, 50))"
            """,
        Run = Run,
    };

    private static void Run(Arguments arguments)
    {
        var path = DataFolder.Resolve(arguments, arguments.Text("--candles")!);
        var table = CandleFile.ReadAll(path);
        var step = Timeframes.MostFrequentStep(table.Columns.OpenTimeMs.AsSpan(0, table.Rows));
        var graph = new RuleGraph(TimeframeOf(arguments, path, step));
        if (Timeframes.IsFiner(graph.Root.Timeframe, step))
            throw new RefusedException($"{path}: its rows of {step / 60_000} minutes are coarser than {graph.Root.Timeframe}");
        var columns = arguments.Words.SelectMany((text, index) => Columns(graph, text, index)).ToList();
        using var output = arguments.Text("--csv") is { } target ? Utf8Out.ToFile(target) : Utf8Out.Standard();
        output.Write("open_time_ms");
        foreach (var column in columns)
        {
            output.Write((byte)',');
            output.Write(Quoted(column.Name));
        }

        output.Write((byte)'\n');
        var run = graph.Start(step, new GraphOptions { Keep = [.. columns.Select(column => column.Node)] });
        for (var at = 0; at < table.Rows; at += GraphRun.BlockRows)
            Rows(output, run, run.Next(table.Columns, at, Math.Min(GraphRun.BlockRows, table.Rows - at)), columns);
        Rows(output, run, run.Finish(), columns);
    }

    private static void Rows(Utf8Out output, GraphRun run, int rows, List<StrategyPlot> columns)
    {
        for (var row = 0; row < rows; row++)
        {
            output.Write(run.Candles.OpenTimeMs[run.Offset + row]);
            foreach (var column in columns)
            {
                output.Write((byte)',');
                if (column.IsCondition)
                    Write(output, Bit(run.TrueBits(column.Node), row), Bit(run.FalseBits(column.Node), row));
                else if (run.Values(column.Node)[row] is var value && !double.IsNaN(value))
                    output.Write(value);
            }

            output.Write((byte)'\n');
        }
    }

    private static void Write(Utf8Out output, bool holds, bool fails)
    {
        if (holds || fails)
            output.Write(holds ? (byte)'1' : (byte)'0');
    }

    private static bool Bit(ReadOnlySpan<ulong> bits, int row) => ((bits[row / 64] >> (row % 64)) & 1) != 0;

    /// <summary>The columns of an expression, which is checked as a definition of a document: the same parser, the same refusals.</summary>
    private static IEnumerable<StrategyPlot> Columns(RuleGraph graph, string text, int index)
    {
        const string name = "expression";
        var document = new StrategyDocument
        {
            Timeframe = graph.Root.Timeframe,
            Define = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text },
            Enter = "close > 0",
        };
        if (Strategy.Check(document, out var errors) is not { } strategy)
            throw new RefusedException($"expression {index + 1} '{text}', line {errors[0].Line}, column {errors[0].Column}: {errors[0].Message}");
        var plots = strategy.AddPlotsTo(graph, limit: 64);
        return plots.Count > 0
            ? plots.Select(plot => plot with { Name = text.Trim() + plot.Name[name.Length..] })
            : throw new RefusedException($"expression {index + 1} '{text}', line 1, column 1: a number alone is no column");
    }

    private static Timeframe TimeframeOf(Arguments arguments, string path, long? step)
    {
        if (arguments.Text("--timeframe") is { } code)
            return Timeframe.TryParse(code, out var told) ? told : throw new UsageException($"--timeframe '{code}' is none of {string.Join(' ', Timeframe.All)}");
        foreach (var timeframe in Timeframe.All)
        {
            if (Timeframes.IsEqual(timeframe, step))
                return timeframe;
        }

        throw new RefusedException($"{path}: its most frequent step of {step} ms is no timeframe; give one with --timeframe");
    }

    /// <summary>RFC 4180: a name with a comma or a quote stands in quotes.</summary>
    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
