using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>What an expression became: one node, or a call whose output is still to be chosen.</summary>
internal readonly record struct Emitted(NodeId Node, IndicatorUse? Call = null);

/// <summary>An indicator with its series and settings, before an output is chosen.</summary>
internal sealed record IndicatorUse(RuleScope Scope, Indicator Entry, NodeId[] Series, double[] Settings)
{
    public NodeId Output(string name)
    {
        for (var index = 0; index < Entry.Outputs.Count; index++)
        {
            if (Entry.Outputs[index].Name == name)
                return Output(index);
        }

        throw new InvalidOperationException($"{Entry.Name} has no output {name}: the rule was not checked.");
    }

    public NodeId Output(int index) => Scope.Indicator(Entry, Series, Settings, index);
}

/// <summary>The scope an expression is in, and those around it: how its values are shown to the root.</summary>
internal sealed record RuleFrame(RuleScope Scope, RuleFrame? Outer)
{
    public NodeId Shown(NodeId node)
    {
        for (var frame = this; frame.Outer is { } outer; frame = outer)
            node = outer.Scope.Show(frame.Scope, node);
        return node;
    }
}

/// <summary>The node of every part of the rules, as the root sees it; of what a crossing compares also that of the row before.</summary>
internal sealed class RuleParts
{
    public Dictionary<(Syntax Part, Timeframe Frame), NodeId> Now { get; } = [];

    public Dictionary<(Syntax Part, Timeframe Frame), NodeId> Before { get; } = [];
}

/// <summary>Trees of checked rules to nodes of a graph.</summary>
internal sealed class RuleEmitter(RuleSet rules, IReadOnlyDictionary<string, double> inputs)
{
    private readonly RuleConstants _constants = new(rules, inputs);
    private readonly Dictionary<(string Name, RuleScope Scope), Emitted> _definitions = [];

    /// <summary>When set, receives the node of every part.</summary>
    public RuleParts? Trace { get; init; }

    public NodeId Rule(RuleSource source, RuleScope root) => Visit(source.Tree!, new RuleFrame(root, null)).Node;

    public Emitted Definition(string name, RuleFrame frame)
    {
        if (_definitions.TryGetValue((name, frame.Scope), out var known))
            return known;
        return _definitions[(name, frame.Scope)] = Visit(rules.Definitions[name].Tree!, frame);
    }

    public Emitted Visit(Syntax node, RuleFrame frame)
    {
        var emitted = Make(node, frame);
        if (Trace is not null && emitted.Call is null && node is not TextSyntax)
            Trace.Now.TryAdd((node, frame.Scope.Timeframe), frame.Shown(emitted.Node));
        return emitted;
    }

    private Emitted Make(Syntax node, RuleFrame frame)
    {
        var scope = frame.Scope;
        return node switch
        {
            NumberSyntax number => new Emitted(scope.Constant(number.Value)),
            NameSyntax name => Named(name.Name, frame),
            NegateSyntax negate => new Emitted(scope.Negate(Visit(negate.Of, frame).Node)),
            NotSyntax not => new Emitted(scope.Not(Visit(not.Of, frame).Node)),
            LogicSyntax logic => new Emitted(Logic(logic, frame)),
            ArithmeticSyntax arithmetic => new Emitted(Arithmetic(arithmetic, frame)),
            CompareSyntax compare => new Emitted(scope.Compare(compare.Operator, Visit(compare.Left, frame).Node, Visit(compare.Right, frame).Node)),
            LagSyntax lag => new Emitted(scope.Lag(Visit(lag.Of, frame).Node, (int)Constant(lag.Rows, frame))),
            OutputSyntax output => new Emitted(Visit(output.Of, frame).Call!.Output(output.Name)),
            CallSyntax call => Call(call, frame),
            _ => throw new InvalidOperationException($"{node.GetType().Name} is no value: the rule was not checked."),
        };
    }

    private Emitted Named(string name, RuleFrame frame)
    {
        if (inputs.TryGetValue(name, out var input))
            return new Emitted(frame.Scope.Constant(input));
        if (rules.Definitions.ContainsKey(name))
            return Definition(name, frame);
        return PriceColumns.TryParse(name, out var column)
            ? new Emitted(frame.Scope.Price(column))
            : throw new InvalidOperationException($"There is no {name}: the rule was not checked.");
    }

    private NodeId Logic(LogicSyntax logic, RuleFrame frame)
    {
        var node = Visit(logic.Children[0], frame).Node;
        for (var index = 1; index < logic.Children.Count; index++)
        {
            var next = Visit(logic.Children[index], frame).Node;
            node = logic.IsAnd ? frame.Scope.And(node, next) : frame.Scope.Or(node, next);
        }

        return node;
    }

    private NodeId Arithmetic(ArithmeticSyntax arithmetic, RuleFrame frame)
    {
        var node = Visit(arithmetic.Children[0], frame).Node;
        for (var index = 1; index < arithmetic.Children.Count; index++)
            node = frame.Scope.Arithmetic(arithmetic.Operators[index - 1], node, Visit(arithmetic.Children[index], frame).Node);
        return node;
    }

    private Emitted Call(CallSyntax call, RuleFrame frame)
    {
        if (call.Name == CallSyntax.On)
        {
            var inner = frame.Scope.Coarser(Timeframe.Parse(((TextSyntax)call.Arguments[0]).Value));
            if (inner == frame.Scope)
                return Visit(call.Arguments[1], frame);
            return new Emitted(frame.Scope.Show(inner, Visit(call.Arguments[1], new RuleFrame(inner, frame)).Node));
        }

        if (call.IsCross)
            return new Emitted(Cross(call, frame));
        var entry = IndicatorCatalog.Find(call.Name) ?? throw new InvalidOperationException($"There is no {call.Name}: the rule was not checked.");
        var series = new NodeId[entry.SeriesCount];
        for (var index = 0; index < series.Length; index++)
            series[index] = Visit(call.Arguments[index], frame).Node;
        var settings = new double[entry.Parameters.Count];
        for (var index = 0; index < settings.Length; index++)
            settings[index] = Constant(call.Arguments[series.Length + index], frame);
        var use = new IndicatorUse(frame.Scope, entry, series, settings);
        return entry.Outputs.Count > 1 ? new Emitted(default, use) : new Emitted(use.Output(0));
    }

    private double Constant(Syntax node, RuleFrame frame)
    {
        var value = _constants.Of(node) ?? throw new InvalidOperationException("A setting is not constant: the rule was not checked.");
        Trace?.Now.TryAdd((node, frame.Scope.Timeframe), frame.Shown(frame.Scope.Constant(value)));
        return value;
    }

    /// <summary>a[1] &lt;= b[1] and a &gt; b; mirrored below.</summary>
    private NodeId Cross(CallSyntax call, RuleFrame frame)
    {
        var (scope, isAbove) = (frame.Scope, call.Name == CallSyntax.CrossesAbove);
        var (a, b) = (Visit(call.Arguments[0], frame).Node, Visit(call.Arguments[1], frame).Node);
        var (before, than) = (scope.Lag(a, 1), scope.Lag(b, 1));
        Trace?.Before.TryAdd((call.Arguments[0], scope.Timeframe), frame.Shown(before));
        Trace?.Before.TryAdd((call.Arguments[1], scope.Timeframe), frame.Shown(than));
        return scope.And(
            scope.Compare(isAbove ? CompareOperator.LessOrEqual : CompareOperator.GreaterOrEqual, before, than),
            scope.Compare(isAbove ? CompareOperator.Greater : CompareOperator.Less, a, b));
    }
}
