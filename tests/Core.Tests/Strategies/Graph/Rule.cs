using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>A rule as a tree, for the twin and for the graph.</summary>
internal abstract record Rule
{
    public static Rule operator >(Rule a, Rule b) => new Compared(CompareOperator.Greater, a, b);

    public static Rule operator <(Rule a, Rule b) => new Compared(CompareOperator.Less, a, b);

    public static Rule operator >=(Rule a, Rule b) => new Compared(CompareOperator.GreaterOrEqual, a, b);

    public static Rule operator <=(Rule a, Rule b) => new Compared(CompareOperator.LessOrEqual, a, b);

    public static Rule operator &(Rule a, Rule b) => new Both(a, b);

    public static Rule operator |(Rule a, Rule b) => new Either(a, b);

    public static Rule operator !(Rule a) => new Opposite(a);

    public static Rule operator +(Rule a, Rule b) => new Calculated(ArithmeticOperator.Add, a, b);

    public static Rule operator /(Rule a, Rule b) => new Calculated(ArithmeticOperator.Divide, a, b);

    public static implicit operator Rule(double value) => new Number(value);

    public static Rule Close => new Price(PriceColumn.Close);

    public static Rule Of(string name, Rule? series, params double[] arguments) =>
        new Indicated(IndicatorCatalog.Find(name)!, series is null ? [] : [series], arguments, 0);

    public static Rule On(string timeframe, Rule of) => new Seen(Timeframe.Parse(timeframe), of);

    public static Rule CrossesAbove(Rule a, Rule b) => (a.Ago(1) <= b.Ago(1)) & (a > b);

    public Rule Ago(int rows) => new Earlier(this, rows);

    /// <summary>The rule as nodes, built as the language's binder builds them.</summary>
    public NodeId AddTo(RuleScope scope) => this switch
    {
        Price price => scope.Price(price.Column),
        Number number => scope.Constant(number.Value),
        Calculated rule => scope.Arithmetic(rule.Op, rule.A.AddTo(scope), rule.B.AddTo(scope)),
        Negated rule => scope.Negate(rule.A.AddTo(scope)),
        Indicated rule => scope.Indicator(rule.Entry, [.. rule.Series.Select(one => one.AddTo(scope))], rule.Arguments, rule.Output),
        Earlier rule => scope.Lag(rule.A.AddTo(scope), rule.Rows),
        Compared rule => scope.Compare(rule.Op, rule.A.AddTo(scope), rule.B.AddTo(scope)),
        Both rule => scope.And(rule.A.AddTo(scope), rule.B.AddTo(scope)),
        Either rule => scope.Or(rule.A.AddTo(scope), rule.B.AddTo(scope)),
        Opposite rule => scope.Not(rule.A.AddTo(scope)),
        Always rule => rule.Value ? scope.True() : scope.False(),
        Seen rule => Show(scope, rule),
        _ => throw new InvalidOperationException($"no node for {this}"),
    };

    private static NodeId Show(RuleScope scope, Seen rule)
    {
        var inner = scope.Coarser(rule.Timeframe);
        return scope.Show(inner, rule.A.AddTo(inner));
    }
}

internal sealed record Price(PriceColumn Column) : Rule;

internal sealed record Number(double Value) : Rule;

internal sealed record Calculated(ArithmeticOperator Op, Rule A, Rule B) : Rule;

internal sealed record Negated(Rule A) : Rule;

internal sealed record Indicated(Indicator Entry, Rule[] Series, double[] Arguments, int Output) : Rule;

internal sealed record Earlier(Rule A, int Rows) : Rule;

internal sealed record Compared(CompareOperator Op, Rule A, Rule B) : Rule;

internal sealed record Both(Rule A, Rule B) : Rule;

internal sealed record Either(Rule A, Rule B) : Rule;

internal sealed record Opposite(Rule A) : Rule;

internal sealed record Always(bool Value) : Rule;

internal sealed record Seen(Timeframe Timeframe, Rule A) : Rule;
