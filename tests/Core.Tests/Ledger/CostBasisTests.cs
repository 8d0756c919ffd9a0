using System.Numerics;
using Lastro.Core.Ledger;
using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Ledger;

public sealed class CostBasisTests
{
    private static readonly BigInteger One = BigInteger.Pow(10, 18);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1.5", "1500000000000000000")]
    [InlineData("-0.000000000000000001", "-1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335000000000000000000")]
    [InlineData("1234567890.123456789012345678", "1234567890123456789012345678")]
    public void Amounts_become_whole_units(string amount, string units) =>
        CostBasis.Units(decimal.Parse(amount)).ShouldBe(BigInteger.Parse(units));

    [Fact]
    public void A_known_case_by_hand()
    {
        var basis = default(CostBasis).After(Side.Buy, 100m, 1m, 0.001m).After(Side.Buy, 200m, 1m, 0.001m);
        (basis.Quantity, basis.Cost, basis.Fees).ShouldBe((Units(1.998m), Units(299.7m), Units(0.3m)));
        var sold = basis.After(Side.Sell, 250m, 0.999m, 0.25m);
        // Average cost 150: half of it leaves.
        (sold.Quantity, sold.Cost, sold.Realised, sold.Fees, sold.Trades).ShouldBe((Units(0.999m), Units(149.85m), Units(99.9m), Units(0.55m), 3));
        var beyond = sold.After(Side.Sell, 100m, 5m, 0m);
        (beyond.Quantity, beyond.Cost, beyond.Realised).ShouldBe((0, 0, Units(99.9m - 49.95m)));
    }

    [Fact]
    public void Whatever_is_traded_the_gain_is_what_cash_and_stock_gained()
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var basis = default(CostBasis);
            BigInteger cash = 0, stock = 0;
            for (var step = 0; step < 40; step++)
            {
                var price = random.Next(1, 10_000_000) / 100m;
                var quantity = random.Next(1, 1_000_000) / 100_000m;
                var buys = random.Next(2) == 0 || stock < Units(quantity);
                var fee = Math.Round((buys ? quantity : price * quantity) * 0.001m, 8);
                basis = basis.After(buys ? Side.Buy : Side.Sell, price, quantity, fee);
                cash += buys ? -Units(price * quantity) : Units(price * quantity) - Units(fee);
                stock += buys ? Units(quantity) - Units(fee) : -Units(quantity);
            }

            basis.Quantity.ShouldBe(stock);
            // At the price at which the stock is worth its cost, cash and stock together have gained what was realised less fees: exactly, up to
            // the one rounding of each product of a fee and a price.
            (cash + basis.Cost - (basis.Realised - basis.Fees)).ShouldBeInRange(-40, 40);
        }
    }

    [Fact]
    public void Shares_are_rounded_half_away_from_zero_once()
    {
        // 3 units of 10^-18 cost 2: selling 1 leaves 2 * 2/3 = 1.33, rounded 1.
        var basis = new CostBasis(3, 2, 0, 0, 1).After(Side.Sell, 0.000000000000000001m, 0.000000000000000001m, 0m);
        (basis.Quantity, basis.Cost, basis.Realised).ShouldBe((2, 1, -1));
        new CostBasis(4, 2, 0, 0, 1).After(Side.Sell, 1m, 0.000000000000000001m, 0m).Cost.ShouldBe(2, "1.5 becomes 2");
    }

    private static BigInteger Units(decimal amount) => new BigInteger(amount * 1_000_000_000m) * One / 1_000_000_000;
}
