namespace Lastro.Core.Orders;

/// <summary>What a fill costs. Taken from the asset received, as Binance does without BNB.</summary>
/// <param name="Maker">Share taken from a resting order's fill: 0.001 is 0.1 %.</param>
/// <param name="Taker">Share taken from a fill against the book.</param>
public readonly record struct FeeRates(decimal Maker, decimal Taker)
{
    /// <summary>Places a fee is rounded up to, once per fill.</summary>
    public const int Places = 8;

    /// <summary>The rate of a fill.</summary>
    public decimal Of(bool maker) => maker ? Maker : Taker;

    /// <summary>The fee on an amount received: amount times rate, rounded up once; never more than the amount.</summary>
    public decimal On(decimal received, bool maker) =>
        Math.Min(received, Decimals.RoundUp(Exact.Multiply(received, Of(maker)), Places));
}
