using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Statistics of a rolling window of one's own length, or of the day so far.</summary>
internal sealed class SpanTicker(MarketsRoom markets, WireRoute route, bool tradingDay) : IWireVerb
{
    private const int MostPairs = 100;
    private const long MinuteMs = 60_000;
    private const long DayMs = 86_400_000;

    public WireRoute Route => route;

    public static SpanTicker Rolling(MarketsRoom markets) => new(markets, RouteOf("/api/v3/ticker", "ticker"), tradingDay: false);

    public static SpanTicker TradingDay(MarketsRoom markets) => new(markets, RouteOf("/api/v3/ticker/tradingDay", "ticker.tradingDay"), tradingDay: true);

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        if (call.Parameters["symbol"] is null && call.Parameters["symbols"] is null)
            return new WireError(-1102, "Param 'symbol' or 'symbols' must be sent, but both were empty/null!");
        var (one, many, error) = PairQuery.Several(call.Parameters, markets, MostPairs);
        var (mini, badKind) = TickerJson.Kind(call.Parameters);
        var (span, badSpan) = tradingDay ? Today(call.Parameters) : Window(call.Parameters);
        if ((error ?? badKind ?? badSpan) is { } bad) return bad;
        if (one is not null)
        {
            await Write(output, one.Symbol, span, mini, cancellation);
            return null;
        }

        output.WriteStartArray();
        foreach (var pair in many!) await Write(output, pair.Symbol, span, mini, cancellation);
        output.WriteEndArray();
        return null;
    }

    private static WireRoute RouteOf(string path, string name) => new("GET", path, WireSecurity.None, 4, name)
    {
        WeightOf = parameters => Math.Min(200, 4 * (PairQuery.Count(parameters) ?? 1)),
    };

    private async Task Write(Utf8JsonWriter output, Symbol symbol, (long OpenMs, long CloseMs) span, bool mini, CancellationToken cancellation)
    {
        var traded = await markets.Since(symbol, span.OpenMs, cancellation);
        TickerJson.Span(output, symbol, traded, (span.OpenMs, span.CloseMs, markets.Day(symbol).GetValueOrDefault().LastTradeId, mini));
    }

    /// <summary>From a full minute on: up to 59,999 ms longer than asked, as Binance's.</summary>
    private ((long OpenMs, long CloseMs) Span, WireError? Error) Window(WireParameters parameters)
    {
        var length = DayMs;
        if (parameters["windowSize"] is { } text)
        {
            if (Length(text) is not { } asked) return (default, WireNumbers.Invalid("windowSize"));
            length = asked;
        }

        var now = markets.NowMs;
        return ((Math.Max(0, now - (now % MinuteMs) - length), now), null);
    }

    private ((long OpenMs, long CloseMs) Span, WireError? Error) Today(WireParameters parameters)
    {
        var (zone, error) = WireNumbers.TimeZone(parameters);
        var (now, offset) = (markets.NowMs, zone * MinuteMs);
        var open = Math.Max(0, now - ((now + offset) % DayMs));
        return ((open, open + DayMs - 1), error);
    }

    /// <summary>1m to 59m, 1h to 23h, 1d to 7d.</summary>
    private static long? Length(string text)
    {
        if (text.Length is < 2 or > 3 || !int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, null, out var count) || count < 1 || text[0] == '0')
            return null;
        return text[^1] switch
        {
            'm' when count <= 59 => count * MinuteMs,
            'h' when count <= 23 => count * 60 * MinuteMs,
            'd' when count <= 7 => count * DayMs,
            _ => null,
        };
    }
}
