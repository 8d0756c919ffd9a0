namespace Lastro.Core.Backtesting;

/// <summary>How a strategy is tested. Shares are fractions.</summary>
public sealed record BacktestOptions
{
    /// <summary>Quote units to begin with, above 0.</summary>
    public double Cash { get; init; } = 10_000;

    /// <summary>Taken from what each fill receives; from 0, below 1.</summary>
    public double Fee { get; init; } = 0.001;

    /// <summary>How much worse than the price a market order fills; from 0, below 1.</summary>
    public double Slippage { get; init; }

    /// <summary>The first candle that counts opens at or after this, Unix milliseconds; those before only warm up. Null: the first there is.</summary>
    public long? FromMs { get; init; }

    /// <summary>The last candle that counts opens before this. Null: the last there is.</summary>
    public long? ToMs { get; init; }

    /// <summary>How an entry is filled.</summary>
    public EntryFill Fill { get; init; }

    /// <summary>Candles of a smaller timeframe, one source a symbol, that decide what came first inside a candle. Empty: the rules' order.</summary>
    public IReadOnlyList<ICandleSource> Detail { get; init; } = [];

    /// <summary>Goes into the report, for whatever is made of it by chance. The run itself has none.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>About how many points of the equity to keep for a chart; 0 keeps none.</summary>
    public int CurvePoints { get; init; }

    /// <summary>Whether the figures are also made as other tools make them.</summary>
    public bool Conventions { get; init; } = true;

    /// <summary>Told the equity of every close, in order; null when nobody asks.</summary>
    public EquityRows? Equity { get; init; }

    /// <summary>Told after each block the open time (Unix milliseconds) of its last candle; null when nobody asks.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Measures candles per second; null leaves them out.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Ends the run with an <see cref="OperationCanceledException"/> at the next block.</summary>
    public CancellationToken Cancellation { get; init; }
}
