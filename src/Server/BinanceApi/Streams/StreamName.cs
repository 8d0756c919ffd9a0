using System.Globalization;
using Lastro.Core.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>What a stream tells.</summary>
internal enum StreamKind
{
    Trade,
    AggTrade,
    Kline,
    MiniTicker,
    Ticker,
    RollingTicker,
    BookTicker,
    AvgPrice,
    Depth,
    PartialDepth,
}

/// <summary>The name of a stream, read: <c>btcusdt@depth5@100ms</c>, <c>!miniTicker@arr</c>.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Symbol">The pair; null for a stream of all pairs.</param>
/// <param name="Argument">Which of its kind: place of the interval, the window or the cadence; see <see cref="TryParse"/>.</param>
/// <param name="Second">True for the longer of two names that mean the same: <c>@depth@1000ms</c>, <c>@kline_1h@+08:00</c>.</param>
internal readonly record struct StreamName(StreamKind Kind, Symbol? Symbol, int Argument, bool Second)
{
    /// <summary>Levels of partial books.</summary>
    public static IReadOnlyList<int> Levels { get; } = [5, 10, 20];

    /// <summary>Windows of rolling statistics, in minutes, by their names.</summary>
    public static IReadOnlyList<(string Name, int Minutes)> Windows { get; } = [("1h", 60), ("4h", 240), ("1d", 1_440)];

    /// <summary>
    /// Reads a name. Pairs are written in lower case, as Binance has it. The argument is the place in <see cref="Timeframe.All"/>, in
    /// <see cref="Windows"/>, of a depth stream 0 for 100 ms and 1 for a second, of a partial one twice the place in <see cref="Levels"/> more.
    /// </summary>
    public static bool TryParse(string name, out StreamName stream)
    {
        stream = default;
        if (name.StartsWith('!')) return TryAll(name, out stream);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || name.AsSpan(0, at).ContainsAnyInRange('A', 'Z') || !Core.Markets.Symbol.TryParse(name[..at].ToUpperInvariant(), out var symbol)) return false;
        if (Of(name[(at + 1)..]) is not { } found) return false;
        stream = new StreamName(found.Kind, symbol, found.Argument, found.Second);
        return true;
    }

    /// <summary>Has it the form of a name? Binance takes any such name and stays silent about what it does not know.</summary>
    public static bool Plausible(string name) => name.Length is > 2 and < 100 && name.Contains('@', StringComparison.Ordinal) && name.All(letter => letter is > ' ' and < '\x7f' and not ('"' or '\\'));

    private static bool TryAll(string name, out StreamName stream)
    {
        stream = default;
        if (!name.EndsWith("@arr", StringComparison.Ordinal) || Of(name[1..^4]) is not { Kind: StreamKind.MiniTicker or StreamKind.Ticker or StreamKind.RollingTicker } found) return false;
        stream = new StreamName(found.Kind, null, found.Argument, Second: false);
        return true;
    }

    /// <summary>Do spans of this length begin at the same moments in the zone UTC+8? Then its candles are the same.</summary>
    public static bool SameInEast(Timeframe timeframe) => timeframe.LengthMs != 0 && 8 * 3_600_000 % timeframe.LengthMs == 0;

    private static (StreamKind Kind, int Argument, bool Second)? Of(string kind) => kind switch
    {
        "trade" => (StreamKind.Trade, 0, false),
        "aggTrade" => (StreamKind.AggTrade, 0, false),
        "bookTicker" => (StreamKind.BookTicker, 0, false),
        "avgPrice" => (StreamKind.AvgPrice, 0, false),
        "miniTicker" => (StreamKind.MiniTicker, 0, false),
        "ticker" => (StreamKind.Ticker, 0, false),
        "depth@100ms" => (StreamKind.Depth, 0, false),
        "depth" => (StreamKind.Depth, 1, false),
        "depth@1000ms" => (StreamKind.Depth, 1, true),
        _ when kind.StartsWith("kline_", StringComparison.Ordinal) => Kline(kind[6..]),
        _ when kind.StartsWith("ticker_", StringComparison.Ordinal) =>
            Place(Windows, window => window.Name == kind[7..]) is { } window ? (StreamKind.RollingTicker, window, false) : null,
        _ when kind.StartsWith("depth", StringComparison.Ordinal) => Partial(kind[5..].Split('@', 2)),
        _ => null,
    };

    private static (StreamKind Kind, int Argument, bool Second)? Kline(string interval)
    {
        var east = interval.EndsWith("@+08:00", StringComparison.Ordinal);
        var code = east ? interval[..^7] : interval;
        return Place(Timeframe.All, timeframe => timeframe.Code == code) is { } place && (!east || SameInEast(Timeframe.All[place])) ? (StreamKind.Kline, place, east) : null;
    }

    private static (StreamKind Kind, int Argument, bool Second)? Partial(string[] parts)
    {
        var place = Place(Levels, level => level.ToString(CultureInfo.InvariantCulture) == parts[0]) * 2;
        return (place, parts) switch
        {
            ({ } found, [_]) => (StreamKind.PartialDepth, found + 1, false),
            ({ } found, [_, "1000ms"]) => (StreamKind.PartialDepth, found + 1, true),
            ({ } found, [_, "100ms"]) => (StreamKind.PartialDepth, found, false),
            _ => null,
        };
    }

    private static int? Place<T>(IReadOnlyList<T> list, Func<T, bool> fits)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (fits(list[i])) return i;
        }

        return null;
    }
}
