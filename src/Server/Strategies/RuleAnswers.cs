using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Lastro.Server.Strategies;

/// <summary>What is wrong with a document, and where.</summary>
internal sealed record RuleErrorView
{
    /// <summary>Stable name of the reason, snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>"enter", "define.r", "inputs.low", "stopLoss"; empty when it is the document as JSON.</summary>
    public required string Field { get; init; }

    /// <summary>From 1, in the field's text.</summary>
    public required int Line { get; init; }

    /// <summary>From 1, in UTF-16 units.</summary>
    public required int Column { get; init; }

    /// <summary>Characters meant; 0 where something is missing.</summary>
    public required int Length { get; init; }

    /// <summary>One sentence, in the language asked for.</summary>
    public required string Message { get; init; }

    /// <summary>What the message names.</summary>
    public required IReadOnlyDictionary<string, string> Arguments { get; init; }
}

/// <summary>A line a chart may draw of a strategy.</summary>
/// <param name="Name">A definition's name, or the expression.</param>
/// <param name="Pane">Over the candles, or below them with a scale of its own.</param>
internal sealed record PlotName(string Name, [property: AllowedValues("price", "own")] string Pane);

/// <summary>What a check found.</summary>
internal sealed record RuleCheck
{
    public required bool Valid { get; init; }

    /// <summary>Empty when valid.</summary>
    public required IReadOnlyList<RuleErrorView> Errors { get; init; }

    /// <summary>What looks like a slip and is allowed.</summary>
    public required IReadOnlyList<RuleErrorView> Warnings { get; init; }

    /// <summary>By field ("enter", "exit", "size", ...): the rule as a sentence in the language asked for. Null when not valid.</summary>
    public required IReadOnlyDictionary<string, string>? Sentences { get; init; }

    /// <summary>The syntax trees: {enter, exit, define: {name: tree}}; null for what could not be read.</summary>
    public required JsonElement? Rules { get; init; }

    /// <summary>Rows before the rules can be known; null when not valid.</summary>
    public required int? WarmUp { get; init; }

    public required IReadOnlyList<PlotName> Plots { get; init; }
}

/// <summary>A closed candle of the preview.</summary>
internal sealed record RuleCandle(DateTimeOffset OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>A candle at whose close a rule began to hold.</summary>
internal sealed record RuleSignal(DateTimeOffset OpenTime, [property: AllowedValues("enter", "exit")] string Kind);

/// <summary>A line over the candles of the preview.</summary>
/// <param name="Name">A definition's name.</param>
/// <param name="Pane">Where to draw it.</param>
/// <param name="Values">One for each candle; null is not known.</param>
internal sealed record RulePlot(string Name, [property: AllowedValues("price", "own")] string Pane, IReadOnlyList<double?> Values);

/// <summary>What the rules say about the latest closed candles.</summary>
internal sealed record RulePreview
{
    public required string Symbol { get; init; }

    public required string Timeframe { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<RuleCandle> Candles { get; init; }

    public required IReadOnlyList<RuleSignal> Signals { get; init; }

    public required IReadOnlyList<RulePlot> Plots { get; init; }
}
