using System.Globalization;

namespace Lastro.Cli.Output;

/// <summary>Numbers and times for people: short, in UTC, never a culture's.</summary>
internal static class Shown
{
    /// <summary>2024-01-31 12:00.</summary>
    public static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>12,345.67.</summary>
    public static string Money(double value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>+12,345.67.</summary>
    public static string Signed(double value) => value.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A price or quantity with eight significant digits.</summary>
    public static string Price(double value)
    {
        var places = Math.Clamp(7 - (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(value), 1e-12))), 0, 15);
        return value.ToString("0." + new string('#', places), CultureInfo.InvariantCulture);
    }

    /// <summary>12,345.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>+12.34 %; a dash when it cannot be computed.</summary>
    public static string Percent(double? share, bool signed = false) => share is { } value && double.IsFinite(value)
        ? (value * 100).ToString(signed ? "+#,0.00;-#,0.00;0.00" : "#,0.00", CultureInfo.InvariantCulture) + " %"
        : "-";

    /// <summary>0.075 %: every digit a fee has.</summary>
    public static string Share(double? share) => share is { } value ? (value * 100).ToString("0.######", CultureInfo.InvariantCulture) + " %" : "-";

    /// <summary>1.23; a dash when it cannot be computed.</summary>
    public static string Ratio(double? value) => value is { } number && double.IsFinite(number)
        ? number.ToString("#,0.00", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>A table with a head, columns as wide as they need; those named in <paramref name="right"/> stand right.</summary>
    public static string Table(IReadOnlyList<string[]> rows, params int[] right)
    {
        var text = new System.Text.StringBuilder();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var line = row.Select((cell, column) => right.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
