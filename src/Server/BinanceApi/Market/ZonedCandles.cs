using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Candles whose days, weeks and months begin at another place's midnight, put together from shorter ones.</summary>
internal static class ZonedCandles
{
    /// <summary>Parts put together for one answer: enough for two and a half years of days.</summary>
    private const int MostParts = 24_000;
    private const int PartsAtOnce = 1_000;
    private const long MinuteMs = 60_000;

    private static readonly Timeframe _hour = Timeframe.Parse("1h");
    private static readonly Timeframe _quarter = Timeframe.Parse("15m");

    public static async Task<IReadOnlyList<Candle>> Read(
        MarketsRoom markets, Symbol symbol, (Timeframe Interval, int OffsetMinutes) zone, CandleSpan span, CancellationToken cancellation)
    {
        var (interval, offsetMs) = (zone.Interval, zone.OffsetMinutes * MinuteMs);
        if (interval.LengthMs > 0 && offsetMs % interval.LengthMs == 0 && interval.LengthMs <= _hour.LengthMs)
            return await markets.Candles(symbol, interval, span, cancellation);
        var part = zone.OffsetMinutes % 60 == 0 ? _hour : _quarter;
        if (interval.LengthMs > 0 && interval.LengthMs <= part.LengthMs) part = Timeframe.Minute;
        var length = interval.LengthMs == 0 ? 31 * 86_400_000L : interval.LengthMs;
        var limit = (int)Math.Min(span.Limit, Math.Max(1, MostParts / (length / part.LengthMs)));
        var end = Math.Min(span.ToMs, markets.NowMs);
        var newest = span.FromMs is null ? Open(interval, end, offsetMs) : 0;
        var start = span.FromMs is { } from ? OpenFrom(interval, Math.Min(from, end + 1), offsetMs) : Math.Max(0, newest - ((limit - 1) * length));
        start = span.FromMs is null ? Open(interval, start, offsetMs) : start;

        var whole = new List<Candle>();
        for (var (at, parts) = (start, 0); at <= end && parts < MostParts && whole.Count <= limit; parts += PartsAtOnce)
        {
            var some = await markets.Candles(symbol, part, span with { FromMs = at, ToMs = end, Limit = PartsAtOnce }, cancellation);
            foreach (var candle in some) Add(whole, candle, Open(interval, candle.OpenTimeMs, offsetMs));
            if (some.Count == 0) break;
            at = some[^1].OpenTimeMs + part.LengthMs;
        }

        // An interval that began after the end asked for is not meant, nor is one beyond the limit.
        whole.RemoveAll(candle => candle.OpenTimeMs > span.ToMs);
        return span.FromMs is null ? [.. whole.Skip(Math.Max(0, whole.Count - limit))] : [.. whole.Take(limit)];
    }

    private static long Open(Timeframe interval, long timeMs, long offsetMs) => Math.Max(0, interval.OpenOf(Math.Max(0, timeMs + offsetMs)) - offsetMs);

    private static long OpenFrom(Timeframe interval, long timeMs, long offsetMs)
    {
        var open = Open(interval, timeMs, offsetMs);
        return open < timeMs ? interval.NextOpen(open + offsetMs) - offsetMs : open;
    }

    private static void Add(List<Candle> whole, in Candle part, long openMs)
    {
        if (whole.Count == 0 || whole[^1].OpenTimeMs != openMs)
        {
            whole.Add(part with { OpenTimeMs = openMs });
            return;
        }

        var sum = whole[^1];
        whole[^1] = sum with
        {
            High = sum.High > part.High ? sum.High : part.High,
            Low = sum.Low < part.Low ? sum.Low : part.Low,
            Close = part.Close,
            Volume = new Quantity(sum.Volume.Value + part.Volume.Value),
            QuoteVolume = sum.QuoteVolume + part.QuoteVolume,
            TakerBuyVolume = new Quantity(sum.TakerBuyVolume.Value + part.TakerBuyVolume.Value),
            TakerBuyQuoteVolume = sum.TakerBuyQuoteVolume + part.TakerBuyQuoteVolume,
            Trades = sum.Trades + part.Trades,
        };
    }
}
