using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Makes <see cref="RuleTree"/>s of syntax: plain ones for editors, or with what each part was at a row.</summary>
internal sealed class RuleTrees(RuleSet rules, IReadOnlyDictionary<string, double> inputs)
{
    /// <summary>Fills in what a part was; none for a plain tree.</summary>
    public Func<Syntax, Timeframe, RuleTree, RuleTree>? Explain { get; init; }

    private readonly HashSet<(string Name, Timeframe Frame)> _opened = [];

    public static IReadOnlyDictionary<string, RuleTree> Of(RuleSet rules, IReadOnlyDictionary<string, double> inputs)
    {
        var trees = new OrderedDictionary<string, RuleTree>(StringComparer.Ordinal);
        var maker = new RuleTrees(rules, inputs);
        foreach (var source in rules.Rules.Concat(rules.Definitions.Values))
        {
            if (source.Tree is not null)
                trees[source.Field] = maker.Make(source, rules.Timeframe);
        }

        return trees;
    }

    public RuleTree Make(RuleSource source, Timeframe frame) => Make(source.Tree!, source, frame);

    private RuleTree Make(Syntax node, RuleSource source, Timeframe frame)
    {
        var place = TextPlace.Of(source.Text, node.Span);
        var inner = node is CallSyntax { Name: CallSyntax.On } on && on.Arguments is [TextSyntax text, _] && Timeframe.TryParse(text.Value, out var other) ? other : frame;
        var (kind, name) = Named(node);
        var tree = new RuleTree
        {
            Kind = kind,
            Text = node.Span.Length <= StrategyLimits.TreeText ? RulePrinter.Print(node) : "",
            Line = place.Line,
            Column = place.Column,
            Length = place.Length,
            Name = name,
            Number = node is NumberSyntax number ? number.Value : null,
            Operators = Operators(node),
            Children = [.. node.Children.Select(child => Make(child, source, inner))],
        };
        if (Explain is null)
            return tree;
        if (kind == "definition" && _opened.Add((name!, frame)) && rules.Definitions[name!] is { Tree: not null } definition)
            tree = tree with { Definition = Make(definition, frame) };
        return Explain(node, frame, tree);
    }

    private (string Kind, string? Name) Named(Syntax node) => node switch
    {
        NumberSyntax => ("number", null),
        NameSyntax name when inputs.ContainsKey(name.Name) => ("input", name.Name),
        NameSyntax name when rules.Definitions.ContainsKey(name.Name) => ("definition", name.Name),
        NameSyntax name => (PriceColumns.TryParse(name.Name, out _) ? "price" : "name", name.Name),
        TextSyntax text => ("text", text.Value),
        NegateSyntax => ("negate", null),
        NotSyntax => ("not", null),
        LogicSyntax logic => (logic.IsAnd ? "and" : "or", null),
        ArithmeticSyntax => ("arithmetic", null),
        CompareSyntax => ("compare", null),
        LagSyntax => ("lag", null),
        OutputSyntax output => ("output", output.Name),
        CallSyntax { Name: CallSyntax.On } => ("on", null),
        CallSyntax { IsCross: true } call => ("cross", call.Name),
        CallSyntax call => (IndicatorCatalog.Find(call.Name) is null ? "call" : "indicator", call.Name),
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no kind."),
    };

    private static IReadOnlyList<string> Operators(Syntax node) => node switch
    {
        ArithmeticSyntax arithmetic => [.. arithmetic.Operators.Select(Tokens.Of)],
        CompareSyntax compare => [Tokens.Of(compare.Operator)],
        _ => [],
    };
}
