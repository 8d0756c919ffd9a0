namespace Lastro.Core.Markets;

/// <summary>The length of a candle. Minutes to three days count from the epoch, weeks from Monday, months by the UTC calendar.</summary>
public readonly record struct Timeframe
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 86_400_000;
    private const long WeekMs = 7 * DayMs;

    /// <summary>1970-01-05, the first Monday after the epoch.</summary>
    private const long FirstMondayMs = 4 * DayMs;

    private Timeframe(string code, long lengthMs) => (Code, LengthMs) = (code, lengthMs);

    /// <summary>Every timeframe, shortest first: 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M.</summary>
    public static IReadOnlyList<Timeframe> All { get; } =
    [
        new("1m", MinuteMs), new("3m", 3 * MinuteMs), new("5m", 5 * MinuteMs), new("15m", 15 * MinuteMs),
        new("30m", 30 * MinuteMs), new("1h", 60 * MinuteMs), new("2h", 120 * MinuteMs), new("4h", 240 * MinuteMs),
        new("6h", 360 * MinuteMs), new("8h", 480 * MinuteMs), new("12h", 720 * MinuteMs), new("1d", DayMs),
        new("3d", 3 * DayMs), new("1w", WeekMs), new("1M", 0),
    ];

    /// <summary>One minute, from which all others are built.</summary>
    public static Timeframe Minute => All[0];

    /// <summary>As in the API: "1m", "4h", "1M".</summary>
    public string Code { get; }

    /// <summary>Length in milliseconds; 0 for the month, whose length varies.</summary>
    public long LengthMs { get; }

    /// <summary>Reads a code, case-sensitive because 1m and 1M differ.</summary>
    public static bool TryParse(string? code, out Timeframe timeframe)
    {
        foreach (var candidate in All)
        {
            if (candidate.Code == code)
            {
                timeframe = candidate;
                return true;
            }
        }

        timeframe = default;
        return false;
    }

    /// <summary>The timeframe of a code that is known to be one; another throws <see cref="ArgumentException"/>.</summary>
    public static Timeframe Parse(string code) =>
        TryParse(code, out var timeframe) ? timeframe : throw new ArgumentException($"'{code}' is no timeframe.", nameof(code));

    /// <summary>Start of the candle that holds <paramref name="timeMs"/> (Unix milliseconds).</summary>
    public long OpenOf(long timeMs)
    {
        if (LengthMs == 0)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
            return new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        var origin = LengthMs == WeekMs ? FirstMondayMs : 0;
        return timeMs - Modulo(timeMs - origin, LengthMs);
    }

    /// <summary>Start of the next candle, which is the exclusive end of the one that opens at <paramref name="openMs"/>.</summary>
    public long NextOpen(long openMs) => LengthMs == 0
        ? DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(1).ToUnixTimeMilliseconds()
        : openMs + LengthMs;

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    private static long Modulo(long value, long length) => ((value % length) + length) % length;
}
