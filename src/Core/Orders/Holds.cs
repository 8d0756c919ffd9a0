using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>What an open order keeps back from its owner's balance.</summary>
public static class Holds
{
    /// <summary>What a market order by quantity holds above what walking the book costs, or above its trigger.</summary>
    public const decimal MarketMargin = 0.005m;

    /// <summary>Basis points in a whole.</summary>
    public const decimal WholeBps = 10_000m;

    /// <summary>The hold of an order whose amount is known without looking at the market; null for one that has to look.</summary>
    public static Money? Fixed(OrderTerms terms, Instrument instrument) => terms switch
    {
        { Side: Side.Sell, Quantity: { } quantity } => new Money(quantity, instrument.Base),
        { Side: Side.Buy, IsLimit: true, Quantity: { } quantity, Price: { } price } =>
            new Money(Exact.Multiply(price, quantity), instrument.Quote),
        { Side: Side.Buy, QuoteQuantity: { } quote } => new Money(quote, instrument.Quote),
        { TriggerPrice: { } trigger } => AtPrice(terms, trigger, instrument),
        _ => null,
    };

    /// <summary>The hold of an order whose amount depends on the price it meets: a market buy by quantity or a market sell by quote amount.</summary>
    /// <param name="terms">What is wanted.</param>
    /// <param name="price">The price to reckon with: its trigger, or the trade that fired it.</param>
    /// <param name="instrument">The pair.</param>
    public static Money AtPrice(OrderTerms terms, decimal price, Instrument instrument)
    {
        if (terms is not { Side: Side.Sell, QuoteQuantity: { } quote }) return Walked(terms.Side, (0m, price * terms.Quantity!.Value), instrument);
        return Walked(Side.Sell, (Exact.FloorDivide(quote, price, instrument.StepSize) + instrument.StepSize, quote), instrument);
    }

    /// <summary>The price a trailing stop's hold is reckoned with: where it would fire if the price never came its way at all.</summary>
    /// <param name="terms">A trailing stop.</param>
    /// <param name="last">The last trade, when it begins to follow at once.</param>
    public static decimal TrailingPrice(OrderTerms terms, decimal last)
    {
        var from = terms.ActivationPrice ?? last;
        var share = terms.TrailingDelta!.Value / WholeBps;
        return from * (terms.Side == Side.Buy ? 1m + share : 1m - share);
    }

    /// <summary>The hold of a market order that had to walk the book: a buy by quantity or a sell by quote amount.</summary>
    /// <param name="side">Which way.</param>
    /// <param name="walked">Base and quote units that walking the book now gives.</param>
    /// <param name="instrument">The pair.</param>
    public static Money Walked(Side side, (decimal Base, decimal Quote) walked, Instrument instrument) => side == Side.Buy
        ? new Money(Decimals.RoundUp(walked.Quote * (1m + MarketMargin), FeeRates.Places), instrument.Quote)
        : new Money(Exact.CeilingTo(walked.Base * (1m + MarketMargin), instrument.StepSize), instrument.Base);
}
