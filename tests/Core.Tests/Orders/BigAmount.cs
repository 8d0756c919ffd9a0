using System.Globalization;
using System.Numerics;

namespace Lastro.Core.Tests.Orders;

/// <summary>The oracle: amounts as whole numbers of 10^-40, read from and written to text, without any decimal arithmetic.</summary>
internal static class BigAmount
{
    public const int Places = 40;

    public static readonly BigInteger One = BigInteger.Pow(10, Places);

    public static BigInteger Of(decimal value) => Of(value.ToString(CultureInfo.InvariantCulture));

    public static BigInteger Of(string text)
    {
        var parts = text.Split('.');
        var digits = parts.Length > 1 ? parts[1] : "";
        return BigInteger.Parse(parts[0] + digits.PadRight(Places, '0'), CultureInfo.InvariantCulture);
    }

    public static BigInteger Times(BigInteger left, BigInteger right) => left * right / One;

    public static BigInteger CeilingTo(BigInteger value, BigInteger unit) => (value + unit - 1) / unit * unit;

    public static BigInteger FloorTo(BigInteger value, BigInteger unit) => value / unit * unit;
}
