using System.Numerics;

namespace Lastro.Server.Tests.Model;

/// <summary>Amounts, prices and rates as whole numbers of 10^-18. Nothing here rounds unless its name says so.</summary>
internal static class Units
{
    public const int Places = 18;

    public static readonly BigInteger One = BigInteger.Pow(10, Places);

    /// <summary>The eighth place, to which fees and market holds are rounded up.</summary>
    public static readonly BigInteger Eighth = BigInteger.Pow(10, Places - 8);

    private static readonly BigInteger[] Powers = [.. Enumerable.Range(0, 29).Select(power => BigInteger.Pow(10, power))];

    /// <summary>Reads a decimal by its bits. Throws when it needs more than 18 places.</summary>
    public static BigInteger Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        var whole = unchecked(((UInt128)(uint)bits[2] << 64) | ((UInt128)(uint)bits[1] << 32) | (uint)bits[0]);
        var scale = (bits[3] >> 16) & 0xFF;
        var units = (BigInteger)whole;
        if (scale <= Places)
        {
            units *= Powers[Places - scale];
        }
        else
        {
            units = BigInteger.DivRem(units, Powers[scale - Places], out var lost);
            if (!lost.IsZero) throw new ModelException($"{value} has more than {Places} places");
        }

        return bits[3] < 0 ? -units : units;
    }

    public static BigInteger? Of(decimal? value) => value is { } known ? Of(known) : null;

    /// <summary>Back, for building requests. Exact for anything a decimal can hold.</summary>
    public static decimal ToDecimal(BigInteger units)
    {
        var scale = Places;
        while (scale > 0 && (units % 10).IsZero)
        {
            units /= 10;
            scale--;
        }

        return (decimal)units / (decimal)Powers[scale];
    }

    /// <summary>The product. Throws when it has more than 18 places.</summary>
    public static BigInteger Times(BigInteger left, BigInteger right)
    {
        var product = BigInteger.DivRem(left * right, One, out var lost);
        return lost.IsZero ? product : throw new ModelException($"{left} times {right} does not end within {Places} places");
    }

    public static BigInteger Floor(BigInteger value, BigInteger step) => value - (value % step);

    /// <summary>The smallest multiple of the step that is not below top / bottom.</summary>
    public static BigInteger Ceiling(BigInteger top, BigInteger bottom, BigInteger step)
    {
        var steps = BigInteger.DivRem(top, bottom * step, out var rest);
        return (rest.IsZero ? steps : steps + 1) * step;
    }
}

/// <summary>The model says no, or it and the subject disagree.</summary>
internal sealed class ModelException(string message) : Exception(message);
