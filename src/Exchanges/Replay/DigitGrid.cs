namespace Lastro.Exchanges.Replay;

/// <summary>The finest digits seen in prices and quantities, without trailing zeros.</summary>
internal sealed class DigitGrid
{
    private decimal _priceFactor = 1m;
    private decimal _quantityFactor = 1m;

    /// <summary>One unit of the last decimal place of a price: 0.01.</summary>
    public decimal PriceStep { get; private set; } = 1m;

    /// <summary>One unit of the last decimal place of a quantity.</summary>
    public decimal QuantityStep { get; private set; } = 1m;

    public void SeePrice(decimal value)
    {
        while (!Whole(value * _priceFactor))
            (_priceFactor, PriceStep) = (_priceFactor * 10m, PriceStep / 10m);
    }

    public void SeeQuantity(decimal value)
    {
        while (!Whole(value * _quantityFactor))
            (_quantityFactor, QuantityStep) = (_quantityFactor * 10m, QuantityStep / 10m);
    }

    private static bool Whole(decimal value) => decimal.Truncate(value) == value;
}
