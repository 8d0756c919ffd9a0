using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>A checked strategy as a run needs it: nodes of a graph, and the terms of its position.</summary>
public sealed record RunPlan
{
    /// <summary>For the report.</summary>
    public required string Name { get; init; }

    /// <summary>For the report.</summary>
    public required IReadOnlyDictionary<string, double> Inputs { get; init; }

    /// <summary>Where the nodes are.</summary>
    public required RuleGraph Graph { get; init; }

    /// <summary>The condition to enter, of the graph's root.</summary>
    public required NodeId Enter { get; init; }

    /// <summary>The condition to leave.</summary>
    public required NodeId Exit { get; init; }

    /// <summary>The stop distance a risk size reads; null for every other size.</summary>
    public NodeId? StopDistance { get; init; }

    /// <summary>Levels, times, size.</summary>
    public required RunTerms Terms { get; init; }

    /// <summary>The nodes a run keeps.</summary>
    internal NodeId[] Kept => StopDistance is { } distance ? [Enter, Exit, distance] : [Enter, Exit];
}
