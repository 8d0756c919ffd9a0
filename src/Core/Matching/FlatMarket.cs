using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>A market without a book: any quantity at the last price moved against the taker.</summary>
public static class FlatMarket
{
    /// <summary>The last price moved by <paramref name="slippage"/> (0.0005 is 0.05 %), to the tick on the taker's bad side, at least one tick.</summary>
    public static Price TakerPrice(Side taker, Price last, decimal slippage, decimal tick)
    {
        var moved = taker == Side.Buy
            ? Exact.CeilingTo(last.Value * (1m + slippage), tick)
            : Decimals.FloorTo(last.Value * (1m - slippage), tick);
        return new Price(Math.Max(tick, moved));
    }

    /// <summary>The one level such a market offers.</summary>
    /// <param name="price">From <see cref="TakerPrice"/>.</param>
    /// <param name="instrument">The pair; an order is never larger than its largest quantity.</param>
    public static IEnumerable<BookLevel> Levels(Price price, Instrument instrument) =>
        [new BookLevel(price, new Quantity(Decimals.FloorTo(instrument.MaxQuantity, instrument.StepSize)))];
}
