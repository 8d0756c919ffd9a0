using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>One expression of a document; no tree when its text is faulty or it may not be used.</summary>
internal sealed class RuleSource(string field, string text, Syntax? tree)
{
    public string Field { get; } = field;

    public string Text { get; } = text;

    public Syntax? Tree { get; set; } = tree;
}

/// <summary>A document's expressions as trees. Made once, shared by all combinations of a sweep, never changed after it was made.</summary>
internal sealed class RuleSet
{
    private RuleSet(StrategyDocument document, Problems problems)
    {
        Timeframe = document.Timeframe;
        foreach (var (name, text) in document.Define)
            Definitions[name] = Parse($"define.{name}", text, problems);
        Enter = Parse("enter", document.Enter, problems);
        Exit = document.Exit is { } exit ? Parse("exit", exit, problems) : null;
        Stop = document.Size is RiskSizing risk ? Parse("size.stop", risk.Stop, problems) : null;
    }

    public Timeframe Timeframe { get; }

    /// <summary>In the order of the document.</summary>
    public OrderedDictionary<string, RuleSource> Definitions { get; } = new(StringComparer.Ordinal);

    public RuleSource Enter { get; }

    public RuleSource? Exit { get; }

    /// <summary>The distance that sizing by risk needs.</summary>
    public RuleSource? Stop { get; }

    /// <summary>The rules, without the definitions.</summary>
    public IEnumerable<RuleSource> Rules => new[] { Enter, Exit, Stop }.OfType<RuleSource>();

    public static RuleSet Read(StrategyDocument document, Problems problems)
    {
        var rules = new RuleSet(document, problems);
        rules.RefuseCycles(new HashSet<string>(document.Inputs.Keys, StringComparer.Ordinal), problems);
        return rules;
    }

    private static RuleSource Parse(string field, string text, Problems problems) => new(field, text, RuleParser.Parse(text, field, problems));

    // Depth first over names. Definitions are few and their chains are bounded here, so that later walks need not look again.
    private void RefuseCycles(HashSet<string> inputs, Problems problems)
    {
        var heights = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new List<string>();
        foreach (var name in Definitions.Keys.ToArray())
            Height(name);
        foreach (var rule in Rules)
            Measure(rule);
        return;

        int Height(string name)
        {
            if (heights.TryGetValue(name, out var known))
                return known;
            open.Add(name);
            var height = Measure(Definitions[name]);
            open.RemoveAt(open.Count - 1);
            return heights[name] = height;
        }

        int Measure(RuleSource source)
        {
            if (source.Tree is not { } tree)
                return 0;
            var height = Total(tree, source);
            if (height < 0)
            {
                source.Tree = null;
                return 0;
            }

            if (height <= StrategyLimits.TotalLevels)
                return height;
            problems.Add(ErrorCodes.TooDeepTogether, source.Field, TextPlace.Whole(source.Text), ("limit", $"{StrategyLimits.TotalLevels}"));
            source.Tree = null;
            return 0;
        }

        // Levels with definitions in their places; -1 in a cycle.
        int Total(Syntax node, RuleSource source)
        {
            var height = 0;
            if (node is NameSyntax name && !inputs.Contains(name.Name) && Definitions.ContainsKey(name.Name))
            {
                var first = open.IndexOf(name.Name);
                if (first >= 0)
                {
                    problems.Add(ErrorCodes.NeedsItself, source.Field, TextPlace.Of(source.Text, name.Span), ("name", name.Name),
                        ("path", string.Join(" → ", [.. open.Skip(first), name.Name])));
                    return -1;
                }

                height = Height(name.Name);
            }

            foreach (var child in node.Children)
            {
                var below = Total(child, source);
                if (below < 0)
                    return -1;
                height = Math.Max(height, below);
            }

            return height + 1;
        }
    }
}
