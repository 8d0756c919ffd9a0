using Lastro.Core.Orders;

namespace Lastro.Core.Tests.Orders;

public sealed class FeesTests
{
    [Theory]
    [InlineData("1", "0.001", "0.001")]
    [InlineData("0.00001", "0.001", "0.00000001")]
    [InlineData("0.000011", "0.001", "0.00000002")]
    [InlineData("59123.45", "0.00075", "44.34258750")]
    [InlineData("0.00000001", "0.001", "0.00000001")]
    [InlineData("0.000000001", "0.001", "0.000000001")]
    [InlineData("7", "0", "0")]
    public void A_fee_is_rounded_up_to_eight_places_and_never_above_what_was_received(string received, string rate, string fee) =>
        new FeeRates(Maker: decimal.Parse(rate), Taker: 0.05m).On(decimal.Parse(received), maker: true).ShouldBe(decimal.Parse(fee));

    [Fact]
    public void Fees_equal_those_of_whole_number_arithmetic()
    {
        var random = new Random(20261121);
        var unit = BigAmount.Of("0.00000001");
        for (var round = 0; round < 200_000; round++)
        {
            var received = new decimal(random.Next(), random.Next(), round % 3 == 0 ? random.Next(1 << 12) : 0, false, (byte)random.Next(19));
            var rate = new decimal(random.Next(0, 100_000), 0, 0, false, 6);
            if (received == 0m || !OrderRules.CanBook(received)) continue;

            var fee = new FeeRates(rate, rate).On(received, maker: false);

            var exact = BigAmount.CeilingTo(BigAmount.Of(received) * BigAmount.Of(rate), unit * BigAmount.One) / BigAmount.One;
            BigAmount.Of(fee).ShouldBe(System.Numerics.BigInteger.Min(exact, BigAmount.Of(received)), $"{received} at {rate}");
        }
    }
}
