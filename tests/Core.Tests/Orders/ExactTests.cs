using System.Numerics;

namespace Lastro.Core.Tests.Orders;

public sealed class ExactTests
{
    [Fact]
    public void A_product_is_exact_or_refused()
    {
        var random = new Random(7);
        var (exact, refused) = (0, 0);
        for (var round = 0; round < 100_000; round++)
        {
            var (left, right) = (Any(random), Any(random));
            if (Exact.TryMultiply(left, right, out var product))
            {
                exact++;
                // Scaled apart, so that nothing of the oracle's product is cut off.
                (BigAmount.Of(product) * BigAmount.One).ShouldBe(BigAmount.Of(left) * BigAmount.Of(right), $"{left} x {right}");
            }
            else
            {
                refused++;
                Fits(left, right).ShouldBeFalse($"{left} x {right}");
            }
        }

        exact.ShouldBeGreaterThan(10_000);
        refused.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void A_share_is_rounded_up_once()
    {
        var random = new Random(9);
        var rounded = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var (amount, whole) = (Amount(), Amount() + 0.00000001m);
            var part = random.Next(5) == 0 ? whole : whole - (random.Next(1, 10) * whole / 16m);
            part = decimal.Round(part, 8);
            if (part > whole) continue;
            var exact = BigAmount.Of(amount) * BigAmount.Of(part);
            var units = (exact + (BigAmount.Of(whole) * BigInteger.Pow(10, 28)) - 1) / (BigAmount.Of(whole) * BigInteger.Pow(10, 28));
            BigAmount.Of(Exact.CeilingShare(amount, part, whole, 12)).ShouldBe(units * BigInteger.Pow(10, 28), $"{amount} * {part} / {whole}");
            if (exact % (BigAmount.Of(whole) * BigInteger.Pow(10, 28)) != 0) rounded++;
        }

        rounded.ShouldBeGreaterThan(10_000);
        // 6 of 9 shrunk to 3: exactly 2, where a quotient of 28 digits would be a little off.
        Exact.CeilingShare(6m, 3m, 9m, 12).ShouldBe(2m);
        // Too many digits for 12 places: fewer, upwards.
        Exact.CeilingShare(50_000_000_000_000_000_000m, 1m, 3m, 12).ShouldBe(16_666_666_666_666_666_666.666666667m);

        decimal Amount() => new(random.Next(), random.Next(4) == 0 ? random.Next(1_000) : 0, 0, false, (byte)random.Next(9));
    }

    [Fact]
    public void Floor_divide_never_buys_more_than_is_paid_for_and_never_a_step_less()
    {
        var random = new Random(8);
        for (var round = 0; round < 100_000; round++)
        {
            var amount = new decimal(random.Next(), 0, 0, false, (byte)random.Next(9));
            var price = new decimal(random.Next(1, int.MaxValue), 0, 0, false, (byte)random.Next(9));
            var step = new decimal(1, 0, 0, false, (byte)random.Next(9));

            var units = Exact.FloorDivide(amount, price, step);

            var expected = BigAmount.FloorTo(BigAmount.Of(amount) * BigAmount.One / BigAmount.Of(price), BigAmount.Of(step));
            BigAmount.Of(units).ShouldBe(expected, $"{amount} / {price} to {step}");
        }
    }

    [Theory]
    [InlineData("1.00", "0.01", "1.00")]
    [InlineData("1.001", "0.01", "1.01")]
    [InlineData("0", "0.01", "0")]
    public void Ceiling_goes_to_the_next_step(string value, string step, string expected) =>
        Exact.CeilingTo(decimal.Parse(value), decimal.Parse(step)).ShouldBe(decimal.Parse(expected));

    private static decimal Any(Random random) => new(
        random.Next(), random.Next(3) == 0 ? random.Next() : 0, random.Next(6) == 0 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(19));

    /// <summary>Factors so short that their product cannot need more than 28 digits: those must never be refused.</summary>
    private static bool Fits(decimal left, decimal right) => Places(left) + Places(right) <= 28 && Digits(left) + Digits(right) <= 28;

    private static int Places(decimal value)
    {
        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
    }

    private static int Digits(decimal value)
    {
        var bare = BigInteger.Abs(BigAmount.Of(value));
        while (!bare.IsZero && (bare % 10).IsZero) bare /= 10;
        return bare.ToString().Length;
    }
}
