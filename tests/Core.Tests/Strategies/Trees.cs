using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

/// <summary>Compares trees by what they say, not where it stands.</summary>
internal static class Trees
{
    public static bool Same(Syntax? a, Syntax? b)
    {
        if (a is null || b is null || a.GetType() != b.GetType() || a.Children.Count != b.Children.Count)
            return false;
        var isSame = (a, b) switch
        {
            (NumberSyntax x, NumberSyntax y) => x.Value.Equals(y.Value),
            (NameSyntax x, NameSyntax y) => x.Name == y.Name,
            (TextSyntax x, TextSyntax y) => x.Value == y.Value,
            (LogicSyntax x, LogicSyntax y) => x.IsAnd == y.IsAnd,
            (ArithmeticSyntax x, ArithmeticSyntax y) => x.Operators.SequenceEqual(y.Operators),
            (CompareSyntax x, CompareSyntax y) => x.Operator == y.Operator,
            (OutputSyntax x, OutputSyntax y) => x.Name == y.Name,
            (CallSyntax x, CallSyntax y) => x.Name == y.Name,
            _ => true,
        };
        return isSame && a.Children.Zip(b.Children).All(pair => Same(pair.First, pair.Second));
    }
}
