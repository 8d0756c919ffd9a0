using System.Numerics;

namespace Lastro.Server.Tests.Model;

/// <summary>What an order keeps back, from the interface's words: a limit buy price times quantity, a market buy by quantity what it costs plus 0.5 %, by quote exactly that, a sell its quantity.</summary>
internal static class ModelHolds
{
    /// <summary>Null when it depends on a price that the order does not name.</summary>
    public static BigInteger? Named(ModelOrder order) => order switch
    {
        { Buys: false, Quantity: { } quantity } => quantity,
        { Buys: true, QuoteQuantity: { } quote } => quote,
        { Buys: true, IsLimit: true, Price: { } price, Quantity: { } quantity } => Units.Times(price, quantity),
        _ => null,
    };

    /// <summary>What a market order keeps back that meets the price top / bottom.</summary>
    public static BigInteger AtPrice(ModelOrder order, BigInteger top, BigInteger bottom)
    {
        if (order.Buys) return Margin(top * order.Quantity!.Value, bottom * Units.One, Units.Eighth);
        var steps = order.QuoteQuantity!.Value * Units.One * bottom / (top * order.Pair.Step);
        return Margin((steps + 1) * order.Pair.Step, 1, order.Pair.Step);
    }

    /// <summary>What a market order keeps back that walking the book gives so much.</summary>
    public static BigInteger Walked(ModelOrder order, BigInteger gotBase, BigInteger gotQuote) =>
        order.Buys ? Margin(gotQuote, 1, Units.Eighth) : Margin(gotBase, 1, order.Pair.Step);

    /// <summary>The fee of an amount received, rounded up to 8 places, never more than it.</summary>
    public static BigInteger Fee(BigInteger received, BigInteger rate) => BigInteger.Min(received, Units.Ceiling(received * rate, Units.One, Units.Eighth));

    private static BigInteger Margin(BigInteger top, BigInteger bottom, BigInteger step) => Units.Ceiling(top * 1005, bottom * 1000, step);
}
