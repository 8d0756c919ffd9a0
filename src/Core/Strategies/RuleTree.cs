using System.Text.Json;

namespace Lastro.Core.Strategies;

/// <summary>
/// A part of a rule for whoever draws, edits or explains it. <see cref="Kind"/> says what <see cref="Name"/>, <see cref="Operators"/> and
/// <see cref="Children"/> hold:
/// number (Number) · price, input, definition, name (Name; name is unknown) · text (Name) · negate, not (1 child) · and, or (2 or more) ·
/// arithmetic (Operators between the children: + - * /) · compare (Operators: one; 2 children) · lag (x and rows) ·
/// output (Name; 1 child) · indicator (Name; arguments) · cross (Name crosses_above or crosses_below; 2) · on (text and x) · call (Name; unknown).
/// </summary>
public sealed record RuleTree
{
    /// <summary>What the part is.</summary>
    public required string Kind { get; init; }

    /// <summary>The part in canonical form; reading it gives the same tree. Empty for one longer than <see cref="StrategyLimits.TreeText"/>, or long rules would repeat themselves for ever.</summary>
    public required string Text { get; init; }

    /// <summary>Line of its first character in the field's text, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Column of its first character, from 1, in UTF-16 units.</summary>
    public required int Column { get; init; }

    /// <summary>Characters of the part as written, with parentheses around it.</summary>
    public required int Length { get; init; }

    /// <summary>The name it has, where it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The number it is, where it is one.</summary>
    public double? Number { get; init; }

    /// <summary>Signs between the children, as written.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<RuleTree> Children { get; init; } = [];

    /// <summary>True when <see cref="Value"/> or <see cref="Truth"/> was looked up: null is then unknown.</summary>
    public bool IsExplained { get; init; }

    /// <summary>Of an explained value: the number at the row; null is unknown.</summary>
    public double? Value { get; init; }

    /// <summary>True for what a crossing compares (once explained).</summary>
    public bool IsCrossing { get; init; }

    /// <summary>Of an explained side of a crossing: the number one row earlier; null is unknown.</summary>
    public double? Before { get; init; }

    /// <summary>True for a condition (once explained).</summary>
    public bool IsCondition { get; init; }

    /// <summary>Of an explained condition: true, false, null is unknown.</summary>
    public bool? Truth { get; init; }

    /// <summary>Of an explained definition: its own tree, the first time it comes up.</summary>
    public RuleTree? Definition { get; init; }

    /// <summary>The tree as JSON: kind, text, line, column, length, then what there is of name, number, operators, children; explained: value (null is unknown) or truth ("true", "false", "unknown"), and before on both sides of a crossing.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("kind", Kind);
        writer.WriteString("text", Text);
        writer.WriteNumber("line", Line);
        writer.WriteNumber("column", Column);
        writer.WriteNumber("length", Length);
        if (Name is not null)
            writer.WriteString("name", Name);
        if (Number is { } number)
            writer.WriteNumber("number", number);
        if (Operators.Count > 0)
        {
            writer.WriteStartArray("operators");
            foreach (var sign in Operators)
                writer.WriteStringValue(sign);
            writer.WriteEndArray();
        }

        if (IsExplained)
            WriteExplained(writer);
        if (Children.Count > 0)
        {
            writer.WriteStartArray("children");
            foreach (var child in Children)
                child.Write(writer);
            writer.WriteEndArray();
        }

        if (Definition is not null)
        {
            writer.WritePropertyName("definition");
            Definition.Write(writer);
        }

        writer.WriteEndObject();
    }

    private void WriteExplained(Utf8JsonWriter writer)
    {
        if (IsCondition)
            writer.WriteString("truth", Truth switch { true => "true", false => "false", null => "unknown" });
        else
            WriteNumber(writer, "value", Value);
        if (IsCrossing)
            WriteNumber(writer, "before", Before);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } known)
            writer.WriteNumber(name, known);
        else
            writer.WriteNull(name);
    }
}
