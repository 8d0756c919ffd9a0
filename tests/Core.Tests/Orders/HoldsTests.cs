using Lastro.Core.Markets;
using Lastro.Core.Orders;

namespace Lastro.Core.Tests.Orders;

public sealed class HoldsTests
{
    private static readonly Asset Btc = new("BTC");
    private static readonly Asset Usdt = new("USDT");

    [Fact]
    public void A_limit_buy_holds_price_times_quantity() =>
        Fixed(new OrderTerms { Side = Side.Buy, Type = OrderType.Limit, Quantity = 0.00123m, Price = 60_123.45m }).ShouldBe(new Money(73.9518435m, Usdt));

    [Fact]
    public void A_buy_by_quote_holds_exactly_that() =>
        Fixed(new OrderTerms { Side = Side.Buy, Type = OrderType.Market, QuoteQuantity = 123.456789m }).ShouldBe(new Money(123.456789m, Usdt));

    [Theory]
    [InlineData(OrderType.Market, null)]
    [InlineData(OrderType.Limit, 60_000)]
    public void A_sell_holds_its_quantity(OrderType type, int? price) =>
        Fixed(new OrderTerms { Side = Side.Sell, Type = type, Quantity = 0.5m, Price = price }).ShouldBe(new Money(0.5m, Btc));

    [Fact]
    public void A_market_order_that_must_look_at_the_book_has_no_fixed_hold()
    {
        Fixed(new OrderTerms { Side = Side.Buy, Type = OrderType.Market, Quantity = 1m }).ShouldBeNull();
        Fixed(new OrderTerms { Side = Side.Sell, Type = OrderType.Market, QuoteQuantity = 100m }).ShouldBeNull();
    }

    [Fact]
    public void It_holds_what_the_walk_costs_and_half_a_percent()
    {
        Holds.Walked(Side.Buy, (1m, 60_000.01m), OrderRulesTests.Bitcoin).ShouldBe(new Money(60_300.01005m, Usdt));
        Holds.Walked(Side.Buy, (1m, 0.00000001m), OrderRulesTests.Bitcoin).ShouldBe(new Money(0.00000002m, Usdt));
        Holds.Walked(Side.Sell, (0.12345m, 7_000m), OrderRulesTests.Bitcoin).ShouldBe(new Money(0.12407m, Btc));
    }

    private static Money? Fixed(OrderTerms terms) => Holds.Fixed(terms, OrderRulesTests.Bitcoin);
}
