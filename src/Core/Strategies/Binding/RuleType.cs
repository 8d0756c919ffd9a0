using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>What an expression gives.</summary>
internal enum RuleKind
{
    /// <summary>It is faulty; whatever uses it says no more.</summary>
    Faulty,
    Value,
    Condition,

    /// <summary>All outputs of one call; one must be chosen.</summary>
    Outputs,
}

/// <summary>What a value measures. Only for warnings: the language lets everything be compared with everything.</summary>
internal enum RuleUnit
{
    /// <summary>Numbers, inputs, ratios: goes with everything.</summary>
    Plain,
    Price,
    Volume,

    /// <summary>A scale of its own, such as 0 to 100.</summary>
    Scale,
}

/// <summary>Kind and unit of an expression; for several outputs also whose.</summary>
internal readonly record struct RuleType(RuleKind Kind, RuleUnit Unit = RuleUnit.Plain, Indicator? Entry = null)
{
    public static RuleType Faulty => default;

    public static RuleType Condition => new(RuleKind.Condition);

    public static RuleType Value(RuleUnit unit = RuleUnit.Plain) => new(RuleKind.Value, unit);
}

internal static class RuleUnits
{
    // Drawn in a pane of their own, and yet amounts of money, of coins or mere ratios.
    private static readonly HashSet<string> _amounts =
        ["tr", "atr", "stddev", "change", "mom", "macd", "ao", "qstick", "linreg_slope", "dpo"];

    private static readonly HashSet<string> _volumes = ["volume_sma", "obv", "adl", "pvt", "chaikin", "kvo", "force"];

    private static readonly HashSet<string> _scales =
    [
        "rsi", "stochrsi", "cmo", "tsi", "stoch", "williams", "cci", "uo", "adx", "aroon", "mfi", "rank", "zscore", "chop", "ppo", "roc", "percent_change", "natr",
        "ulcer", "correlation", "trix",
    ];

    public static RuleUnit Of(Indicator entry, IndicatorOutput output, RuleUnit series) => output.Pane switch
    {
        IndicatorPane.Price => RuleUnit.Price,
        IndicatorPane.OfSeries => series,
        _ when _amounts.Contains(entry.Name) => entry.SeriesCount == 0 ? RuleUnit.Price : series,
        _ when _volumes.Contains(entry.Name) => RuleUnit.Volume,
        _ when _scales.Contains(entry.Name) || output.Name is "percentB" => RuleUnit.Scale,
        _ => RuleUnit.Plain,
    };

    public static RuleUnit OfSum(RuleUnit a, RuleUnit b) => a == RuleUnit.Plain ? b : a;

    public static RuleUnit OfProduct(ArithmeticOperator sign, RuleUnit a, RuleUnit b) =>
        b == RuleUnit.Plain ? a : a == RuleUnit.Plain && sign == ArithmeticOperator.Multiply ? b : RuleUnit.Plain;

    public static bool Differ(RuleUnit a, RuleUnit b) => a != RuleUnit.Plain && b != RuleUnit.Plain && a != b;
}
