using Lastro.Core.Performance;

namespace Lastro.Core.Backtesting;

/// <summary>What a backtest gives. Times are Unix milliseconds, amounts quote units, shares fractions.</summary>
public sealed record BacktestReport
{
    /// <summary>Name and version of the engine; the version changes when results may.</summary>
    public const string EngineName = "lastro 1";

    /// <summary>The strategy's name; may be empty.</summary>
    public required string Strategy { get; init; }

    /// <summary>The numbers its rules named, in their order.</summary>
    public required IReadOnlyDictionary<string, double> Inputs { get; init; }

    /// <summary>The symbols, in the order they were served.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Open time of the first candle.</summary>
    public required long FromMs { get; init; }

    /// <summary>End of the last candle.</summary>
    public required long ToMs { get; init; }

    /// <summary>Candles that counted, of all symbols together.</summary>
    public required long Candles { get; init; }

    /// <summary>Cash at the start.</summary>
    public required double Start { get; init; }

    /// <summary>Cash at the end.</summary>
    public required double Final { get; init; }

    /// <summary>The trades in the order of their exits.</summary>
    public required IReadOnlyList<Trade<double>> Trades { get; init; }

    /// <summary>The figures in our convention.</summary>
    public required Metrics Metrics { get; init; }

    /// <summary>The figures as other tools make them. Empty when not asked for.</summary>
    public required IReadOnlyList<ConventionFigures> Conventions { get; init; }

    /// <summary>What the run tells <see cref="ReportWarnings"/>; whoever knows of trials and splits adds them.</summary>
    public required WarningFacts Facts { get; init; }

    /// <summary><see cref="Backtesting.DataHash"/> of the source's rows up to the end of the last candle; with several sources or finer candles the SHA-256 of their hashes, joined by commas.</summary>
    public required string DataHash { get; init; }

    /// <summary>For whatever is made of the report by chance.</summary>
    public required int Seed { get; init; }

    /// <summary>Daily closes, drawdown and the curve that was asked for.</summary>
    public required EquityTracker Equity { get; init; }

    /// <summary>Candles a second of rules and simulation, without reading and hashing; null when there was no clock.</summary>
    public double? CandlesPerSecond { get; init; }
}
