namespace Lastro.Core.Strategies;

/// <summary>A node of a <see cref="RuleGraph"/>: a column of numbers or of conditions. Equal rules have equal ids.</summary>
/// <param name="Index">Its place in the graph; operands stand before what reads them.</param>
public readonly record struct NodeId(int Index);

/// <summary>What a rule may read of a candle.</summary>
public enum PriceColumn
{
    /// <summary>First price.</summary>
    Open,

    /// <summary>Highest price.</summary>
    High,

    /// <summary>Lowest price.</summary>
    Low,

    /// <summary>Last price.</summary>
    Close,

    /// <summary>Base units traded.</summary>
    Volume,

    /// <summary>(high + low) / 2.</summary>
    Hl2,

    /// <summary>(high + low + close) / 3.</summary>
    Hlc3,
}

/// <summary>IEEE double arithmetic; a result that is not finite is unknown at once.</summary>
public enum ArithmeticOperator
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,
}

/// <summary>Comparisons without tolerance; unknown when one side is.</summary>
public enum CompareOperator
{
    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a &lt;= b.</summary>
    LessOrEqual,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a &gt;= b.</summary>
    GreaterOrEqual,

    /// <summary>a == b.</summary>
    Equal,

    /// <summary>a != b.</summary>
    NotEqual,
}
