namespace Lastro.Server.Backtests;

/// <summary>The values a sweep gives one input: from, from + step, ... up to <paramref name="To"/>, which is among them when it is met.</summary>
/// <param name="From">The first.</param>
/// <param name="To">None above it.</param>
/// <param name="Step">Above 0.</param>
internal sealed record SweepRange(double From, double To, double Step);

/// <summary>All a backtest or sweep depends on but the candles; kept with the job, so that nothing changed later changes it.</summary>
internal sealed record LabTerms
{
    public string? StrategyId { get; init; }

    public int? StrategyVersion { get; init; }

    public required string StrategyName { get; init; }

    /// <summary>The document as Core writes it.</summary>
    public required string Document { get; init; }

    public required string Timeframe { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    public required long FromMs { get; init; }

    public required long ToMs { get; init; }

    public required decimal Cash { get; init; }

    public required decimal Fee { get; init; }

    public required decimal Slippage { get; init; }

    /// <summary>Share of the span that is in-sample; null for no split.</summary>
    public double? Split { get; init; }

    public string? DetailTimeframe { get; init; }

    public string? Fill { get; init; }

    /// <summary>Whose candles: a run over others would be another run.</summary>
    public required string Source { get; init; }

    /// <summary>Invented prices.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Candles there were of the span when it was asked for.</summary>
    public required long Rows { get; init; }

    /// <summary>Candles that were missing then.</summary>
    public long Missing { get; init; }

    /// <summary>Runs and combinations of the user over the same pair and timeframe, this one included.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Of a sweep.</summary>
    public SweepTerms? Sweep { get; init; }
}

/// <summary>What a sweep tries.</summary>
internal sealed record SweepTerms
{
    public required IReadOnlyDictionary<string, SweepRange> Set { get; init; }

    /// <summary>The metric that ranks.</summary>
    public required string Rank { get; init; }

    public required int Combinations { get; init; }

    /// <summary>Combinations counted and stored together: the same after a restart, so that what is stored fits.</summary>
    public required int ChunkSize { get; init; }
}

/// <summary>What a download brings.</summary>
internal sealed record DownloadTerms
{
    public required string Symbol { get; init; }

    public required string Interval { get; init; }

    public required long FromMs { get; init; }

    public required long ToMs { get; init; }

    public required string Source { get; init; }

    /// <summary>Candles that were missing when it was asked for.</summary>
    public required long Rows { get; init; }
}

/// <summary>A run in a few numbers; null where not computable. Shares are fractions, amounts quote units.</summary>
internal sealed record LabFigures
{
    /// <summary>Capital at the start.</summary>
    public required double Start { get; init; }

    /// <summary>Capital at the end.</summary>
    public required double Final { get; init; }

    public required long Candles { get; init; }

    public required int Trades { get; init; }

    public required double? Return { get; init; }

    public required double? Cagr { get; init; }

    public required double? BuyAndHold { get; init; }

    public required double? MaxDrawdown { get; init; }

    public required double? Sharpe { get; init; }

    public required double? Sortino { get; init; }

    public required double? Calmar { get; init; }

    public required double? ProfitFactor { get; init; }

    public required double? WinRate { get; init; }

    public required double? Expectancy { get; init; }

    public required double? Exposure { get; init; }

    public required double? Fees { get; init; }
}

/// <summary>One side of a split, run for itself with the whole cash.</summary>
/// <param name="From">Its first candle opens at or after it.</param>
/// <param name="To">Its last candle opens before it.</param>
/// <param name="Figures">Its numbers.</param>
internal sealed record LabPart(DateTimeOffset From, DateTimeOffset To, LabFigures Figures);

/// <summary>Something that makes a result less sure than it looks.</summary>
/// <param name="Code">tooFewTrades, inSampleOnly, oneTradeMakesIt, flatStretch, ...</param>
/// <param name="Arguments">Numbers for the words, by name.</param>
internal sealed record LabWarning(string Code, IReadOnlyDictionary<string, double> Arguments);

/// <summary>How far the figures can be believed: the same days and trades drawn anew a thousand times. Null where there is too little to draw from.</summary>
internal sealed record LabDoubts
{
    /// <summary>Probability that the true Sharpe ratio is above 0 (Bailey and Lopez de Prado).</summary>
    public required double? ProbabilisticSharpe { get; init; }

    /// <summary>The same, although the best of the user's trials may have been picked; null for a first trial.</summary>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>95 % of samples of days lie from here ...</summary>
    public required double? SharpeLow { get; init; }

    /// <summary>... to here.</summary>
    public required double? SharpeHigh { get; init; }

    public required double? CagrLow { get; init; }

    public required double? CagrHigh { get; init; }

    /// <summary>The drawdown half of the orders of the same trades stay below.</summary>
    public required double? DrawdownMedian { get; init; }

    /// <summary>The drawdown 95 % of them stay below.</summary>
    public required double? DrawdownMost { get; init; }

    /// <summary>Share of histories of trades drawn anew that lose money.</summary>
    public required double? LossShare { get; init; }

    /// <summary>Share of them that lose half of it on the way.</summary>
    public required double? RuinShare { get; init; }
}

/// <summary>What a finished sweep came to.</summary>
/// <param name="Best">First by the sweep's metric; equal ones by their number.</param>
/// <param name="KeptNearby">Share of the best's figure that its direct neighbours keep; below a half it is a lone peak. Null where not computable.</param>
/// <param name="DeflatedSharpe">Probability that the best's true Sharpe ratio is above 0, for so many combinations tried.</param>
internal sealed record SweepSummary(SweepRow Best, double? KeptNearby, double? DeflatedSharpe);

/// <summary>What a finished backtest came to.</summary>
internal sealed record LabSummary
{
    public required LabFigures Figures { get; init; }

    /// <summary>With a split: the part the rules may have been chosen on.</summary>
    public LabPart? InSample { get; init; }

    /// <summary>With a split: the part that was kept out.</summary>
    public LabPart? OutOfSample { get; init; }

    public required IReadOnlyList<LabWarning> Warnings { get; init; }

    public required LabDoubts Doubts { get; init; }

    /// <summary>Runs and combinations of the user over this pair and timeframe, this one included: the more there were, the less the best of them says.</summary>
    public required int Trials { get; init; }

    /// <summary>Fingerprint of the candles.</summary>
    public required string DataHash { get; init; }
}

/// <summary>One combination of a sweep.</summary>
internal sealed record SweepRow
{
    /// <summary>Its number in the order of the ranges, the last input fastest; from 0.</summary>
    public required int Index { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, double> Inputs { get; init; }

    public required double? Final { get; init; }

    public required int Trades { get; init; }

    /// <summary>By the report's names; null where not computable.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }
}
