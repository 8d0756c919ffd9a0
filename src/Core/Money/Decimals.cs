using System.Globalization;

namespace Lastro.Core;

/// <summary>Plain decimal notation, the one way amounts are written outside the program.</summary>
public static class Decimals
{
    /// <summary>Decimals a number needs: 1 for 0.10, 0 for 100.</summary>
    public static int PlacesOf(decimal value) => Exact.Bare(value).Scale;

    /// <summary>The largest number of decimals an amount may have (the ledger keeps numeric(38,18)).</summary>
    public const int MaxScale = 18;

    /// <summary>Plain notation without exponent and without trailing zeros: 1.50 gives "1.5".</summary>
    public static string ToPlain(decimal value) =>
        (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads plain notation: an optional minus, digits, an optional point with digits. No exponent, no blanks, no separators.</summary>
    public static bool TryParse(string? text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && text![0] != '+';

    /// <summary>The largest multiple of <paramref name="step"/> that is not above <paramref name="value"/> (value &gt;= 0, step &gt; 0).</summary>
    public static decimal FloorTo(decimal value, decimal step) => value - (value % step);

    /// <summary>True when <paramref name="value"/> is a whole multiple of <paramref name="step"/>.</summary>
    public static bool IsMultipleOf(decimal value, decimal step) => value % step == 0m;

    /// <summary>Rounds up (away from zero for positive values) to <paramref name="decimals"/> places.</summary>
    public static decimal RoundUp(decimal value, int decimals) => decimal.Round(value, decimals, MidpointRounding.ToPositiveInfinity);
}
