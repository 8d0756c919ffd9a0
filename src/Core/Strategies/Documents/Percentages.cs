using System.Buffers;
using System.Globalization;

namespace Lastro.Core.Strategies;

/// <summary>"N%" in documents and the fraction N/100 in code.</summary>
internal static class Percentages
{
    private static readonly SearchValues<char> _signs = SearchValues.Create("0123456789.");
    private const int Longest = 32;

    /// <summary>Reads plain digits with at most one point and a percent sign: "15%", "0.5%".</summary>
    public static bool TryRead(string text, out double fraction)
    {
        fraction = 0;
        if (text.Length is < 2 or > Longest || text[^1] != '%' || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^2]))
            return false;
        var digits = text.AsSpan(0, text.Length - 1);
        if (digits.ContainsAnyExcept(_signs) || digits.Count('.') > 1)
            return false;
        fraction = double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) / 100;
        return true;
    }

    /// <summary>The shortest "N%" that reads back as <paramref name="fraction"/>.</summary>
    public static string Text(double fraction) => Digits(fraction) + "%";

    /// <summary>The same without the sign.</summary>
    public static string Digits(double fraction)
    {
        var percent = fraction * 100;
        foreach (var near in (ReadOnlySpan<double>)[percent, Math.BitDecrement(percent), Math.BitIncrement(percent)])
        {
            for (var digits = 1; digits <= 17; digits++)
            {
                var text = Plain(near.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                if (TryRead(text + "%", out var back) && back == fraction)
                    return text;
            }
        }

        return Plain(percent.ToString("R", CultureInfo.InvariantCulture)); // made by code, of no "N%"
    }

    private static string Plain(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.############################", CultureInfo.InvariantCulture)
            : number;
}
