using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Trees of checked rules to words of one language. Short definitions are said where they are used, long ones by their name.</summary>
internal sealed class RuleSentences(RuleSet rules, IReadOnlyDictionary<string, double> inputs, Tongue tongue)
{
    private const int LongestInside = 90;

    private readonly RuleConstants _constants = new(rules, inputs);
    private readonly Dictionary<string, Noun> _nouns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Clause> _clauses = new(StringComparer.Ordinal);
    private readonly List<string> _named = [];

    /// <summary>Definitions said by their name so far: they need a sentence of their own. Grows while those are made.</summary>
    public IReadOnlyList<string> Named => _named;

    public bool IsCondition(Syntax node) => node switch
    {
        LogicSyntax or NotSyntax or CompareSyntax or CallSyntax { IsCross: true } => true,
        LagSyntax lag => IsCondition(lag.Of),
        CallSyntax { Name: CallSyntax.On } on => IsCondition(on.Arguments[1]),
        NameSyntax name => Resolved(name) is { } other && other != node && IsCondition(other),
        _ => false,
    };

    public Noun Noun(Syntax node)
    {
        if (_constants.Of(node) is { } value && double.IsFinite(value))
            return tongue.NumberNoun(value);
        return node switch
        {
            NameSyntax name => PriceOrDefinition(name.Name),
            NegateSyntax negate => tongue.Negated(Noun(negate.Of)),
            ArithmeticSyntax arithmetic => Arithmetic(arithmetic),
            LagSyntax lag when Rows(lag) == 1 && Before(lag.Of) is { } before => before,
            LagSyntax lag => Rows(lag) == 0 ? Noun(lag.Of) : tongue.Lagged(tongue.Enclosed(Noun(lag.Of)), Rows(lag)),
            OutputSyntax output when Resolved(output.Of) is CallSyntax call => Call(call, output.Name),
            CallSyntax { Name: CallSyntax.On } on => tongue.OnChart(tongue.Enclosed(Noun(on.Arguments[1])), FrameOf(on)),
            CallSyntax call => Call(call, "value"),
            _ => tongue.NumberNoun(double.NaN),
        };
    }

    public Clause Clause(Syntax node) => node switch
    {
        LogicSyntax logic => logic.IsAnd ? All(logic) : Any(logic),
        NotSyntax not => Opposite(not.Of),
        CompareSyntax compare => new Clause(Compare(compare.Operator, Noun(compare.Left), Noun(compare.Right))),
        CallSyntax { Name: CallSyntax.On } on => new Clause(tongue.HoldsOnChart(Enclosed(Clause(on.Arguments[1])), FrameOf(on))),
        CallSyntax { IsCross: true } cross => new Clause(Cross(cross, isNot: false)),
        LagSyntax lag => Rows(lag) == 0 ? Clause(lag.Of) : new Clause(tongue.HeldBefore(Clause(lag.Of).Text, Rows(lag))),
        NameSyntax name => Definition(name.Name),
        _ => new Clause(RulePrinter.Print(node)),
    };

    private Clause All(LogicSyntax logic)
    {
        var isMixed = false;
        var parts = new List<string>();
        foreach (var clause in logic.Children.Select(Clause))
        {
            isMixed |= clause.Rank is ClauseRank.Or or ClauseRank.Mixed;
            parts.Add(clause.Rank switch { ClauseRank.Or => tongue.Either(clause.Parts), ClauseRank.Mixed => $"({clause.Text})", _ => clause.Text });
        }

        return new Clause(tongue.List(parts, tongue.And), isMixed ? ClauseRank.Mixed : ClauseRank.And, parts);
    }

    private Clause Any(LogicSyntax logic)
    {
        var isMixed = false;
        var parts = new List<string>();
        foreach (var clause in logic.Children.Select(Clause))
        {
            isMixed |= clause.Rank is ClauseRank.And or ClauseRank.Mixed;
            parts.Add(clause.Rank == ClauseRank.Mixed ? $"({clause.Text})" : clause.Text);
        }

        return new Clause(tongue.List(parts, isMixed ? "," + tongue.Or : tongue.Or), isMixed ? ClauseRank.Mixed : ClauseRank.Or, parts);
    }

    // Not below is at or above: also when both are unknown.
    private Clause Opposite(Syntax node) => node switch
    {
        NotSyntax not => Clause(not.Of),
        CompareSyntax compare => new Clause(Compare(Opposite(compare.Operator), Noun(compare.Left), Noun(compare.Right))),
        CallSyntax { IsCross: true } cross => new Clause(Cross(cross, isNot: true)),
        _ => new Clause(tongue.NotHolds(Clause(node).Text)),
    };

    private static CompareOperator Opposite(CompareOperator sign) => sign switch
    {
        CompareOperator.Less => CompareOperator.GreaterOrEqual,
        CompareOperator.LessOrEqual => CompareOperator.Greater,
        CompareOperator.Greater => CompareOperator.LessOrEqual,
        CompareOperator.GreaterOrEqual => CompareOperator.Less,
        CompareOperator.Equal => CompareOperator.NotEqual,
        CompareOperator.NotEqual => CompareOperator.Equal,
    };

    private string Compare(CompareOperator sign, Noun a, Noun b)
    {
        if (a.Direction is { } subject && b.Number is { } level && PointsUp(sign, level) is { } isUp)
            return tongue.Points(subject, isUp, isTurn: false, isNot: false);
        return tongue.Compare(sign, a, b);
    }

    // The direction is 1 or -1.
    private static bool? PointsUp(CompareOperator sign, double level) => (Holds(sign, 1, level), Holds(sign, -1, level)) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };

    private static bool Holds(CompareOperator sign, double direction, double level) => sign switch
    {
        CompareOperator.Less => direction < level,
        CompareOperator.LessOrEqual => direction <= level,
        CompareOperator.Greater => direction > level,
        CompareOperator.GreaterOrEqual => direction >= level,
        CompareOperator.Equal => direction == level,
        CompareOperator.NotEqual => direction != level,
    };

    private string Cross(CallSyntax cross, bool isNot)
    {
        var isAbove = cross.Name == CallSyntax.CrossesAbove;
        var (a, b) = (Noun(cross.Arguments[0]), Noun(cross.Arguments[1]));
        return a.Direction is { } subject && b.Number is > -1 and < 1
            ? tongue.Points(subject, isAbove, isTurn: true, isNot)
            : tongue.Cross(isAbove, a, b, isNot);
    }

    private Noun PriceOrDefinition(string name)
    {
        if (!rules.Definitions.TryGetValue(name, out var definition))
            return PriceColumns.TryParse(name, out var column) ? tongue.Price(column) : tongue.Definition(name);
        if (!_nouns.TryGetValue(name, out var noun))
            _nouns[name] = noun = Noun(definition.Tree!) is { Length: <= LongestInside } inside ? inside : Name(name, tongue.Definition(name));
        return noun;
    }

    private Clause Definition(string name)
    {
        if (!_clauses.TryGetValue(name, out var clause))
        {
            _clauses[name] = clause = Clause(rules.Definitions[name].Tree!) is { Text.Length: <= LongestInside } inside
                ? inside
                : Name(name, new Clause(tongue.DefinitionHolds(name)));
        }

        return clause;
    }

    private T Name<T>(string name, T words)
    {
        if (!_named.Contains(name))
            _named.Add(name);
        return words;
    }

    private Noun Call(CallSyntax call, string outputName, bool isBefore = false)
    {
        if (IndicatorCatalog.Find(call.Name) is not { } entry)
            return tongue.Definition(call.Name);
        var output = entry.Outputs.First(candidate => candidate.Name == outputName);
        return tongue.Indicator(
            entry, output, [.. call.Arguments.Skip(entry.SeriesCount).Select(argument => _constants.Of(argument) ?? double.NaN)],
            [.. call.Arguments.Take(entry.SeriesCount).Select(argument => tongue.Enclosed(Noun(argument)))], isBefore);
    }

    // The highest high of 20 candles, one candle ago, is that of the 20 candles before.
    private Noun? Before(Syntax node)
    {
        var output = Resolved(node) as OutputSyntax;
        return Resolved(output?.Of ?? node) is CallSyntax call && IndicatorCatalog.Find(call.Name) is { } entry && tongue.CountsCandles(entry, output?.Name ?? "value")
            ? Call(call, output?.Name ?? "value", isBefore: true)
            : null;
    }

    private Noun Arithmetic(ArithmeticSyntax arithmetic)
    {
        if (!arithmetic.IsSum && arithmetic.Operators is [ArithmeticOperator.Multiply])
        {
            var (a, b) = (Noun(arithmetic.Children[0]), Noun(arithmetic.Children[1]));
            var (factor, of) = a.Number is null ? (b.Number, a) : (a.Number, b);
            if (factor is >= 0.5 and <= 1.5 and not 1 && of.Number is null)
                return tongue.Share(double.Parse((factor.Value * 100).ToString("G12", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture), tongue.Enclosed(of));
        }

        return tongue.Arithmetic(arithmetic.Operators, [.. arithmetic.Children.Select(Noun)], arithmetic.IsSum);
    }

    private static string Enclosed(Clause clause) => clause.Rank == ClauseRank.Simple ? clause.Text : $"({clause.Text})";

    private int Rows(LagSyntax lag) => (int)(_constants.Of(lag.Rows) ?? 0);

    private static Timeframe FrameOf(CallSyntax on) => Timeframe.Parse(((TextSyntax)on.Arguments[0]).Value);

    private Syntax? Resolved(Syntax? node)
    {
        while (node is NameSyntax name && !inputs.ContainsKey(name.Name) && rules.Definitions.TryGetValue(name.Name, out var definition))
            node = definition.Tree;
        return node;
    }
}
