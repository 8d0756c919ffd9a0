using System.Numerics;

namespace Lastro.Core;

/// <summary>Arithmetic that refuses to round in silence. <see cref="decimal"/> holds 28 digits and drops what does not fit.</summary>
public static class Exact
{
    /// <summary>The product when it fits without rounding.</summary>
    public static bool TryMultiply(decimal left, decimal right, out decimal product)
    {
        left = Bare(left);
        right = Bare(right);
        product = 0m;
        if (left == 0m || right == 0m) return true;
        var scale = left.Scale + right.Scale;
        if (scale > 28 || Math.Abs(left) > decimal.MaxValue / Math.Max(1m, Math.Abs(right))) return false;
        product = left * right;
        return product.Scale == scale;
    }

    /// <summary>The product; throws <see cref="OverflowException"/> where it would have to be rounded.</summary>
    public static decimal Multiply(decimal left, decimal right) => TryMultiply(left, right, out var product)
        ? product
        : throw new OverflowException($"{left} times {right} has more digits than an amount can hold.");

    /// <summary>How many whole steps of <paramref name="amount"/> / <paramref name="price"/> there are, in units: floor(amount / price to the step).</summary>
    public static decimal FloorDivide(decimal amount, decimal price, decimal step)
    {
        var units = Decimals.FloorTo(amount / price, step);
        // The division may have rounded up to a step that is not quite paid for.
        while (units > 0m && units * price > amount) units -= step;
        return units;
    }

    /// <summary>Smallest multiple of <paramref name="step"/> that is not below <paramref name="value"/>.</summary>
    public static decimal CeilingTo(decimal value, decimal step)
    {
        var floor = Decimals.FloorTo(value, step);
        return floor == value ? value : floor + step;
    }

    /// <summary>amount * part / whole, rounded up once to <paramref name="places"/> (all &gt;= 0, part &lt;= whole, whole &gt; 0).</summary>
    public static decimal CeilingShare(decimal amount, decimal part, decimal whole, int places)
    {
        if (amount == 0m || part == 0m) return 0m;
        if (part == whole) return amount;
        if (amount == whole) return part;
        var top = Mantissa(amount, out var amountScale) * Mantissa(part, out var partScale) * BigInteger.Pow(10, places);
        var bottom = Mantissa(whole, out var wholeScale);
        var shift = amountScale + partScale - wholeScale;
        if (shift >= 0) bottom *= BigInteger.Pow(10, shift);
        else top *= BigInteger.Pow(10, -shift);
        var units = BigInteger.DivRem(top, bottom, out var remainder) + (remainder.IsZero ? 0 : 1);
        // Too large for so many places: fewer of them, still upwards.
        var (scale, most) = (places, new BigInteger(decimal.MaxValue));
        for (; units > most; scale--) units = (units + 9) / 10;
        return (decimal)units / (decimal)BigInteger.Pow(10, scale);
    }

    private static BigInteger Mantissa(decimal value, out int scale)
    {
        scale = value.Scale;
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        return unchecked(((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    /// <summary>The value without trailing zeros in its scale.</summary>
    public static decimal Bare(decimal value) => value / 1.0000000000000000000000000000m;
}
