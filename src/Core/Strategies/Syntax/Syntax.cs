using System.Runtime.InteropServices;

namespace Lastro.Core.Strategies;

/// <summary>A stretch of an expression's text, in UTF-16 units from 0.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan Between(int start, int end) => new(start, end - start);
}

/// <summary>A part of a rule as written. Parentheses make no part of their own; they widen the span of what they hold.</summary>
internal abstract class Syntax(params IReadOnlyList<Syntax> children)
{
    public TextSpan Span { get; set; }

    public IReadOnlyList<Syntax> Children { get; } = children;

    /// <summary>Levels from here down, this one included.</summary>
    public int Height { get; } = 1 + (children.Count == 0 ? 0 : children.Max(child => child.Height));
}

internal sealed class NumberSyntax(double value) : Syntax
{
    public double Value { get; } = value;
}

/// <summary>A candle's value, an input or a definition.</summary>
internal sealed class NameSyntax(string name) : Syntax
{
    public string Name { get; } = name;
}

/// <summary>A text in quotes: the timeframe of <c>on</c>.</summary>
internal sealed class TextSyntax(string value) : Syntax
{
    public string Value { get; } = value;
}

internal sealed class NegateSyntax(Syntax of) : Syntax(of)
{
    public Syntax Of => Children[0];
}

internal sealed class NotSyntax(Syntax of) : Syntax(of)
{
    public Syntax Of => Children[0];
}

/// <summary>Two or more conditions joined by one word: a chain is one part, so its length is no depth.</summary>
internal sealed class LogicSyntax(bool isAnd, IReadOnlyList<Syntax> operands) : Syntax(operands)
{
    public bool IsAnd { get; } = isAnd;
}

/// <summary>Two or more values joined by signs of one rank, counted from the left.</summary>
internal sealed class ArithmeticSyntax(IReadOnlyList<ArithmeticOperator> operators, IReadOnlyList<Syntax> operands) : Syntax(operands)
{
    /// <summary>The sign before each operand but the first.</summary>
    public IReadOnlyList<ArithmeticOperator> Operators { get; } = operators;

    public bool IsSum => Operators[0] is ArithmeticOperator.Add or ArithmeticOperator.Subtract;
}

internal sealed class CompareSyntax(CompareOperator sign, Syntax left, Syntax right) : Syntax(left, right)
{
    public CompareOperator Operator { get; } = sign;

    public Syntax Left => Children[0];

    public Syntax Right => Children[1];
}

/// <summary>x[n].</summary>
internal sealed class LagSyntax(Syntax of, Syntax rows) : Syntax(of, rows)
{
    public Syntax Of => Children[0];

    public Syntax Rows => Children[1];
}

/// <summary>x.name.</summary>
internal sealed class OutputSyntax(Syntax of, string name, TextSpan nameSpan) : Syntax(of)
{
    public Syntax Of => Children[0];

    public string Name { get; } = name;

    public TextSpan NameSpan { get; } = nameSpan;
}

/// <summary>An indicator, a crossing or <c>on</c>.</summary>
internal sealed class CallSyntax(string name, TextSpan nameSpan, IReadOnlyList<Syntax> arguments) : Syntax(arguments)
{
    public const string On = "on";
    public const string CrossesAbove = "crosses_above";
    public const string CrossesBelow = "crosses_below";

    public string Name { get; } = name;

    public TextSpan NameSpan { get; } = nameSpan;

    public IReadOnlyList<Syntax> Arguments => Children;

    public bool IsCross => Name is CrossesAbove or CrossesBelow;
}
