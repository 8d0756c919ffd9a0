namespace Lastro.Core.Strategies;

/// <summary>What the language does with single numbers.</summary>
internal static class Scalars
{
    /// <summary>A number that is not finite is unknown.</summary>
    public static double Known(double value) => double.IsFinite(value) ? value : double.NaN;

    public static double Of(ArithmeticOperator op, double a, double b) => Known(op switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        ArithmeticOperator.Multiply => a * b,
        ArithmeticOperator.Divide => a / b,
    });
}
