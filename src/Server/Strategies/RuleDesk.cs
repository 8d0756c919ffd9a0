using System.Buffers;
using System.Text;
using System.Text.Json;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Strategies;

/// <summary>Where the room asks Core about rules: read, check, draw and explain them.</summary>
internal sealed class RuleDesk(MarketsRoom markets, CandlesRoom candles) : IDisposable
{
    /// <summary>Bytes of a document that is kept or run.</summary>
    private const int LongestKept = 65_536;

    /// <summary>Rows fetched before the first one shown: what the rules need, some more for averages without an end, but no more than this.</summary>
    private const int MostFetched = 2_500;

    /// <summary>
    /// Candles before a run's first that warm it up. Nearly all rules get the same many, so that a combination of a sweep and a backtest of it alone read
    /// the same; those that need more get the second.
    /// </summary>
    private const int UsualWarmUp = 2_000;

    private const int LongWarmUp = 20_000;

    private const int SpareRows = 250;

    /// <summary>How many draw or explain at the same time; the others wait, so that rules made to be slow slow nobody else down.</summary>
    private readonly SemaphoreSlim _counting = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Levels of an answer's JSON; the framework's writer ends at 1000.</summary>
    private const int DeepestAnswer = 900;

    public void Dispose() => _counting.Dispose();

    public bool Knows(Symbol symbol) => markets.Find(symbol) is not null;

    /// <summary>The document's name; one without is a dash.</summary>
    public static string NameOf(JsonElement document) =>
        document.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text ? text : "-";

    /// <summary>Rules that may be kept or run, with other values for some inputs; or the first thing wrong with them.</summary>
    public static (GoodRules? Rules, Refused? Refused) Read(JsonElement document, IReadOnlyDictionary<string, double>? inputs = null)
    {
        var (strategy, refused) = Strategy(document, inputs);
        if (strategy is null) return (null, refused);
        var text = StrategyJson.Write(strategy.Document);
        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes > LongestKept
            ? (null, StrategyStore.TooMany("document", bytes, LongestKept, "So many bytes may a document have."))
            : (new GoodRules(NameOf(JsonElement.Parse(text)), strategy.Document.Timeframe, text), null);
    }

    public static RuleCheck Check(JsonElement document, string? code)
    {
        var language = SentenceLanguages.Of(code);
        var text = document.GetRawText();
        if (Core.Strategies.Strategy.Read(text, out var errors) is not { } strategy)
        {
            // What can be read has its tree all the same, so that an editor can point at the part that is wrong.
            var readable = StrategyJson.Read(text, out _) is { } read ? Trees(Core.Strategies.Strategy.TreesOf(read)) : (JsonElement?)null;
            return new RuleCheck { Valid = false, Errors = [.. errors.Select(error => View(error, language))], Warnings = [], Sentences = null, Rules = readable, WarmUp = null, Plots = [] };
        }

        var graph = new RuleGraph(strategy.Document.Timeframe);
        var nodes = strategy.AddTo(graph);
        return new RuleCheck
        {
            Valid = true,
            Errors = [],
            Warnings = [.. strategy.Warnings.Select(warning => View(warning, language))],
            Sentences = strategy.Describe(language).ToDictionary(one => one.Field, one => one.Text, StringComparer.Ordinal),
            Rules = Trees(strategy.Trees()),
            WarmUp = WarmUp(graph, nodes),
            Plots = [.. strategy.AddPlotsTo(graph).Select(plot => new PlotName(plot.Name, Pane(plot)))],
        };
    }

    public async Task<(RulePreview? Preview, Refused? Refused)> Preview(JsonElement document, Symbol symbol, int limit, CancellationToken cancellation)
    {
        var (strategy, refused) = Strategy(document, null);
        if (strategy is null) return (null, refused);
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var nodes = strategy.AddTo(graph);
        var plots = strategy.AddPlotsTo(graph);
        var timeframe = strategy.Document.Timeframe;
        var found = await candles.Recent(symbol, timeframe, markets.NowMs, limit + Before(graph, nodes), cancellation);
        await _counting.WaitAsync(cancellation);
        try
        {
            return (Drawn((symbol, timeframe), graph.Start(timeframe, new GraphOptions { Keep = [nodes.Enter, nodes.Exit, .. plots.Select(plot => plot.Node)] }), (nodes, plots), found, limit), null);
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>Why or why not at one closed candle.</summary>
    /// <param name="document">JSON.</param>
    /// <param name="symbol">The pair.</param>
    /// <param name="openTime">Of the candle.</param>
    /// <param name="fromMs">Where a run over stored candles begins, which is then gone through as the run has; null: the latest candles, fetched where they are missing.</param>
    /// <param name="cancellation">Of the caller.</param>
    public async Task<(RuleReasons? Reasons, Refused? Refused)> Explain(JsonElement document, Symbol symbol, DateTimeOffset openTime, long? fromMs, CancellationToken cancellation)
    {
        var (strategy, refused) = Strategy(document, null);
        if (strategy is null) return (null, refused);
        var (timeframe, openMs) = (strategy.Document.Timeframe, openTime.ToUnixTimeMilliseconds());
        var graph = new RuleGraph(timeframe);
        var trace = strategy.AddTraceTo(graph);
        var run = graph.Start(timeframe, new GraphOptions { Keep = [.. trace.Parts, trace.Nodes.Enter, trace.Nodes.Exit] });
        var none = new Refused(ErrorCode.NotFound, "openTime", $"{openTime:O}", null, $"There is no closed {timeframe} candle of {symbol} that opens then.");
        if (openMs < 0 || timeframe.OpenOf(openMs) != openMs) return (null, none);
        var fetched = fromMs is null ? await candles.Recent(symbol, timeframe, timeframe.NextOpen(openMs), 1 + Before(graph, trace.Nodes), cancellation) : [];
        await _counting.WaitAsync(cancellation);
        try
        {
            var last = fromMs is { } start
                ? Walk(run, candles.Stretch(symbol, timeframe, CandlesRoom.Back(timeframe, start, WarmUpRows(strategy)), timeframe.NextOpen(openMs)), cancellation)
                : Walk(run, fetched);
            return last == openMs ? Reasons(openTime, trace.Enter(run, run.Rows - 1), trace.Exit(run, run.Rows - 1)) : (null, none);
        }
        finally
        {
            _counting.Release();
        }
    }

    private static (RuleReasons?, Refused?) Reasons(DateTimeOffset openTime, RuleTree enter, RuleTree? exit)
    {
        try
        {
            return (new RuleReasons(openTime, Json(enter), exit is null ? null : Json(exit)), null);
        }
        catch (InvalidOperationException)
        {
            // What the writer of JSON says of more levels than it may write.
            return (null, new Refused(ErrorCode.InvalidStrategy, "document", "too_deep", null, "The definitions are nested too deep to be explained."));
        }
    }

    /// <summary>Candles before a run's first one that warm it up.</summary>
    public static int WarmUpRows(Strategy strategy)
    {
        var graph = new RuleGraph(strategy.Document.Timeframe);
        return WarmUp(graph, strategy.AddTo(graph)) + SpareRows <= UsualWarmUp ? UsualWarmUp : LongWarmUp;
    }

    private static RulePreview Drawn((Symbol Symbol, Timeframe Timeframe) pair, GraphRun run, (StrategyNodes Nodes, IReadOnlyList<StrategyPlot> Plots) of, IReadOnlyList<Candle> found, int limit)
    {
        run.Next(CandlesRoom.Columns(found), 0, found.Count);
        var first = Math.Max(0, found.Count - limit);
        return new RulePreview
        {
            Symbol = pair.Symbol.Value,
            Timeframe = pair.Timeframe.Code,
            Candles = [.. found.Skip(first).Select(one => new RuleCandle(Time(one.OpenTimeMs), one.Open.Value, one.High.Value, one.Low.Value, one.Close.Value, one.Volume.Value))],
            Signals = [.. Signals(run, of.Nodes, first, found.Count).Select(signal => new RuleSignal(Time(found[signal.Row].OpenTimeMs), signal.Kind))],
            Plots = [.. of.Plots.Select(plot => new RulePlot(plot.Name, Pane(plot), Values(run, plot, first, found.Count)))],
        };
    }

    private static (Strategy? Strategy, Refused? Refused) Strategy(JsonElement document, IReadOnlyDictionary<string, double>? inputs)
    {
        var strategy = Core.Strategies.Strategy.Read(document.GetRawText(), out var errors);
        if (strategy is not null && inputs is not null) strategy = strategy.With(inputs, out errors);
        if (strategy is not null) return (strategy, null);
        var first = errors[0];
        return (null, new Refused(ErrorCode.InvalidStrategy, first.Field.Length == 0 ? "document" : $"document.{first.Field}", first.Code, null, first.ToString()));
    }

    /// <summary>Goes through stored candles block by block; gives the open time of the last.</summary>
    private static long? Walk(GraphRun run, CandleStretch? stretch, CancellationToken cancellation)
    {
        if (stretch is null) return null;
        var (block, at, last) = (Core.Backtesting.Candles.Make(GraphRun.BlockRows), 0, (long?)null);
        while (stretch.Read(ref at, block) is var rows and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Next(block, 0, rows);
            last = block.OpenTimeMs[rows - 1];
        }

        return last;
    }

    private static long? Walk(GraphRun run, IReadOnlyList<Candle> found)
    {
        if (found.Count == 0) return null;
        run.Next(CandlesRoom.Columns(found), 0, found.Count);
        return found[^1].OpenTimeMs;
    }

    private static int Before(RuleGraph graph, StrategyNodes nodes) => Math.Min(MostFetched, WarmUp(graph, nodes) + SpareRows);

    private static int WarmUp(RuleGraph graph, StrategyNodes nodes) =>
        Math.Max(Math.Max(graph.WarmUp(nodes.Enter), graph.WarmUp(nodes.Exit)), nodes.Risk is { } risk ? graph.WarmUp(risk) : 0);

    /// <summary>Where a rule begins to hold.</summary>
    private static IEnumerable<(int Row, string Kind)> Signals(GraphRun run, StrategyNodes nodes, int first, int rows)
    {
        var found = new List<(int Row, string Kind)>();
        foreach (var (node, kind) in new[] { (nodes.Enter, "enter"), (nodes.Exit, "exit") })
        {
            var bits = run.TrueBits(node);
            for (var row = first; row < rows; row++)
            {
                if (Is(bits, row) && (row == 0 || !Is(bits, row - 1))) found.Add((row, kind));
            }
        }

        return found.OrderBy(signal => signal.Row);
    }

    private static List<double?> Values(GraphRun run, StrategyPlot plot, int first, int rows)
    {
        var values = new List<double?>(rows - first);
        if (plot.IsCondition)
        {
            var (holds, fails) = (run.TrueBits(plot.Node).ToArray(), run.FalseBits(plot.Node).ToArray());
            for (var row = first; row < rows; row++) values.Add(Is(holds, row) ? 1 : Is(fails, row) ? 0 : null);
            return values;
        }

        var numbers = run.Values(plot.Node);
        for (var row = first; row < rows; row++) values.Add(double.IsFinite(numbers[row]) ? numbers[row] : null);
        return values;
    }

    private static bool Is(ReadOnlySpan<ulong> bits, int row) => (bits[row >> 6] & (1UL << (row & 63))) != 0;

    private static string Pane(StrategyPlot plot) => plot.Pane == IndicatorPane.Price ? "price" : "own";

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static RuleErrorView View(RuleError error, SentenceLanguage language) => new()
    {
        Code = error.Code,
        Field = error.Field,
        Line = error.Line,
        Column = error.Column,
        Length = error.Length,
        Message = error.In(language),
        Arguments = error.Arguments,
    };

    /// <summary>{enter, exit, size: {stop}, define: {name: tree}}, as the fields are in the document.</summary>
    private static JsonElement Trees(IReadOnlyDictionary<string, RuleTree> trees) => Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var (field, tree) in trees.Where(one => !one.Key.Contains('.', StringComparison.Ordinal)))
        {
            writer.WritePropertyName(field);
            tree.Write(writer);
        }

        foreach (var group in trees.Where(one => one.Key.Contains('.', StringComparison.Ordinal)).GroupBy(one => one.Key[..one.Key.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            writer.WriteStartObject(group.Key);
            foreach (var (field, tree) in group)
            {
                writer.WritePropertyName(field[(group.Key.Length + 1)..]);
                tree.Write(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static JsonElement Json(RuleTree tree) => Json(tree.Write);

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = DeepestAnswer })) write(writer);
        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = DeepestAnswer });
    }
}
