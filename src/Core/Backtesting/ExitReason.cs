namespace Lastro.Core.Backtesting;

/// <summary>Why a position was left.</summary>
public enum ExitReason
{
    /// <summary>The rule's <c>exit</c> was true at a close.</summary>
    Signal,

    /// <summary>It was held for as many closes as the document allows.</summary>
    Time,

    /// <summary>The stop loss was reached.</summary>
    Stop,

    /// <summary>The trailing stop was reached.</summary>
    Trail,

    /// <summary>The target was reached.</summary>
    Target,

    /// <summary>The data ended.</summary>
    End,
}

/// <summary>The words of the report.</summary>
public static class ExitReasons
{
    private static readonly string[] Words = ["signal", "time", "stop", "trail", "target", "end"];

    /// <summary>The reason's word.</summary>
    public static string Word(ExitReason reason) => Words[(int)reason];
}

/// <summary>What the last close decided for the next open.</summary>
public enum Pending
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To enter.</summary>
    Entry,

    /// <summary>To leave, because <c>exit</c> was true.</summary>
    Signal,

    /// <summary>To leave, because the time is up.</summary>
    Time,
}
