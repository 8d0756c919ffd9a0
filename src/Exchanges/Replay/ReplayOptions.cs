using System.Globalization;

namespace Lastro.Exchanges.Replay;

/// <summary>What to replay and how: <c>--Market replay:PATH</c> and the settings <c>Replay:*</c>.</summary>
public sealed record ReplayOptions
{
    /// <summary>A candle CSV(.gz), a folder of them, or a recorded Binance combined stream.</summary>
    public required string Path { get; init; }

    /// <summary>How many times faster than it happened ("1", "60", any number above 0), or "max".</summary>
    public string Speed { get; init; } = "1";

    /// <summary>Where to start; the first row unless told. What lies before is history.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>For a file: the pair's name instead of the one in the file's name. For a folder: this pair only.</summary>
    public string? Symbol { get; init; }

    /// <summary>True to begin again at the end, with times and ids running on.</summary>
    public bool Loop { get; init; }

    /// <summary>True to wait for play before the first event.</summary>
    public bool Pause { get; init; }

    /// <summary>The factor of <see cref="Speed"/>; null for "max".</summary>
    internal double? Factor()
    {
        if (string.Equals(Speed, "max", StringComparison.OrdinalIgnoreCase))
            return null;
        return double.TryParse(Speed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor > 0
            ? factor
            : throw new InvalidDataException($"Replay:Speed '{Speed}' is neither a number above 0 nor 'max'.");
    }
}
