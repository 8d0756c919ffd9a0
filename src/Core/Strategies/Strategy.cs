using System.Text;

namespace Lastro.Core.Strategies;

/// <summary>
/// A document whose rules were checked: every name known, every kind right, its cost bounded. Immutable; combinations of inputs made by
/// <see cref="With(IReadOnlyDictionary{string, double})"/> share the parsed rules.
/// </summary>
public sealed class Strategy
{
    private readonly RuleSet _rules;

    private Strategy(StrategyDocument document, RuleSet rules, IReadOnlyList<RuleError> warnings) => (Document, _rules, Warnings) = (document, rules, warnings);

    /// <summary>The document, with the inputs in force.</summary>
    public StrategyDocument Document { get; }

    /// <summary>What is allowed and looks like a slip: a price compared with a scale of 0 to 100.</summary>
    public IReadOnlyList<RuleError> Warnings { get; }

    internal RuleSet Rules => _rules;

    /// <summary>The strategy of a document; null with every error found when it is refused, field by field.</summary>
    public static Strategy? Check(StrategyDocument document, out IReadOnlyList<RuleError> errors)
    {
        ArgumentNullException.ThrowIfNull(document);
        var problems = new Problems();
        var strategy = Check(document, problems);
        errors = problems.Found;
        return strategy;
    }

    /// <summary>Reads and checks JSON at once: all errors of both.</summary>
    public static Strategy? Read(string json, out IReadOnlyList<RuleError> errors)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), out errors);
    }

    /// <summary>Reads and checks JSON in UTF-8 at once: all errors of both.</summary>
    public static Strategy? Read(ReadOnlySpan<byte> json, out IReadOnlyList<RuleError> errors)
    {
        var problems = new Problems();
        var document = StrategyJson.Read(json, problems);
        var strategy = document is null ? null : Check(document, problems);
        errors = problems.Found;
        return strategy;
    }

    /// <summary>The same strategy with other values for some or all inputs. Nothing is parsed again.</summary>
    /// <returns>Null when the values are refused: a length of 0, a name that is no input.</returns>
    public Strategy? With(IReadOnlyDictionary<string, double> inputs, out IReadOnlyList<RuleError> errors)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var problems = new Problems();
        DocumentRules.CheckInputs(Document, inputs, problems);
        var all = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in Document.Inputs)
            all[name] = inputs.TryGetValue(name, out var other) ? other : value;
        var warnings = problems.Any ? [] : RuleChecker.Check(_rules, all, problems);
        errors = problems.Found;
        return problems.Any ? null : new Strategy(Document with { Inputs = all }, _rules, [.. warnings, .. NeverSells(Document)]);
    }

    /// <summary>The same strategy with other values for some or all inputs. Nothing is parsed again.</summary>
    /// <exception cref="ArgumentException">The values are refused; the message says why.</exception>
    public Strategy With(IReadOnlyDictionary<string, double> inputs) =>
        With(inputs, out var errors) ?? throw new ArgumentException(errors[0].ToString(), nameof(inputs));

    /// <summary>Adds the rules to a graph of the document's timeframe. What an equal rule has added before is used again.</summary>
    public StrategyNodes AddTo(RuleGraph graph) => AddTo(graph, new RuleEmitter(_rules, Document.Inputs));

    /// <summary>Adds every definition, and every indicator the rules call, for a chart.</summary>
    /// <param name="graph">Of the document's timeframe.</param>
    /// <param name="limit">Most plots.</param>
    public IReadOnlyList<StrategyPlot> AddPlotsTo(RuleGraph graph, int limit = 32)
    {
        Expect(graph);
        return new StrategyPlots(_rules, Document.Inputs, limit).AddTo(graph);
    }

    /// <summary>Adds the rules to a graph and keeps a node for each of their parts, to explain a row.</summary>
    public StrategyTrace AddTraceTo(RuleGraph graph)
    {
        var parts = new RuleParts();
        var nodes = AddTo(graph, new RuleEmitter(_rules, Document.Inputs) { Trace = parts });
        return new StrategyTrace(this, graph, nodes, parts);
    }

    /// <summary>The trees of the rules as written, by field: "enter", "exit", "size.stop", "define.r".</summary>
    public IReadOnlyDictionary<string, RuleTree> Trees() => RuleTrees.Of(_rules, Document.Inputs);

    /// <summary>The trees of a document that need not be right: those of the expressions that can be read, by field.</summary>
    public static IReadOnlyDictionary<string, RuleTree> TreesOf(StrategyDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return RuleTrees.Of(RuleSet.Read(document, new Problems()), document.Inputs);
    }

    /// <summary>The strategy in plain words: a sentence for each field that does something, in the order of the document.</summary>
    public IReadOnlyList<FieldSentence> Describe(SentenceLanguage language) => StrategySentences.Of(this, language);

    private static Strategy? Check(StrategyDocument document, Problems problems)
    {
        DocumentRules.Check(document, problems);
        var rules = RuleSet.Read(document, problems);
        var warnings = RuleChecker.Check(rules, document.Inputs, problems);
        return problems.Any ? null : new Strategy(document, rules, [.. warnings, .. NeverSells(document)]);
    }

    private static IReadOnlyList<RuleError> NeverSells(StrategyDocument document)
    {
        var warnings = new Problems();
        if (document is { Exit: null, TakeProfit: null, StopLoss: null, TrailingStop: null, MaxBars: null })
            warnings.Add(ErrorCodes.NeverSells, "exit");
        return warnings.Found;
    }

    private StrategyNodes AddTo(RuleGraph graph, RuleEmitter emitter)
    {
        Expect(graph);
        var root = graph.Root;
        return new StrategyNodes(
            emitter.Rule(_rules.Enter, root), _rules.Exit is { } exit ? emitter.Rule(exit, root) : root.False(), _rules.Stop is { } stop ? emitter.Rule(stop, root) : null);
    }

    private void Expect(RuleGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.Root.Timeframe != Document.Timeframe)
            throw new ArgumentException($"The graph is of {graph.Root.Timeframe}, the document of {Document.Timeframe}.", nameof(graph));
    }
}
