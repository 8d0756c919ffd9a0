using System.Globalization;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Limits, ids and times of public calls.</summary>
internal static class WireNumbers
{
    /// <summary>A moment from here on is in microseconds: in milliseconds it would be the year 5138.</summary>
    private const long FirstMicros = 100_000_000_000_000;

    /// <summary>More than <paramref name="most"/> is cut to it, as Binance does; zero is an error.</summary>
    public static (int Value, WireError? Error) Limit(WireParameters parameters, int usual, int most)
    {
        var (value, error) = Whole(parameters, "limit");
        if (error is not null) return (0, error);
        if (value is not { } given) return (usual, null);
        return given == 0 ? (0, Invalid("limit")) : ((int)Math.Min(given, most), null);
    }

    /// <summary>Unix milliseconds, whichever unit they came in.</summary>
    public static (long? Ms, WireError? Error) Moment(WireParameters parameters, string name)
    {
        var (value, error) = Whole(parameters, name);
        return (value >= FirstMicros ? value / 1_000 : value, error);
    }

    /// <summary>A number of digits alone.</summary>
    public static (long? Value, WireError? Error) Whole(WireParameters parameters, string name)
    {
        if (parameters[name] is not { } text) return (null, null);
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter)) return (null, WireError.Illegal(name, WireError.Digits));
        }

        if (text.Length > 20) return (null, WireError.Illegal(name, WireError.Digits));
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (value, null)
            : (null, new WireError(-1108, $"Parameter '{name}' overflowed."));
    }

    public static WireError Invalid(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    /// <summary>How far a day's start lies before midnight UTC, in minutes: <c>8</c>, <c>-1:00</c>, <c>05:45</c>.</summary>
    public static (int Minutes, WireError? Error) TimeZone(WireParameters parameters)
    {
        if (parameters["timeZone"] is not { } text) return (0, null);
        var negative = text[0] is '-';
        var plain = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var colon = plain.IndexOf(':');
        var (hours, minutes) = (0, 0);
        var sound = int.TryParse(colon < 0 ? plain : plain[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out hours)
            && (colon < 0 || (plain.Length == colon + 3 && int.TryParse(plain[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out minutes)))
            && hours <= 14 && minutes < 60;
        var offset = (negative ? -1 : 1) * ((hours * 60) + minutes);
        return sound && offset is >= -720 and <= 840 ? (offset, null) : (0, Invalid("timeZone"));
    }
}
