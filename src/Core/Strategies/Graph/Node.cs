using System.Runtime.InteropServices;
using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>What a node does. Everything the language has comes down to these: see <see cref="RuleScope"/>.</summary>
internal enum NodeKind
{
    /// <summary>Column <see cref="Node.Detail"/> of the candles.</summary>
    Price,

    /// <summary>The number whose bits are <see cref="Node.Detail"/>.</summary>
    Constant,

    /// <summary>Operator <see cref="Node.Detail"/> of A and B.</summary>
    Arithmetic,

    /// <summary>-A.</summary>
    Negate,

    /// <summary>Output <see cref="Node.Detail"/> of the indicator at A.</summary>
    Output,

    /// <summary>A, <see cref="Node.Detail"/> rows ago; a number or a condition.</summary>
    Lag,

    /// <summary>A, a node of a coarser scope, as this scope's rows see it; a number or a condition.</summary>
    Show,

    /// <summary>A &gt; B.</summary>
    Greater,

    /// <summary>A == B.</summary>
    Equal,

    /// <summary>Both conditions.</summary>
    And,

    /// <summary>The opposite of a condition; costs nothing, its two bit sets change places.</summary>
    Not,

    /// <summary>A condition that holds in every row.</summary>
    True,
}

/// <summary>A node and at once what makes it equal to another.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Node(NodeKind Kind, int Scope, int A, int B, long Detail);

/// <summary>What is worth knowing of a node and follows from it.</summary>
internal readonly record struct NodeFacts(bool IsCondition, int WarmUp);

/// <summary>An indicator with its series and arguments, counted once however many of its outputs are read.</summary>
internal sealed class IndicatorCall(int scope, Indicator entry, int[] series, double[] arguments) : IEquatable<IndicatorCall>
{
    public int Scope { get; } = scope;

    public Indicator Entry { get; } = entry;

    public int[] Series { get; } = series;

    public double[] Arguments { get; } = arguments;

    public bool Equals(IndicatorCall? other) => other is not null && Scope == other.Scope && Entry.Name == other.Entry.Name
        && Series.AsSpan().SequenceEqual(other.Series) && Arguments.AsSpan().SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as IndicatorCall);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Scope);
        hash.Add(Entry.Name, StringComparer.Ordinal);
        foreach (var node in Series)
            hash.Add(node);
        foreach (var argument in Arguments)
            hash.Add(argument);
        return hash.ToHashCode();
    }
}
