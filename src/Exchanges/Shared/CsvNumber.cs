using System.Buffers.Text;
using System.Globalization;

namespace Lastro.Exchanges.Shared;

/// <summary>Exact decimal numbers out of UTF-8 text: plain digits on a short road, exponents and long mantissas on a longer one.</summary>
internal static class CsvNumber
{
    /// <summary>19 digits always fit a 64-bit mantissa.</summary>
    private const int MaxFastDigits = 19;

    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        ulong mantissa = 0;
        var (digits, scale, point) = (0, 0, false);
        foreach (var character in text)
        {
            var digit = unchecked((uint)(character - '0'));
            if (digit <= 9)
            {
                mantissa = unchecked((mantissa * 10) + digit);
                digits++;
                scale += point ? 1 : 0;
            }
            else if (character == '.' && !point)
            {
                point = true;
            }
            else
            {
                return Slow(text, out value);
            }
        }

        if (digits is 0 or > MaxFastDigits)
            return Slow(text, out value);
        value = new decimal(unchecked((int)mantissa), unchecked((int)(mantissa >> 32)), 0, isNegative: false, (byte)scale);
        return true;
    }

    public static bool TryLong(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    private static bool Slow(ReadOnlySpan<byte> text, out decimal value) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
}
