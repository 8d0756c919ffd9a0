using System.Globalization;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Markets;

/// <summary>Reads the words of a market request; what is wrong comes back as a refusal.</summary>
internal static class MarketQuery
{
    /// <summary>The pair of a path, which the source must have.</summary>
    public static (PairDesk? Desk, Refused? Refused) Pair(MarketBoard board, string symbol) =>
        Symbol.TryParse(symbol, out var parsed) && board.Find(parsed) is { } desk
            ? (desk, null)
            : (null, new Refused(ErrorCode.NotFound, Field: "symbol", Value: symbol, Detail: "The price source has no such pair."));

    /// <summary>An optional whole number within [1, most].</summary>
    public static (int Value, Refused? Refused) Limit(string? text, int usual, int most)
    {
        if (text is null) return (usual, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most
            ? (value, null)
            : (0, new Refused(ErrorCode.InvalidField, Field: "limit", Value: text, Limit: $"1..{most}", Detail: "limit is a whole number in this range."));
    }

    /// <summary>An optional moment in Unix milliseconds.</summary>
    public static (long? Value, Refused? Refused) Moment(string? text, string field)
    {
        if (text is null) return (null, null);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 253_402_300_800_000
            ? (value, null)
            : (null, new Refused(ErrorCode.InvalidField, Field: field, Value: text, Detail: $"{field} is a time in Unix milliseconds."));
    }

    public static (Timeframe Value, Refused? Refused) Interval(string? code) =>
        Timeframe.TryParse(code, out var timeframe)
            ? (timeframe, null)
            : (default, new Refused(
                ErrorCode.InvalidField, Field: "interval", Value: code ?? "", Limit: string.Join(' ', Timeframe.All),
                Detail: "interval is one of the limit's; 1m is a minute, 1M a month."));
}
