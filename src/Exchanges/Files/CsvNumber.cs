using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lastro.Exchanges.Files;

/// <summary>Numbers out of UTF-8 text, exact as decimals and correctly rounded as doubles: plain digits on a short road, the rest on a longer one.</summary>
internal static class CsvNumber
{
    /// <summary>19 digits always fit a 64-bit mantissa.</summary>
    private const int MaxFastDigits = 19;

    /// <summary>Every whole number up to here is a double.</summary>
    private const ulong MaxExactDouble = 1UL << 53;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The powers of ten that are doubles.</summary>
    private static readonly double[] _tens =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (!TryPlain(text, out var mantissa, out var scale))
            return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
        value = new decimal(unchecked((int)mantissa), unchecked((int)(mantissa >> 32)), 0, isNegative: false, (byte)scale);
        return true;
    }

    /// <summary>The double nearest to the text; false when it is no number or not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        // Both operands are exact, so the one division rounds once: the result is the nearest double.
        if (!TryPlain(text, out var mantissa, out var scale) || mantissa > MaxExactDouble)
            return SlowDouble(text, out value);
        value = (long)mantissa / _tens[scale];
        return true;
    }

    public static bool TryLong(ReadOnlySpan<byte> text, out long value)
    {
        if (TryPlain(text, out var mantissa, out var scale) && scale == 0 && mantissa <= long.MaxValue && text[^1] != '.')
        {
            value = (long)mantissa;
            return true;
        }

        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    private static bool SlowDouble(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Digits with at most one point among them, at most 19: their value without the point and how many stand behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryPlain(ReadOnlySpan<byte> text, out ulong mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
        var at = Digits(text, 0, ref mantissa);
        var digits = at;
        if (at < text.Length && text[at] == '.')
        {
            var fraction = at + 1;
            at = Digits(text, fraction, ref mantissa);
            scale = at - fraction;
            digits += scale;
        }

        return at == text.Length && digits is > 0 and <= MaxFastDigits;
    }

    /// <summary>Takes the digits from <paramref name="at"/> on, eight at a time where there are as many; returns where they end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(ReadOnlySpan<byte> text, int at, ref ulong mantissa)
    {
        unchecked
        {
            while (text.Length - at >= 8)
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
                if (!AllDigits(eight))
                    break;
                mantissa = (mantissa * 100_000_000) + Value(eight);
                at += 8;
            }

            while (at < text.Length)
            {
                var digit = (uint)(text[at] - '0');
                if (digit > 9)
                    break;
                mantissa = (mantissa * 10) + digit;
                at++;
            }

            return at;
        }
    }

    /// <summary>A byte is a digit when its high half is 3, and stays 3 after adding 6.</summary>
    private static bool AllDigits(ulong eight) => unchecked(
        ((eight & 0xF0F0_F0F0_F0F0_F0F0) | (((eight + 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4)) == 0x3333_3333_3333_3333);

    /// <summary>Pairs, then fours, then all eight digits: three multiplications instead of eight.</summary>
    private static ulong Value(ulong eight)
    {
        unchecked
        {
            eight -= 0x3030_3030_3030_3030;
            eight = (eight * 10) + (eight >> 8);
            return ((((eight & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064)
                + (((eight >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001)) >> 32) & 0xFFFF_FFFF;
        }
    }
}

/// <summary>How a candle file's numbers become <typeparamref name="T"/>.</summary>
internal interface IDigits<T>
{
    static abstract bool TryRead(ReadOnlySpan<byte> text, out T value);
}

/// <summary>To the last digit.</summary>
internal readonly struct ExactDigits : IDigits<decimal>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal value) => CsvNumber.TryDecimal(text, out value);
}

/// <summary>To the nearest double.</summary>
internal readonly struct NearestDigits : IDigits<double>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out double value) => CsvNumber.TryDouble(text, out value);
}
