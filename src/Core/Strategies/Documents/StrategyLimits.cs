namespace Lastro.Core.Strategies;

/// <summary>What a strategy of a stranger may cost: bounded text, memory and time for each row. All are far above what people write.</summary>
public static class StrategyLimits
{
    /// <summary>Bytes of a document's JSON.</summary>
    public const int DocumentBytes = 262_144;

    /// <summary>Characters of an expression.</summary>
    public const int ExpressionLength = 10_000;

    /// <summary>Levels of nesting of an expression: parentheses, calls, indices, signs.</summary>
    public const int Levels = 100;

    /// <summary>Levels of the whole tree with definitions put in their places; keeps every walk far from the end of a stack.</summary>
    public const int TotalLevels = 300;

    /// <summary>Characters of the name of a document.</summary>
    public const int DocumentNameLength = 200;

    /// <summary>Characters of the name of an input or a definition.</summary>
    public const int NameLength = 64;

    /// <summary>Inputs of a document.</summary>
    public const int Inputs = 200;

    /// <summary>Definitions of a document.</summary>
    public const int Definitions = 200;

    /// <summary>Most rows that x[n] goes back, and most of <c>maxBars</c> and the like divided by a hundred.</summary>
    public const int LagRows = 100_000;

    /// <summary>Parts of all expressions together, a definition counted once for each timeframe it is used in.</summary>
    public const int Nodes = 4_000;

    /// <summary>Rows of all indicators' windows together: some ten bytes of state each.</summary>
    public const int WindowRows = 400_000;

    /// <summary>Rows of all x[n] together: eight bytes of state each.</summary>
    public const int TotalLagRows = 400_000;

    /// <summary>Rows of the windows of indicators that look at the whole of them in every row.</summary>
    public const int SlowWindowRows = 20_000;

    /// <summary>Most closes that <c>maxBars</c>, <c>cooldownBars</c> and pauses may count.</summary>
    public const int Bars = 10_000_000;

    /// <summary>Characters of a part up to which <see cref="RuleTree.Text"/> repeats it.</summary>
    public const int TreeText = 1_000;

    /// <summary>Errors that are reported of one document; more help nobody.</summary>
    public const int Errors = 50;
}
