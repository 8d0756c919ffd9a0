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

/// <summary>A finished run in a few numbers; null where not computable. Shares are fractions, amounts quote units.</summary>
internal sealed record LabSummary
{
    /// <summary>Capital at the start.</summary>
    public double? Start { get; init; }

    /// <summary>Capital at the end.</summary>
    public double? Final { get; init; }

    public long Candles { get; init; }

    public int Trades { get; init; }

    public double? Return { get; init; }

    public double? Cagr { get; init; }

    public double? BuyAndHold { get; init; }

    public double? MaxDrawdown { get; init; }

    public double? Sharpe { get; init; }

    public double? Sortino { get; init; }

    public double? Calmar { get; init; }

    public double? ProfitFactor { get; init; }

    public double? WinRate { get; init; }

    public double? Expectancy { get; init; }

    public double? Exposure { get; init; }

    public double? Fees { get; init; }

    /// <summary>Fingerprint of the candles.</summary>
    public string? DataHash { get; init; }
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
