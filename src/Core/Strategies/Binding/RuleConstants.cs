namespace Lastro.Core.Strategies;

/// <summary>Values that are the same for all candles: numbers, inputs, and what is counted from them, through definitions too.</summary>
internal sealed class RuleConstants(RuleSet rules, IReadOnlyDictionary<string, double> inputs)
{
    private readonly Dictionary<string, double?> _definitions = new(StringComparer.Ordinal);

    /// <summary>The value; null when it is not constant, NaN when it is and cannot be computed.</summary>
    public double? Of(Syntax node)
    {
        switch (node)
        {
            case NumberSyntax number:
                return number.Value;
            case NameSyntax name:
                return inputs.TryGetValue(name.Name, out var input) ? input : OfDefinition(name.Name);
            case NegateSyntax negate:
                return -Of(negate.Of);
            case ArithmeticSyntax arithmetic:
                var value = Of(arithmetic.Children[0]);
                for (var index = 1; value is not null && index < arithmetic.Children.Count; index++)
                    value = Apply(arithmetic.Operators[index - 1], value, Of(arithmetic.Children[index]));
                return value;
            default:
                return null;
        }
    }

    private double? OfDefinition(string name)
    {
        if (_definitions.TryGetValue(name, out var known))
            return known;
        return _definitions[name] = rules.Definitions.TryGetValue(name, out var definition) && definition.Tree is { } tree ? Of(tree) : null;
    }

    // What is not finite is unknown at once, also inside.
    private static double? Apply(ArithmeticOperator sign, double? a, double? b)
    {
        var value = sign switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
        };
        return value is { } known && !double.IsFinite(known) ? double.NaN : value;
    }
}
