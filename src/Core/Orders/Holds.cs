using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>What an open order keeps back from its owner's balance.</summary>
public static class Holds
{
    /// <summary>What a market order by quantity holds above what walking the book costs.</summary>
    public const decimal MarketMargin = 0.005m;

    /// <summary>The hold of an order whose amount is known without looking at the market; null for one that has to walk the book.</summary>
    public static Money? Fixed(OrderTerms terms, Instrument instrument) => terms switch
    {
        { Side: Side.Sell, Quantity: { } quantity } => new Money(quantity, instrument.Base),
        { Side: Side.Buy, Type: OrderType.Limit, Quantity: { } quantity, Price: { } price } =>
            new Money(Exact.Multiply(price, quantity), instrument.Quote),
        { Side: Side.Buy, QuoteQuantity: { } quote } => new Money(quote, instrument.Quote),
        _ => null,
    };

    /// <summary>The hold of a market order that had to walk the book: a buy by quantity or a sell by quote amount.</summary>
    /// <param name="side">Which way.</param>
    /// <param name="walked">Base and quote units that walking the book now gives.</param>
    /// <param name="instrument">The pair.</param>
    public static Money Walked(Side side, (decimal Base, decimal Quote) walked, Instrument instrument) => side == Side.Buy
        ? new Money(Decimals.RoundUp(walked.Quote * (1m + MarketMargin), FeeRates.Places), instrument.Quote)
        : new Money(Exact.CeilingTo(walked.Base * (1m + MarketMargin), instrument.StepSize), instrument.Base);
}
