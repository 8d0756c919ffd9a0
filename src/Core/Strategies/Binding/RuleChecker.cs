using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>
/// Names, counts and kinds of a document's rules with given inputs. A definition is looked at once for each timeframe it is used in, so the
/// work is bounded by the text however definitions use each other. A faulty part is reported once and is silent where it is used.
/// </summary>
internal sealed class RuleChecker
{
    private static readonly string[] SeriesNames = ["x", "y"];
    private static readonly string[] _functions = [.. IndicatorCatalog.All.Select(entry => entry.Name), CallSyntax.On, CallSyntax.CrossesAbove, CallSyntax.CrossesBelow];

    // Far enough above the limit to tell the other faults of a document that is a little too large.
    private const int MostVisits = 4 * StrategyLimits.Nodes;

    private readonly RuleSet _rules;
    private readonly IReadOnlyDictionary<string, double> _inputs;
    private readonly RuleConstants _constants;
    private readonly Problems _problems;
    private readonly Problems _warnings = new();
    private readonly RuleCosts _costs = new();
    private readonly Dictionary<(string Name, Timeframe Frame), RuleType> _definitions = [];
    private RuleSource _source;

    private RuleChecker(RuleSet rules, IReadOnlyDictionary<string, double> inputs, Problems problems)
    {
        _rules = rules;
        _inputs = inputs;
        _constants = new RuleConstants(rules, inputs);
        _problems = problems;
        _source = rules.Enter;
    }

    /// <summary>Adds what is wrong to <paramref name="problems"/>; gives what looks like a slip.</summary>
    public static IReadOnlyList<RuleError> Check(RuleSet rules, IReadOnlyDictionary<string, double> inputs, Problems problems)
    {
        var checker = new RuleChecker(rules, inputs, problems);
        foreach (var name in rules.Definitions.Keys)
            checker.Definition(name, rules.Timeframe);
        foreach (var rule in rules.Rules)
            checker.Rule(rule, rule == rules.Stop ? RuleKind.Value : RuleKind.Condition);
        checker._costs.Check(problems);
        return checker._warnings.Found;
    }

    private void Rule(RuleSource source, RuleKind kind)
    {
        if (source.Tree is not { } tree)
            return;
        _source = source;
        Need(tree, kind, _rules.Timeframe);
        if (tree is CompareSyntax && _constants.Of(tree.Children[0]) is not null && _constants.Of(tree.Children[1]) is not null)
            Warn(ErrorCodes.NeverChanges, tree.Span);
    }

    private RuleType Definition(string name, Timeframe frame)
    {
        if (_definitions.TryGetValue((name, frame), out var known))
            return known;
        var before = _source;
        _source = _rules.Definitions[name];
        var type = _source.Tree is { } tree ? Visit(tree, frame) : RuleType.Faulty;
        _source = before;
        return _definitions[(name, frame)] = type;
    }

    private RuleType Visit(Syntax node, Timeframe frame)
    {
        // Enough is wrong: looking further would be a stranger's work done for nothing.
        if (++_costs.Nodes > MostVisits || _problems.IsFull)
            return RuleType.Faulty;
        return node switch
        {
            NumberSyntax => RuleType.Value(),
            TextSyntax => Refuse(node.Span, ErrorCodes.TextMisplaced),
            NameSyntax name => Named(name, frame),
            NegateSyntax negate => Need(negate.Of, RuleKind.Value, frame),
            NotSyntax not => Need(not.Of, RuleKind.Condition, frame),
            LogicSyntax => NeedAll(node.Children, RuleKind.Condition, frame) ? RuleType.Condition : RuleType.Faulty,
            ArithmeticSyntax arithmetic => Arithmetic(arithmetic, frame),
            CompareSyntax compare => Compare(compare.Left, compare.Right, frame),
            LagSyntax lag => Lag(lag, frame),
            OutputSyntax output => Output(output, frame),
            CallSyntax call => Call(call, frame),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no type."),
        };
    }

    /// <summary>The type of a part that must be of one kind; faulty, with a word on it, when it is of another.</summary>
    private RuleType Need(Syntax node, RuleKind kind, Timeframe frame)
    {
        var type = Visit(node, frame);
        if (type.Kind == kind || type.Kind == RuleKind.Faulty)
            return type;
        return type.Kind == RuleKind.Outputs
            ? Refuse(node.Span, ErrorCodes.OutputNeeded, ("outputs", Outputs(type.Entry)))
            : Refuse(node.Span, kind == RuleKind.Value ? ErrorCodes.NumberNeeded : ErrorCodes.ConditionNeeded);
    }

    private bool NeedAll(IReadOnlyList<Syntax> nodes, RuleKind kind, Timeframe frame)
    {
        var areRight = true;
        foreach (var node in nodes)
            areRight &= Need(node, kind, frame).Kind == kind;
        return areRight;
    }

    private RuleType Named(NameSyntax name, Timeframe frame)
    {
        if (_inputs.ContainsKey(name.Name))
            return RuleType.Value();
        if (_rules.Definitions.ContainsKey(name.Name))
            return Definition(name.Name, frame);
        if (PriceColumns.TryParse(name.Name, out var column))
            return RuleType.Value(column == PriceColumn.Volume ? RuleUnit.Volume : RuleUnit.Price);
        if (_functions.Contains(name.Name))
            return Refuse(name.Span, ErrorCodes.NameIsFunction, ("name", name.Name), ("hint", Signature(name.Name)));
        string[] known = [.. _inputs.Keys, .. _rules.Definitions.Keys, .. PriceColumns.Names];
        return Suggestions.Nearest(name.Name, known) is { } hint
            ? Refuse(name.Span, ErrorCodes.UnknownNameHint, ("name", name.Name), ("hint", hint))
            : Refuse(name.Span, ErrorCodes.UnknownName, ("name", name.Name));
    }

    private RuleType Arithmetic(ArithmeticSyntax arithmetic, Timeframe frame)
    {
        var first = Need(arithmetic.Children[0], RuleKind.Value, frame);
        var (unit, isRight) = (first.Unit, first.Kind == RuleKind.Value);
        for (var index = 1; index < arithmetic.Children.Count; index++)
        {
            var next = Need(arithmetic.Children[index], RuleKind.Value, frame);
            isRight &= next.Kind == RuleKind.Value;
            if (arithmetic.IsSum)
                WarnOfUnits(arithmetic.Span, unit, next.Unit);
            unit = arithmetic.IsSum ? RuleUnits.OfSum(unit, next.Unit) : RuleUnits.OfProduct(arithmetic.Operators[index - 1], unit, next.Unit);
        }

        return isRight ? RuleType.Value(unit) : RuleType.Faulty;
    }

    private RuleType Compare(Syntax left, Syntax right, Timeframe frame)
    {
        var (a, b) = (Need(left, RuleKind.Value, frame), Need(right, RuleKind.Value, frame));
        if (a.Kind == RuleKind.Faulty || b.Kind == RuleKind.Faulty)
            return RuleType.Faulty;
        WarnOfUnits(TextSpan.Between(left.Span.Start, right.Span.End), a.Unit, b.Unit);
        return RuleType.Condition;
    }

    private RuleType Lag(LagSyntax lag, Timeframe frame)
    {
        var type = Visit(lag.Of, frame);
        if (type.Kind == RuleKind.Outputs)
            type = Refuse(lag.Of.Span, ErrorCodes.OutputNeeded, ("outputs", Outputs(type.Entry)));
        if (Need(lag.Rows, RuleKind.Value, frame).Kind == RuleKind.Faulty)
            return RuleType.Faulty;
        var rows = new IndicatorParameter("n", 1, 0, StrategyLimits.LagRows, Whole: true);
        if (Setting(lag.Rows, rows, "x[n]") is not { } count)
            return RuleType.Faulty;
        _costs.LagRows += (long)count;
        return type;
    }

    private RuleType Output(OutputSyntax output, Timeframe frame)
    {
        var type = Visit(output.Of, frame);
        if (type.Kind == RuleKind.Faulty)
            return type;
        if (type.Kind != RuleKind.Outputs || type.Entry is not { } entry)
            return Refuse(output.NameSpan, ErrorCodes.NoOutputs, ("name", output.Name));
        var found = entry.Outputs.FirstOrDefault(candidate => candidate.Name == output.Name);
        return found is null
            ? Refuse(output.NameSpan, ErrorCodes.UnknownOutput, ("name", output.Name), ("outputs", Outputs(entry)))
            : RuleType.Value(RuleUnits.Of(entry, found, type.Unit));
    }

    private RuleType Call(CallSyntax call, Timeframe frame)
    {
        if (call.Name == CallSyntax.On)
            return On(call, frame);
        if (call.IsCross)
        {
            // a[1] <= b[1] and a > b
            _costs.Nodes += 5;
            _costs.LagRows += 2;
            return Counts(call, 2) ? Compare(call.Arguments[0], call.Arguments[1], frame) : RuleType.Faulty;
        }

        if (IndicatorCatalog.Find(call.Name) is { } entry)
            return OfIndicator(call, entry, frame);
        foreach (var argument in call.Arguments)
            Visit(argument, frame);
        return Suggestions.Nearest(call.Name, _functions) is { } hint
            ? Refuse(call.NameSpan, ErrorCodes.UnknownFunctionHint, ("name", call.Name), ("hint", hint))
            : Refuse(call.NameSpan, ErrorCodes.UnknownFunction, ("name", call.Name));
    }

    private RuleType OfIndicator(CallSyntax call, Indicator entry, Timeframe frame)
    {
        if (entry.Repaints)
            return Refuse(call.NameSpan, ErrorCodes.Repaints, ("name", call.Name));
        if (!Counts(call, entry.SeriesCount + entry.Parameters.Count))
            return RuleType.Faulty;
        var isRight = true;
        var unit = RuleUnit.Plain;
        for (var index = 0; index < entry.SeriesCount; index++)
        {
            var type = Need(call.Arguments[index], RuleKind.Value, frame);
            isRight &= type.Kind == RuleKind.Value;
            unit = index == 0 ? type.Unit : unit;
        }

        var settings = new double[entry.Parameters.Count];
        for (var index = 0; index < settings.Length; index++)
        {
            var argument = call.Arguments[entry.SeriesCount + index];
            var setting = Need(argument, RuleKind.Value, frame).Kind == RuleKind.Value ? Setting(argument, entry.Parameters[index], call.Name) : null;
            isRight &= setting is not null;
            settings[index] = setting ?? 0;
        }

        if (!isRight)
            return RuleType.Faulty;
        _costs.Add(entry, settings);
        return entry.Outputs.Count > 1
            ? new RuleType(RuleKind.Outputs, unit, entry)
            : RuleType.Value(RuleUnits.Of(entry, entry.Outputs[0], unit));
    }

    private double? Setting(Syntax node, IndicatorParameter parameter, string function)
    {
        var value = _constants.Of(node);
        if (value is { } known && parameter.Accepts(known))
            return known;
        (string, string)[] names = [("name", parameter.Name), ("function", function)];
        if (value is not { } faulty)
            Refuse(node.Span, ErrorCodes.NotConstant, names);
        else if (double.IsNaN(faulty))
            Refuse(node.Span, ErrorCodes.NotFinite, names);
        else if (parameter.Whole && faulty != Math.Floor(faulty))
            Refuse(node.Span, ErrorCodes.NotWhole, [.. names, ("value", RulePrinter.Number(faulty))]);
        else
        {
            Refuse(node.Span, ErrorCodes.SettingOutOfRange,
                [.. names, ("least", RulePrinter.Number(parameter.Least)), ("most", RulePrinter.Number(parameter.Most)), ("value", RulePrinter.Number(faulty))]);
        }

        return null;
    }

    private RuleType On(CallSyntax call, Timeframe frame)
    {
        if (!Counts(call, 2))
            return RuleType.Faulty;
        var (first, of) = (call.Arguments[0], call.Arguments[1]);
        if (first is not TextSyntax text)
            return Refuse(first.Span, ErrorCodes.TimeframeTextNeeded);
        if (!Timeframe.TryParse(text.Value, out var other))
            return Refuse(first.Span, ErrorCodes.UnknownTimeframe, ("value", text.Value), ("known", string.Join(' ', Timeframe.All)));
        if (Timeframes.IsCoarser(frame, other))
            return Refuse(first.Span, ErrorCodes.TimeframeFiner, ("value", other.Code), ("here", frame.Code));
        var type = Visit(of, other);
        return type.Kind == RuleKind.Outputs ? Refuse(of.Span, ErrorCodes.OutputNeeded, ("outputs", Outputs(type.Entry))) : type;
    }

    private bool Counts(CallSyntax call, int wanted)
    {
        if (call.Arguments.Count == wanted)
            return true;
        Refuse(call.NameSpan, ErrorCodes.WrongCount, ("signature", Signature(call.Name)), ("wanted", $"{wanted}"), ("count", $"{call.Arguments.Count}"));
        return false;
    }

    private static string Signature(string function) => function switch
    {
        CallSyntax.On => "on(\"4h\", x)",
        CallSyntax.CrossesAbove or CallSyntax.CrossesBelow => $"{function}(a, b)",
        _ when IndicatorCatalog.Find(function) is { } entry =>
            $"{function}({string.Join(", ", SeriesNames.Take(entry.SeriesCount).Concat(entry.Parameters.Select(parameter => parameter.Name)))})",
        _ => function,
    };

    private static string Outputs(Indicator? entry) => string.Join(", ", entry?.Outputs.Select(output => "." + output.Name) ?? []);

    private RuleType Refuse(TextSpan span, string code, params ReadOnlySpan<(string, string)> arguments)
    {
        _problems.Add(code, _source.Field, TextPlace.Of(_source.Text, span), arguments);
        return RuleType.Faulty;
    }

    private void WarnOfUnits(TextSpan span, RuleUnit a, RuleUnit b)
    {
        if (!_warnings.IsFull && RuleUnits.Differ(a, b))
            Warn(ErrorCodes.UnitsDiffer, span, ("left", Word(a)), ("right", Word(b)));
    }

    private static string Word(RuleUnit unit) => unit switch
    {
        RuleUnit.Price => "price",
        RuleUnit.Volume => "volume",
        RuleUnit.Scale => "scale",
        RuleUnit.Plain => "number",
    };

    private void Warn(string code, TextSpan span, params ReadOnlySpan<(string, string)> arguments) =>
        _warnings.Add(code, _source.Field, TextPlace.Of(_source.Text, span), arguments);
}
