using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>What a chart may draw of a strategy: its definitions, then the indicators its rules call themselves.</summary>
internal sealed class StrategyPlots(RuleSet rules, IReadOnlyDictionary<string, double> inputs, int limit)
{
    private readonly RuleEmitter _emitter = new(rules, inputs);
    private readonly RuleConstants _constants = new(rules, inputs);
    private readonly List<StrategyPlot> _plots = [];
    private readonly HashSet<NodeId> _drawn = [];

    // Definitions may use each other many times over: each part is looked at once.
    private readonly Dictionary<Syntax, (IndicatorPane Pane, bool IsCondition)> _panes = [];

    public IReadOnlyList<StrategyPlot> AddTo(RuleGraph graph)
    {
        var root = new RuleFrame(graph.Root, null);
        foreach (var (name, definition) in rules.Definitions)
        {
            if (_constants.Of(definition.Tree!) is null)
                Add(name, definition.Tree!, root);
        }

        foreach (var rule in rules.Rules)
            AddCalls(rule.Tree!, root);
        return _plots;
    }

    private void AddCalls(Syntax node, RuleFrame frame)
    {
        if (node is OutputSyntax or CallSyntax { IsCross: false })
            Add(RulePrinter.Print(node), node, frame);
        else
        {
            foreach (var child in node.Children)
                AddCalls(child, frame);
        }
    }

    private void Add(string name, Syntax node, RuleFrame frame)
    {
        var emitted = _emitter.Visit(node, frame);
        if (emitted.Call is not { } call)
        {
            Add(name, emitted.Node, PaneOf(node));
            return;
        }

        for (var index = 0; index < call.Entry.Outputs.Count; index++)
        {
            var output = call.Entry.Outputs[index];
            Add($"{name}.{output.Name}", call.Output(index), PaneOf(output.Pane, node));
        }
    }

    private void Add(string name, NodeId node, (IndicatorPane Pane, bool IsCondition) drawn)
    {
        if (_plots.Count < limit && _drawn.Add(node))
            _plots.Add(new StrategyPlot(name, node, drawn.Pane, drawn.IsCondition));
    }

    private (IndicatorPane Pane, bool IsCondition) PaneOf(IndicatorPane pane, Syntax node)
    {
        if (pane != IndicatorPane.OfSeries)
            return (pane, false);
        var call = Resolved(node) as CallSyntax;
        return call is { Arguments.Count: > 0 } ? PaneOf(call.Arguments[0]) : (IndicatorPane.Own, false);
    }

    private (IndicatorPane Pane, bool IsCondition) PaneOf(Syntax node)
    {
        var resolved = Resolved(node);
        if (!_panes.TryGetValue(resolved, out var pane))
            _panes[resolved] = pane = Pane(resolved);
        return pane;
    }

    // A price stays one when it is moved, shown from elsewhere, or a number is added or taken as its factor.
    private (IndicatorPane Pane, bool IsCondition) Pane(Syntax node)
    {
        switch (node)
        {
            case NameSyntax { Name: not "volume" } name when PriceColumns.TryParse(name.Name, out _):
                return (IndicatorPane.Price, false);
            case LogicSyntax or NotSyntax or CompareSyntax or CallSyntax { IsCross: true }:
                return (IndicatorPane.Own, true);
            case LagSyntax lag:
                return PaneOf(lag.Of);
            case CallSyntax { Name: CallSyntax.On } on:
                return PaneOf(on.Arguments[1]);
            case OutputSyntax output when Resolved(output.Of) is CallSyntax call && IndicatorCatalog.Find(call.Name) is { } entry:
                return PaneOf(entry.Outputs.First(candidate => candidate.Name == output.Name).Pane, call);
            case CallSyntax call when IndicatorCatalog.Find(call.Name) is { Outputs.Count: 1 } entry:
                return PaneOf(entry.Outputs[0].Pane, call);
            case ArithmeticSyntax { IsSum: true } sum:
                return (Prices(sum) > 0 ? IndicatorPane.Price : IndicatorPane.Own, false);
            case ArithmeticSyntax product when _constants.Of(product.Children[^1]) is not null:
                return PaneOf(product.Children[0]);
            default:
                return (IndicatorPane.Own, false);
        }
    }

    // close - 2 * atr(14) is a price, close - open is not.
    private int Prices(ArithmeticSyntax sum)
    {
        var prices = 0;
        for (var index = 0; index < sum.Children.Count; index++)
        {
            if (PaneOf(sum.Children[index]).Pane == IndicatorPane.Price)
                prices += index > 0 && sum.Operators[index - 1] == ArithmeticOperator.Subtract ? -1 : 1;
        }

        return prices;
    }

    private Syntax Resolved(Syntax node)
    {
        while (node is NameSyntax name && !inputs.ContainsKey(name.Name) && rules.Definitions.TryGetValue(name.Name, out var definition))
            node = definition.Tree!;
        return node;
    }
}
