using System.Globalization;
using System.Text;

namespace Lastro.Core.Strategies;

/// <summary>Tree to canonical text: one space around signs and words, no parentheses but those the tree needs. Reading it gives the tree again.</summary>
internal static class RulePrinter
{
    /// <summary>How tightly a part holds together; a weaker one inside a stronger place needs parentheses.</summary>
    private enum Rank
    {
        Or,
        And,
        Not,
        Compare,
        Sum,
        Product,
        Unary,
        Postfix,
    }

    public static string Print(Syntax node)
    {
        var text = new StringBuilder();
        Write(text, node, Rank.Or);
        return text.ToString();
    }

    /// <summary>A number as the language reads it: the shortest that gives the same bits.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        // Exponents are only for what would be a row of zeros.
        if (!text.Contains('E', StringComparison.Ordinal) || Math.Abs(value) is >= 1e21 or < 1e-9)
            return text.Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');
        return ((decimal)value is var plain && (double)plain == value) ? plain.ToString(CultureInfo.InvariantCulture) : text.Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');
    }

    private static Rank RankOf(Syntax node) => node switch
    {
        LogicSyntax logic => logic.IsAnd ? Rank.And : Rank.Or,
        NotSyntax => Rank.Not,
        CompareSyntax => Rank.Compare,
        ArithmeticSyntax arithmetic => arithmetic.IsSum ? Rank.Sum : Rank.Product,
        NegateSyntax => Rank.Unary,
        _ => Rank.Postfix,
    };

    private static void Write(StringBuilder text, Syntax node, Rank least)
    {
        var isLoose = RankOf(node) < least;
        if (isLoose)
            text.Append('(');
        WriteBare(text, node);
        if (isLoose)
            text.Append(')');
    }

    private static void WriteBare(StringBuilder text, Syntax node)
    {
        switch (node)
        {
            case NumberSyntax number:
                text.Append(Number(number.Value));
                break;
            case NameSyntax name:
                text.Append(name.Name);
                break;
            case TextSyntax quoted:
                text.Append('"').Append(quoted.Value).Append('"');
                break;
            case NegateSyntax negate:
                text.Append('-');
                Write(text, negate.Of, Rank.Unary);
                break;
            case NotSyntax not:
                text.Append("not ");
                Write(text, not.Of, Rank.Not);
                break;
            case LogicSyntax logic:
                WriteChain(text, logic.Children, _ => logic.IsAnd ? "and" : "or", logic.IsAnd ? Rank.Not : Rank.And);
                break;
            case ArithmeticSyntax arithmetic:
                WriteChain(text, arithmetic.Children, index => Tokens.Of(arithmetic.Operators[index - 1]), arithmetic.IsSum ? Rank.Product : Rank.Unary);
                break;
            case CompareSyntax compare:
                Write(text, compare.Left, Rank.Sum);
                text.Append(' ').Append(Tokens.Of(compare.Operator)).Append(' ');
                Write(text, compare.Right, Rank.Sum);
                break;
            case LagSyntax lag:
                Write(text, lag.Of, Rank.Postfix);
                text.Append('[');
                Write(text, lag.Rows, Rank.Or);
                text.Append(']');
                break;
            case OutputSyntax output:
                Write(text, output.Of, Rank.Postfix);
                text.Append('.').Append(output.Name);
                break;
            case CallSyntax call:
                text.Append(call.Name).Append('(');
                WriteList(text, call.Arguments);
                text.Append(')');
                break;
        }
    }

    private static void WriteChain(StringBuilder text, IReadOnlyList<Syntax> operands, Func<int, string> sign, Rank least)
    {
        for (var index = 0; index < operands.Count; index++)
        {
            if (index > 0)
                text.Append(' ').Append(sign(index)).Append(' ');
            Write(text, operands[index], least);
        }
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<Syntax> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (index > 0)
                text.Append(", ");
            Write(text, arguments[index], Rank.Or);
        }
    }
}
