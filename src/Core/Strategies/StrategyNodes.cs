using System.Runtime.InteropServices;
using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>A strategy's rules as nodes of a graph, all of the graph's root.</summary>
/// <param name="Enter">Condition to buy.</param>
/// <param name="Exit">Condition to sell; false in every row when there is none.</param>
/// <param name="Risk">Distance of the stop in quote units, for <see cref="RiskSizing"/>; else null.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StrategyNodes(NodeId Enter, NodeId Exit, NodeId? Risk);

/// <summary>Something of a strategy that a chart may draw.</summary>
/// <param name="Name">The definition ("r", "b.upper"), or the text of an indicator in a rule ("rsi(close, 14)").</param>
/// <param name="Node">Its values; a node of the graph's root.</param>
/// <param name="Pane">Over the candles or in a pane of its own; never <see cref="IndicatorPane.OfSeries"/>.</param>
/// <param name="IsCondition">True for a condition: true bits instead of values.</param>
public sealed record StrategyPlot(string Name, NodeId Node, IndicatorPane Pane, bool IsCondition);
