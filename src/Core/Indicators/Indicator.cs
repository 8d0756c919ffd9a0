namespace Lastro.Core.Indicators;

/// <summary>An entry of the catalog: everything documentation, completion, charts and the compiler of rules know of an indicator.</summary>
public sealed record Indicator
{
    /// <summary>As rules call it: lower case, unique.</summary>
    public required string Name { get; init; }

    /// <summary>The name in full, English.</summary>
    public required string Title { get; init; }

    /// <summary>Its chapter.</summary>
    public IndicatorGroup Group { get; init; }

    /// <summary>What it is fed.</summary>
    public required IndicatorInput Input { get; init; }

    /// <summary>What it takes after its series, in order.</summary>
    public required IReadOnlyList<IndicatorParameter> Parameters { get; init; }

    /// <summary>What it makes, in order; at least one.</summary>
    public required IReadOnlyList<IndicatorOutput> Outputs { get; init; }

    /// <summary>The formula in words and signs, with the conventions where sources differ.</summary>
    public required string Formula { get; init; }

    /// <summary>Where the formula was published.</summary>
    public required string Source { get; init; }

    /// <summary>True when later candles change what was drawn before; such an indicator may be drawn and not be used in a rule.</summary>
    public bool Repaints { get; init; }

    /// <summary>True when the first known row depends on the data as well: <see cref="IndicatorOutput.WarmUp"/> is then the earliest possible.</summary>
    public bool WarmUpDependsOnData { get; init; }

    /// <summary>True when a row takes time in proportion to the first parameter; else a row costs the same whatever the window.</summary>
    public bool CostGrowsWithWindow { get; init; }

    internal Func<double[], IndicatorRun> Make { get; init; } = _ => throw new InvalidOperationException("An entry of the catalog says how it is made.");

    /// <summary>How many series come before the parameters: 0 for an indicator of candles.</summary>
    public int SeriesCount => Input switch
    {
        IndicatorInput.Series => 1,
        IndicatorInput.TwoSeries => 2,
        IndicatorInput.Candles => 0,
    };

    /// <summary>The parameters' defaults, in order.</summary>
    public double[] Defaults() => [.. Parameters.Select(parameter => parameter.Default)];

    /// <summary>A run that has seen nothing yet.</summary>
    /// <param name="arguments">A value for each parameter, in order; checked with <see cref="IndicatorParameter.Accepts"/> before.</param>
    /// <exception cref="ArgumentException">Too few, too many, or out of range.</exception>
    public IndicatorRun Start(params double[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Length != Parameters.Count)
            throw new ArgumentException($"{Name} takes {Parameters.Count} parameters, {arguments.Length} given.", nameof(arguments));
        for (var index = 0; index < arguments.Length; index++)
        {
            if (!Parameters[index].Accepts(arguments[index]))
                throw new ArgumentException($"{Name}: {Parameters[index].Name} may not be {arguments[index]}.", nameof(arguments));
        }

        return Make(arguments);
    }
}
