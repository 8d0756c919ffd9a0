using System.Text.Json.Serialization;

namespace Lastro.Server.Accounts;

/// <summary>How one user likes to see things. Kept and given as a whole document.</summary>
internal sealed record UserSettings
{
    public static UserSettings Default { get; } = new()
    {
        Language = null,
        Theme = Theme.Auto,
        NumberFormat = null,
        TimeZone = null,
        Palette = Palette.SeaGlass,
        Density = Density.Comfortable,
        HideAmounts = false,
        Shortcuts = true,
        ConfirmOrders = true,
        HideSmallBalances = false,
        Chart = null,
    };

    /// <summary>Null follows the browser.</summary>
    public required Language? Language { get; init; }

    public required Theme Theme { get; init; }

    /// <summary>BCP 47 tag whose digits and separators to use; null follows the language.</summary>
    public required string? NumberFormat { get; init; }

    /// <summary>IANA name; null follows the browser.</summary>
    public required string? TimeZone { get; init; }

    public required Palette Palette { get; init; }

    public required Density Density { get; init; }

    public required bool HideAmounts { get; init; }

    public required bool Shortcuts { get; init; }

    public required bool ConfirmOrders { get; init; }

    public required bool HideSmallBalances { get; init; }

    /// <summary>Null until the chart was set up once.</summary>
    public required ChartSettings? Chart { get; init; }
}

/// <summary>The chart as it was left.</summary>
internal sealed record ChartSettings
{
    public const int MostIndicators = 20;
    public const int LongestIndicator = 80;

    /// <summary>One of the intervals of the markets API.</summary>
    public required string Interval { get; init; }

    /// <summary>At most 20 calls such as <c>ema(close,20)</c>, each of 1 to 80 characters.</summary>
    public required string[] Indicators { get; init; }
}

internal enum Language
{
    [JsonStringEnumMemberName("en")]
    English,
    [JsonStringEnumMemberName("pt-BR")]
    Portuguese,
    [JsonStringEnumMemberName("ru")]
    Russian,
    [JsonStringEnumMemberName("es")]
    Spanish,
}

internal enum Theme
{
    Dark,
    Light,
    Auto,
}

internal enum Palette
{
    SeaGlass,
    BlueOrange,
    RedUp,
    Mono,
}

internal enum Density
{
    Comfortable,
    Compact,
}
