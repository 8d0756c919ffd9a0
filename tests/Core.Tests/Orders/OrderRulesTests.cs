using Lastro.Core.Markets;
using Lastro.Core.Orders;

namespace Lastro.Core.Tests.Orders;

public sealed class OrderRulesTests
{
    internal static readonly Instrument Bitcoin = new()
    {
        Symbol = new Symbol("BTCUSDT"),
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinQuantity = 0.00001m,
        MaxQuantity = 9_000m,
        MinNotional = 5m,
    };

    [Theory]
    [InlineData("limit", "1", null, "60000.01", null, null)]
    [InlineData("limit", "1", null, "60000.011", OrderFault.PriceNotOnTick, "price")]
    [InlineData("limit", "1", null, null, OrderFault.Missing, "price")]
    [InlineData("limit", null, null, "60000", OrderFault.Missing, "quantity")]
    [InlineData("limit", null, "100", "60000", OrderFault.NotForThisType, "quoteQuantity")]
    [InlineData("limit", "1", "100", "60000", OrderFault.NotForThisType, "quoteQuantity")]
    [InlineData("limit", "0.000011", null, "60000", OrderFault.QuantityNotOnStep, "quantity")]
    [InlineData("limit", "9000.00001", null, "60000", OrderFault.AboveMaxQuantity, "quantity")]
    [InlineData("limit", "0", null, "60000", OrderFault.NotPositive, "quantity")]
    [InlineData("limit", "-1", null, "60000", OrderFault.NotPositive, "quantity")]
    [InlineData("limit", "1", null, "0", OrderFault.NotPositive, "price")]
    [InlineData("limit", "0.00008", null, "60000", OrderFault.BelowMinNotional, "quantity")]
    [InlineData("limit", "0.00009", null, "60000", null, null)]
    [InlineData("limit", "9000", null, "79000000000000000000000000", OrderFault.TooManyDigits, "quantity")]
    [InlineData("market", "1", null, null, null, null)]
    [InlineData("market", null, "5", null, null, null)]
    [InlineData("market", null, "4.99", null, OrderFault.BelowMinNotional, "quoteQuantity")]
    [InlineData("market", null, "0", null, OrderFault.NotPositive, "quoteQuantity")]
    [InlineData("market", null, "2000000000000000", null, OrderFault.AboveMaxQuantity, "quoteQuantity")]
    [InlineData("market", null, "5.0000000000000000001", null, OrderFault.TooManyDigits, "quoteQuantity")]
    [InlineData("market", "1", "100", null, OrderFault.NotForThisType, "quoteQuantity")]
    [InlineData("market", "1", null, "60000", OrderFault.NotForThisType, "price")]
    [InlineData("market", null, null, null, OrderFault.Missing, "quantity")]
    [InlineData("market", "0.00007", null, null, OrderFault.BelowMinNotional, "quantity")]
    public void Terms_are_measured_against_the_pair(string type, string? quantity, string? quote, string? price, OrderFault? fault, string? field)
    {
        var terms = new OrderTerms
        {
            Side = Side.Buy,
            Type = type == "limit" ? OrderType.Limit : OrderType.Market,
            Quantity = Read(quantity),
            QuoteQuantity = Read(quote),
            Price = Read(price),
        };

        var refusal = OrderRules.Check(terms, Bitcoin, new Price(70_000m));

        (refusal?.Fault).ShouldBe(fault);
        (refusal?.Field).ShouldBe(field);
        (refusal is null).ShouldBe(fault is null);
    }

    [Fact]
    public void A_quantity_below_the_smallest_is_told_apart_from_a_small_worth() =>
        OrderRules.Check(
            new OrderTerms { Side = Side.Sell, Type = OrderType.Limit, Quantity = 0.5m, Price = 60_000m }, Bitcoin with { MinQuantity = 1m }, null)
            .ShouldBe(new OrderRefusal(OrderFault.BelowMinQuantity, "quantity", 0.5m, 1m));

    private static decimal? Read(string? text) => text is null ? null : decimal.Parse(text);
}
