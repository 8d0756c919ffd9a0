namespace Lastro.Core.Backtesting;

/// <summary>Why a backtest cannot be run.</summary>
public enum BacktestRefusal
{
    /// <summary>The candles are coarser than the document's timeframe.</summary>
    CoarserCandles,

    /// <summary>No candle lies between from and to.</summary>
    NoCandles,

    /// <summary>Candles for the inside of a candle must be finer than the document's.</summary>
    CoarserDetail,

    /// <summary>The rules refuse an input's value.</summary>
    Inputs,
}

/// <summary>A backtest that the data or the inputs do not allow. Found only while reading, hence no value.</summary>
public sealed class BacktestRefusedException : Exception
{
    /// <summary>A refusal.</summary>
    public BacktestRefusedException(BacktestRefusal refusal, string message)
        : base(message) => Refusal = refusal;

    /// <summary>A refusal without a word of its own.</summary>
    public BacktestRefusedException()
    {
    }

    /// <summary>A refusal without a reason of the list.</summary>
    public BacktestRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with its cause.</summary>
    public BacktestRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Why.</summary>
    public BacktestRefusal Refusal { get; }
}
